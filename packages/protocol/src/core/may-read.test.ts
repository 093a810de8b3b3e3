import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Stage, ayesha, badal, bot, rina } from './testing/stage.ts';
import type { Actor } from './types.ts';

const stranger: Actor = { ...rina, id: 'zoe', tenantId: 'elsewhere' };
const streams = ['conversation:c1:public', 'conversation:c1:staff', 'user:ayesha', 'inbox:shop'];

const readers: [string, Actor, string[]][] = [
  ['its visitor', ayesha, ['conversation:c1:public', 'user:ayesha']],
  ['another visitor', badal, []],
  ['an agent', rina, ['conversation:c1:public', 'conversation:c1:staff', 'inbox:shop']],
  ['the bot', bot, ['conversation:c1:public', 'conversation:c1:staff']],
  ['an agent of another tenant', stranger, []],
  ['a visitor of another tenant with the same id', { ...ayesha, tenantId: 'elsewhere' }, ['user:ayesha']],
  ['a visitor who calls herself an agent in her name', { ...badal, name: 'agent' }, []],
];

for (const [who, actor, may] of readers)
  test(`${who} may read ${may.join(', ') || 'nothing'}`, () => {
    const stage = new Stage();
    stage.start();
    assert.deepEqual(
      streams.filter((stream) => stage.backend.mayRead(actor, stream)),
      may,
    );
  });

test('nobody reads a stream that is none', () => {
  const stage = new Stage();
  stage.start();
  for (const stream of [
    '',
    'conversation:c1',
    'conversation:c1:both',
    'conversation:none:public',
    'user:',
    'x:y',
    '__proto__',
  ])
    assert.equal(stage.backend.mayRead(rina, stream), false, stream);
});
