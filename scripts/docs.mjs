// npm run docs: the API reference (TypeDoc), a page per element (from the manifests), and the site (VitePress).
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { elementPages } from './element-pages.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const api = join(root, 'docs', 'api');
const bin = (name) => join(root, 'node_modules', '.bin', name);

function step(title, command, args) {
  console.log(`── ${title}`);
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

rmSync(api, { recursive: true, force: true });
console.log('── elements');
mkdirSync(join(api, 'elements'), { recursive: true });
for (const name of ['elements', 'console']) {
  const manifest = join(root, 'packages', name, 'custom-elements.json');
  if (!existsSync(manifest)) throw new Error(`${manifest} is missing. Run "npm run build" first.`);
  for (const { tag, markdown } of elementPages(JSON.parse(readFileSync(manifest, 'utf8'))))
    writeFileSync(join(api, 'elements', `${tag}.md`), markdown);
}
console.log('── OpenAPI and AsyncAPI documents');
const published = join(root, 'docs', 'public', 'protocol');
mkdirSync(published, { recursive: true });
for (const name of ['openapi.json', 'asyncapi.json'])
  copyFileSync(join(root, 'packages', 'protocol', 'dist', name), join(published, name));
step('site', bin('vitepress'), ['build', 'docs']);
step('API reference', bin('typedoc'), []);
console.log('The site stands in docs/.vitepress/dist.');
