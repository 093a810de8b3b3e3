import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as deeds from './deeds.ts';
import * as verbs from './conversation/verbs.ts';
import { make } from './testing/stage.ts';

test('everything that is fetched when it is called can be called', () => {
  const client = make({ url: 'http://127.0.0.1:1', storage: 'memory' });
  const isFunction = (value: object, name: string): boolean =>
    typeof (value as Record<string, unknown>)[name] === 'function';
  const conversation = client.conversations.create();
  assert.deepEqual(
    Object.keys(deeds).filter((name) => !isFunction(client, name)),
    [],
  );
  assert.deepEqual(
    Object.keys(verbs).filter((name) => !isFunction(conversation, name)),
    [],
  );
});
