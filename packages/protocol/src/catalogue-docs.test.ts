import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { commandRoles, eventStreams, signalDirections } from './index.ts';

const script = fileURLToPath(new URL('../scripts/catalogue-docs.mjs', import.meta.url));
const page = readFileSync(new URL('../../../docs/protocol/catalogue.md', import.meta.url), 'utf8');

test('docs/protocol/catalogue.md is what the schema says', () => {
  const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
});

test('it names every event, command and signal', () => {
  for (const type of [eventStreams, commandRoles, signalDirections].flatMap((map) => Object.keys(map)))
    assert.ok(page.includes(`\n| \`${type}\` |`), type);
});
