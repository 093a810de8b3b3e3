import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PreChatField } from '../../index.ts';
import { bounds } from '../bounds.ts';
import { Stage, ayesha, badal, bot, rina, textPart } from '../testing/stage.ts';

const label = { en: 'Asked' };
const questions: PreChatField[] = [
  { name: 'email', kind: 'email', label, required: true },
  {
    name: 'topic',
    kind: 'select',
    label,
    required: true,
    options: [
      { value: 'lamp', label: { en: 'Lamps' } },
      { value: 'desk', label: { en: 'Desks' } },
    ],
  },
  { name: 'order', kind: 'text', label },
];

function staged(policy: Partial<ConstructorParameters<typeof Stage>[0]> = { questions }): Stage {
  const stage = new Stage(policy);
  stage.start();
  return stage;
}

const says = (stage: Stage, who = ayesha): string => stage.cannotSend(who, [textPart('Hello')]) ?? 'heard';

test('nobody is heard before what is required has answers that fit, and the problem names what is missing', () => {
  const stage = staged();
  const data = { clientMessageId: 'x', parts: [textPart('Hello')] };
  const problem = stage.refused(ayesha, 'message.send', data);
  assert.deepEqual([problem.code, problem.field], ['answers_required', 'email']);
  assert.match(problem.detail ?? '', /email, topic\./);
  stage.ok(ayesha, 'context.update', { contact: { email: 'not one' }, attributes: { topic: 'lamp' } });
  assert.equal(stage.refused(ayesha, 'message.send', data).field, 'email');
  stage.ok(ayesha, 'context.update', { contact: { email: 'a@shop.example' }, attributes: { topic: 'sofa' } });
  assert.equal(stage.refused(ayesha, 'message.send', data).field, 'topic');
  stage.ok(ayesha, 'context.update', { attributes: { topic: 'desk' } });
  stage.says(ayesha, 'Hello');
});

test('nor is anything else done that speaks or asks, by visitors', () => {
  const stage = staged();
  const refused = (['handoff.request', 'attachment.create', 'form.submit', 'action.invoke'] as const).map(
    (type) => stage.refused(ayesha, type, {}).code,
  );
  assert.deepEqual(
    refused,
    Array.from({ length: 4 }, () => 'answers_required'),
  );
  stage.says(bot, 'Bots are not asked.');
  stage.ok(rina, 'assignment.accept', {});
  stage.says(rina, 'Nor agents.');
  stage.ok(ayesha, 'conversation.close', {});
});

test('whoever was heard once is not asked again: not in another conversation, nor when questions come later', () => {
  const stage = staged({});
  stage.says(ayesha, 'Hello');
  stage.policy.questions = questions;
  stage.says(ayesha, 'Hello again');
  stage.ok(ayesha, 'conversation.start', { locale: 'en' }, 'c2');
  stage.ok(ayesha, 'message.send', { clientMessageId: 'in-c2', parts: [textPart('And here')] }, 'c2');
  stage.ok(badal, 'conversation.start', { locale: 'en' }, 'c3');
  for (const id of ['c3', 'c4']) {
    if (id === 'c4') stage.ok(badal, 'conversation.start', { locale: 'en' }, id);
    const data = { clientMessageId: id, parts: [textPart('Hello')] };
    const reply = stage.give(badal, 'message.send', data, id);
    assert.equal(
      reply.type === 'reject' && reply.problem.code,
      'answers_required',
      'two begun are no way in',
    );
  }
});

test('a name that her token says is known, and a number that the page told is an answer', () => {
  const stage = staged({
    questions: [
      { name: 'name', kind: 'text', label, required: true },
      { name: 'order', kind: 'text', label, required: true },
    ],
  });
  assert.equal(says(stage), 'answers_required');
  stage.ok(ayesha, 'context.update', { attributes: { order: 17 } });
  stage.says(ayesha, 'Hello');
});

test('a page that tells too much does not crowd out what its visitor answers', () => {
  const stage = staged();
  const many = Object.fromEntries(Array.from({ length: bounds.attributes }, (_, i) => [`k${i}`, i]));
  stage.ok(ayesha, 'context.update', { attributes: many });
  stage.ok(ayesha, 'context.update', {
    contact: { email: 'a@b.example' },
    attributes: { topic: 'lamp', other: 1 },
  });
  const { attributes = {} } = stage.backend.conversation('c1')!.staff.context;
  assert.deepEqual([attributes['topic'], attributes['other']], ['lamp', undefined]);
  stage.says(ayesha, 'Hello');
});
