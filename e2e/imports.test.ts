/*
 * Every entry of every package, as published, can be imported in plain Node: a server that renders pages with these elements on
 * them must not stumble over a missing `HTMLElement`, `document` or `navigator`.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

interface Manifest {
  name: string;
  exports?: Record<string, unknown>;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const entries = globSync('packages/*/package.json', { cwd: root }).flatMap((path) => {
  const { name, exports = {} } = JSON.parse(readFileSync(`${root}/${path}`, 'utf8')) as Manifest;
  return Object.keys(exports)
    .filter((entry) => !/\.(json|css)$/.test(entry))
    .map((entry) => name + entry.slice(1));
});

describe('in plain Node', () => {
  for (const entry of entries) {
    test(`${entry} can be imported, by itself`, async () => {
      const script = `await import(${JSON.stringify(entry)}); console.log('imported'); process.exit()`;
      // Without the condition of our sources: what is published.
      const env = { ...process.env, NODE_OPTIONS: '' };
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ['--input-type=module', '--disable-warning=ExperimentalWarning', '--eval', script],
        { cwd: root, env },
      );
      assert.equal(stdout.trim(), 'imported');
    });
  }
});
