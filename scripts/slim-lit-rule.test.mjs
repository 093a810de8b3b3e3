// The rule finds what the Lit that visitors download cannot do, and nothing else.
import { describe, it } from 'node:test';
import { RuleTester } from 'eslint';
import { slimLitRule } from './slim-lit-rule.mjs';

RuleTester.describe = describe;
RuleTester.it = it;

const wrong = (code, messageId) => ({ code, errors: [{ messageId }] });

new RuleTester({ languageOptions: { ecmaVersion: 2024, sourceType: 'module' } }).run(
  'slim-lit',
  slimLitRule,
  {
    valid: [
      'html`<p class=${a} .b=${c} ?d=${e} @f=${g}>${h}</p>`',
      'html`<p class="a ${b} c" title=\'> ${d}\'>${e}<br />${f}</p><i>${g}</i>`',
      'html`<textarea .value=${a}></textarea>${b}`',
      'html`<p title="a > b" lang=${c}>${d}</p>`',
      'html`${a}<b\n  class=${c}\n  >${d}</b\n>`',
      'css`/* a */ ${b}`',
      "import { repeat } from 'lit/directives/repeat.js';",
      'class A { static properties = { a: { type: Boolean, reflect: true } }; }',
      'const x = { type: Object, converter: 1 };',
    ],
    invalid: [
      wrong('html`<p ${a}></p>`', 'place'),
      wrong('html`<p class="b" ${a}></p>`', 'place'),
      wrong('html`<p\n  .b=${c}\n  ${a}\n></p>`', 'place'),
      wrong('html`<p ${a}="b"></p>`', 'place'),
      wrong('html`<textarea>${a}</textarea>`', 'place'),
      wrong('html`<style>${a}</style>`', 'place'),
      wrong('html`${a}<!-- b -->`', 'comment'),
      wrong('svg`<path d=${a} />`', 'tag'),
      wrong('html`<p @click=${{ handleEvent: a, once: true }}></p>`', 'listener'),
      wrong("import { ref } from 'lit/directives/ref.js';", 'directive'),
      wrong('class A { static properties = { a: { type: Array } }; }', 'json'),
      wrong('class A { static properties = { a: { converter: b } }; }', 'option'),
      wrong('class A { shouldUpdate() { return true; } }', 'step'),
      {
        code: 'html`<!-- ${a} -->`',
        errors: [{ messageId: 'comment' }, { messageId: 'place' }],
      },
    ],
  },
);
