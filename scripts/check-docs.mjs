// Holds the documents to the code: links lead somewhere, and snippets compile against the packages, but for names that the reader brings.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const problems = [];

/** Written by hand: the reference is made from the code, help articles are no code's documents. */
function documents() {
  const inDocs = readdirSync(join(root, 'docs'), { recursive: true }).map((path) => join('docs', path));
  const readmes = ['packages', 'examples'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => join(folder, name, 'README.md')),
  );
  return ['README.md', ...inDocs, ...readmes].filter(
    (path) =>
      path.endsWith('.md') &&
      !/^docs[\\/](api|help|public|\.vitepress)[\\/]/.test(path) &&
      existsSync(join(root, path)),
  );
}

const withoutCode = (text) => text.replace(/^```[\s\S]*?^```/gm, '');

/** The anchors of a document's headings, as GitHub and docs/.vitepress/config.mts make them. */
function anchorsOf(path) {
  return new Set(
    [...withoutCode(readFileSync(path, 'utf8')).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
      heading
        .trim()
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replace(/\s/g, '-'),
    ),
  );
}

/** Written by `npm run docs`, so absent in a fresh clone. */
const madeLater = /^docs[\\/]protocol[\\/](openapi|asyncapi)\.json$/;

function checkLinks(path) {
  for (const [, address] of withoutCode(readFileSync(join(root, path), 'utf8')).matchAll(
    /\]\(([^)\s]+)\)/g,
  )) {
    if (/^[a-z]+:/.test(address)) continue;
    const [file, anchor] = address.split('#');
    let target = file ? resolve(root, dirname(path), file) : join(root, path);
    if (madeLater.test(relative(root, target))) continue;
    if (!existsSync(target)) problems.push(`${path}: ${address} leads nowhere`);
    else {
      if (statSync(target).isDirectory()) target = join(target, 'index.md');
      if (anchor && target.endsWith('.md') && !anchorsOf(target).has(anchor))
        problems.push(`${path}: ${address}: there is no such heading`);
    }
  }
}

/** Each snippet as a module of its own, on its lines of the document. */
function snippets(path) {
  const text = readFileSync(join(root, path), 'utf8');
  return [...text.matchAll(/^```(js|ts|tsx)\n([\s\S]*?)^```/gm)].map(({ 1: kind, 2: code, index }) => {
    const line = text.slice(0, index).split('\n').length;
    return {
      file: join(root, `${path.split(sep).join('+')}+${line}.${kind === 'tsx' ? 'tsx' : 'ts'}`),
      text: `${'\n'.repeat(line)}${code}\nexport {};`,
      path,
    };
  });
}

/** What is the reader's own: names that cannot be found, also of test runners, and whether an element is on her page. */
const readersOwn = new Set([2304, 2503, 2531, 2552, 2580, 2582, 2593, 18004, 18047]);

function checkSnippets(all) {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.base.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(
    {
      ...config.compilerOptions,
      composite: false,
      incremental: false,
      noEmit: true,
      noImplicitAny: false,
      noUncheckedIndexedAccess: false,
      noUnusedLocals: false,
      noUnusedParameters: false,
      exactOptionalPropertyTypes: false,
      erasableSyntaxOnly: false,
      experimentalDecorators: true,
      verbatimModuleSyntax: false,
      jsx: 'react-jsx',
      types: ['node'],
    },
    root,
  );
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  const written = new Map(all.map((snippet) => [snippet.file, snippet]));
  host.fileExists = (file) => written.has(file) || fileExists(file);
  host.readFile = (file) => written.get(file)?.text ?? readFile(file);
  const program = ts.createProgram([...written.keys()], options, host);
  for (const { file, path } of all) {
    const source = program.getSourceFile(file);
    for (const found of [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ]) {
      const message = ts.flattenDiagnosticMessageText(found.messageText, ' ');
      if (readersOwn.has(found.code) || (found.code === 2307 && !message.includes("'@sahay/"))) continue;
      const { line } = source.getLineAndCharacterOfPosition(found.start);
      problems.push(`${path}:${line + 1}: ${message} (TS${found.code})`);
    }
  }
}

const paths = documents();
for (const path of paths) checkLinks(path);
const all = paths.flatMap(snippets);
checkSnippets(all);
for (const problem of problems) console.error(problem);
console.log(`${paths.length} documents, ${all.length} snippets, ${problems.length} problems`);
process.exitCode = problems.length || !all.length ? 1 : 0;
