import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { tempFolder } from '../storage/testing/temp-store.ts';
import { ConfigError } from './config-error.ts';
import { typesMeantBy, webhooksOf } from './webhooks.ts';

const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const right = { url: 'https://shop.example/hooks', secrets: [secret] };

test('webhooks come from a list or from a JSON file, with what is usual filled in', async (t) => {
  const file = join(tempFolder(t), 'webhooks.json');
  writeFileSync(file, JSON.stringify([right]));
  const [fromFile] = await webhooksOf(file);
  assert.deepEqual(await webhooksOf([right]), [fromFile]);
  assert.equal(fromFile?.allowPrivate, false);
  assert.ok(typesMeantBy(fromFile.types).has('message.created'));
  assert.deepEqual(await webhooksOf(undefined), []);
});

test('all of a kind is what everybody in the conversation may read; staff’s needs its name', () => {
  assert.ok(!typesMeantBy(['handoff.*']).has('handoff.context'));
  assert.deepEqual([...typesMeantBy(['note.added', 'survey.*'])].sort(), [
    'note.added',
    'survey.dismissed',
    'survey.requested',
    'survey.submitted',
  ]);
});

test('what cannot work is told at the start', async () => {
  const wrong: [unknown, RegExp][] = [
    [{}, /no list/],
    [[null], /url is undefined/],
    [[{ ...right, url: 'shop.example' }], /url is "shop.example"/],
    [[{ ...right, url: 'http://shop.example/' }], /not encrypted/],
    [[{ ...right, url: 'https://a:b@shop.example/' }], /user or password/],
    [[{ ...right, secrets: [] }], /needs one secret/],
    [[{ ...right, secrets: ['hunter2'] }], /needs one secret/],
    [[{ ...right, secrets: [secret, secret, secret] }], /two while one is replaced/],
    [[{ ...right, types: ['message.sent'] }], /"message.sent", which there are not/],
    [[{ ...right, types: ['note.*'] }], /"note\.\*", which there are not/],
    [[{ ...right, types: ['inbox.changed'] }], /which there are not/],
    [[{ ...right, types: [] }], /asks for events \[\]/],
    [[{ ...right, allowPrivate: 'yes' }], /neither true nor false/],
    [[right, right], /there twice/],
  ];
  for (const [input, message] of wrong)
    await assert.rejects(webhooksOf(input as never), (error: Error) => {
      assert.ok(error instanceof ConfigError);
      assert.match(error.message, message);
      return true;
    });
  await assert.rejects(webhooksOf('/nowhere/webhooks.json'), /cannot be read as JSON/);
});
