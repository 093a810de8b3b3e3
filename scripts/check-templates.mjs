// Checks every Lit template with lit-analyzer --strict; fails on any finding but those it is known to get wrong, and when it found no files.
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';

const files = globSync('packages/{elements,console}/src/**/*.ts').filter(
  (file) => !/\.test\.ts$|\/testing\//.test(file),
);
// Registration happens in define/, so tags are never imported where they are used; its CSS parser is older than the CSS here.
const off = ['no-missing-import', 'no-invalid-css'].flatMap((rule) => [`--rules.${rule}`, 'off']);
const wrong = [
  /Symbol\(undefined\)/, // lit's `nothing`
  /Unknown attribute '(inert|enterkeyhint)'/, // newer than its list of HTML
  /Unknown attribute '(kind|perspective)'/, // of elements of the other package, which it sees as types alone
  /Type '"any"' is not assignable to 'number'/, // what `step` may be
  /autocomplete=\$\{autocompleteOf/, // of type AutoFill, whose list is newer than its own
  /is not assignable to 'T \| undefined'/, // what a subclass says T is, it does not see
  /Unknown property 'colorscheme'/, // it looks accessors up in lower case
  /Unknown property '(view|picture)'/, // of what the transcript draws: it holds what it is about
];

const { stdout, error } = spawnSync('lit-analyzer', [...files, '--strict', ...off], {
  encoding: 'utf8',
  shell: process.platform === 'win32',
  maxBuffer: 1 << 26,
});
if (error) throw error;
const findings = stdout
  .replace(/\u001b\[[0-9;]*m/g, '')
  .split(/\n\s*\n/)
  .filter((block) => /^\s*(no-|\d+:)/m.test(block));
const real = findings.filter((block) => !wrong.some((pattern) => pattern.test(block)));
const counted = /Found (\d+) problems? in (\d+) files?|(\d+) problems? in (\d+) files?/.exec(stdout);
if (!files.length || !counted) {
  console.error(`lit-analyzer gave no verdict on ${files.length} files:\n${stdout}`);
  process.exit(1);
}
if (real.length) console.error(real.join('\n\n'));
console.log(`${files.length} files, ${real.length} findings`);
process.exitCode = real.length ? 1 : 0;
