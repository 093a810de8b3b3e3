import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';
import { slimLitRule } from './scripts/slim-lit-rule.mjs';

const noHtmlStrings = [
  {
    selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]',
    message: 'Text becomes nodes, never HTML.',
  },
  {
    selector: 'ImportSpecifier[imported.name=/^(unsafeHTML|unsafeSVG|unsafeStatic|styleMap)$/]',
    message: 'It breaks the Content Security Policy; see docs/architecture.md.',
  },
];

export default tseslint.config(
  {
    ignores: ['**/dist/**', '**/generated/**', 'docs/api/**', 'docs/.vitepress/**', 'examples/demo/site/**'],
  },
  {
    files: ['packages/*/src/**/*.ts', 'e2e/**/*.ts', 'prove/**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { project: './tsconfig.test.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      // Seams are plain objects with functions, which may be passed on; async functions may have nothing to await yet.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-restricted-syntax': ['error', ...noHtmlStrings],
    },
  },
  {
    files: [
      'packages/*/src/**/*.test.ts',
      'packages/*/src/**/testing/**/*.ts',
      'e2e/**/*.ts',
      'prove/**/*.test.ts',
    ],
    rules: {
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['packages/{elements,console}/src/**/*.ts'],
    extends: [lit.configs['flat/recommended'], wc.configs['flat/best-practice']],
    plugins: { 'lit-a11y': litA11y },
    rules: litA11y.configs.recommended.rules,
  },
  {
    // What visitors download; the console has Lit whole.
    files: ['packages/elements/src/**/*.ts'],
    ignores: ['**/*.test.ts', '**/testing/**'],
    plugins: { sahay: { rules: { 'slim-lit': slimLitRule } } },
    rules: { 'sahay/slim-lit': 'error' },
  },
  {
    files: ['**/*.mjs', '**/*.cjs', 'examples/demo/{proof,gallery}/**/*.js'],
    languageOptions: { ecmaVersion: 2024, sourceType: 'module' },
    rules: {
      'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-syntax': ['error', ...noHtmlStrings],
    },
  },
);
