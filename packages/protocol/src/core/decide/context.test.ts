import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VisitorContext } from '../../index.ts';
import { bounds } from '../bounds.ts';
import { visitorAs } from '../inbox-entry.ts';
import { Stage, ayesha, badal, bot } from '../testing/stage.ts';

function staged(): { stage: Stage; context: () => VisitorContext } {
  const stage = new Stage();
  stage.start();
  return { stage, context: () => stage.backend.conversation('c1')?.staff.context ?? assert.fail() };
}

test('what is told is added to what was known, and reaches staff alone', () => {
  const { stage, context } = staged();
  stage.ok(ayesha, 'context.update', {
    attributes: { plan: 'free', cart: 2 },
    contact: { email: 'a@shop.example' },
  });
  stage.ok(ayesha, 'context.update', {
    attributes: { cart: null },
    contact: { name: 'Ayesha' },
    page: { title: 'Cart' },
  });
  assert.deepEqual(context(), {
    locale: 'en',
    page: { title: 'Cart' },
    attributes: { plan: 'free' },
    contact: { email: 'a@shop.example', name: 'Ayesha' },
  });
  assert.ok(!JSON.stringify(stage.log('public')).includes('shop.example'));
  stage.noop(ayesha, 'context.update', { attributes: { plan: 'free' } });
});

test('the inbox calls a visitor by the name she gave, unless she came with one', () => {
  const context = { contact: { name: ' Asha ' } };
  assert.deepEqual(visitorAs({ id: 'v_1', role: 'visitor' }, context).name, 'Asha');
  assert.deepEqual(visitorAs({ id: 'v_1', role: 'visitor', name: 'Ayesha' }, context).name, 'Ayesha');
  assert.ok(!('name' in visitorAs({ id: 'v_1', role: 'visitor' }, { contact: { name: ' ' } })));
});

test('a host page that tells too much is cut short, and its visitor heard', () => {
  const { stage, context } = staged();
  const many = Object.fromEntries(Array.from({ length: 80 }, (_, i) => [`k${i}`, i]));
  stage.ok(ayesha, 'context.update', {
    attributes: { ...many, [`${'n'.repeat(100)}`]: 1, k0: 'x'.repeat(5000) },
    page: { url: `https://shop.example/?${'q'.repeat(9000)}`, title: 't'.repeat(9000) },
    contact: { name: 'n'.repeat(9000) },
  });
  const { attributes = {}, page, contact } = context();
  assert.equal(Object.keys(attributes).length, bounds.attributes);
  assert.equal(String(attributes['k0']).length, bounds.attributeText);
  assert.deepEqual([page?.url?.length, page?.title?.length, contact?.name?.length], [2048, 320, 320]);
  stage.ok(ayesha, 'context.update', { attributes: { k1: 'changed', another: 1 } });
  assert.equal(context().attributes?.['k1'], 'changed');
  assert.equal(context().attributes?.['another'], undefined);
});

test('attributes called as what objects inherit are attributes like any other', () => {
  const { stage, context } = staged();
  const attributes = JSON.parse('{"__proto__":"a","constructor":"b"}') as Record<string, string>;
  stage.ok(ayesha, 'context.update', { attributes });
  assert.deepEqual(Object.entries(context().attributes ?? {}), [
    ['__proto__', 'a'],
    ['constructor', 'b'],
  ]);
  assert.equal(({} as Record<string, unknown>)['a'], undefined);
});

test('why an answer was given reaches staff alone, and the latest are kept', () => {
  const { stage } = staged();
  for (let i = 0; i < bounds.traces + 5; i++)
    stage.ok(bot, 'answer.trace', {
      trace: {
        traceId: `t${i}`,
        question: 'Secret?',
        outcome: 'answer',
        confidence: 1,
        threshold: 0.5,
        articles: [],
      },
    });
  const traces = stage.backend.conversation('c1')?.staff.traces ?? [];
  assert.deepEqual([traces.length, traces.at(-1)?.traceId], [bounds.traces, `t${bounds.traces + 4}`]);
  assert.ok(!JSON.stringify(stage.log('public')).includes('Secret'));
});

test('another conversation of hers knows how she can be reached, and nobody else’s does', () => {
  const { stage } = staged();
  const contact = { name: 'Ayesha', email: 'a@shop.example' };
  stage.ok(ayesha, 'context.update', { contact, attributes: { topic: 'lamp' } });
  stage.start(ayesha, 'c2');
  stage.start(badal, 'c3');
  const contextIn = (id: string) => stage.backend.conversation(id)?.staff.context;
  assert.deepEqual(contextIn('c2'), { locale: 'en', contact });
  assert.deepEqual(contextIn('c3'), { locale: 'en' });
});
