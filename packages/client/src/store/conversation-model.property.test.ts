// The reducers of a conversation: what is shown depends on what happened, never on how it came.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { defaultLimits, type LogEvent, type Message, type Snapshot } from '@sahay/protocol';
import { MemoryBackend, type Actor } from '@sahay/protocol/core';
import { ManualClock } from '../testing/manual-clock.ts';
import * as reserve from '../reserve.ts';
import { ConversationModel } from './conversation-model.ts';

const visitor: Actor = { id: 'v', role: 'visitor', tenantId: 't' };
const bot: Actor = { id: 'bot', role: 'bot', tenantId: 't' };
const conversationId = 'c1';
const stream = `conversation:${conversationId}:public`;

const step = fc.oneof(
  fc.record({ do: fc.constant('say' as const), who: fc.constantFrom(visitor, bot) }),
  fc.record({
    do: fc.constant('react' as const),
    at: fc.nat(20),
    emoji: fc.constantFrom('🙂', '👍', '__proto__'),
  }),
  fc.record({ do: fc.constant('edit' as const), at: fc.nat(20) }),
  fc.record({ do: fc.constant('delete' as const), at: fc.nat(20) }),
  fc.record({ do: fc.constant('read' as const), who: fc.constantFrom(visitor, bot), at: fc.nat(20) }),
  fc.record({ do: fc.constant('close' as const) }),
  fc.record({ do: fc.constant('reopen' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A conversation with a history: its events, and the backend that can say how it stood. */
function history(steps: Step[]): { backend: MemoryBackend; events: LogEvent[] } {
  const backend = new MemoryBackend({
    tenantId: 't',
    policy: { limits: defaultLimits, bot: { id: 'bot', role: 'bot' } },
    now: () => Date.parse('2026-01-01T00:00:00Z'),
  });
  const events: LogEvent[] = [];
  backend.onEvent((event) => event.stream === stream && events.push(event));
  const numbers = new Map<string, number>();
  const give = (actor: Actor, type: string, data: object): void => {
    const n = (numbers.get(actor.id) ?? 0) + 1;
    numbers.set(actor.id, n);
    const frame = { outboxId: actor.id, n, command: { type, conversationId, data } };
    backend.execute(actor, frame as Parameters<MemoryBackend['execute']>[1]);
  };
  give(visitor, 'conversation.start', { locale: 'en' });
  let count = 0;
  const parts = () => [{ partId: 'p', type: 'text', text: `words ${++count}` }];
  const idAt = (at: number): string => {
    const ids = [...(backend.conversation(conversationId)?.messages.keys() ?? [])];
    return ids[at % Math.max(ids.length, 1)] ?? 'none';
  };
  for (const one of steps) {
    if (one.do === 'say') give(one.who, 'message.send', { clientMessageId: `m${count}`, parts: parts() });
    else if (one.do === 'react')
      give(visitor, 'message.react', { messageId: idAt(one.at), emoji: one.emoji, active: true });
    else if (one.do === 'edit') give(visitor, 'message.edit', { messageId: idAt(one.at), parts: parts() });
    else if (one.do === 'delete') give(visitor, 'message.delete', { messageId: idAt(one.at) });
    else if (one.do === 'read') give(one.who, 'receipt.mark', { messageId: idAt(one.at), kind: 'read' });
    else give(visitor, `conversation.${one.do}`, {});
  }
  return { backend, events };
}

const model = (): ConversationModel =>
  new ConversationModel(conversationId, false, {
    clock: new ManualClock(),
    role: 'visitor',
    me: () => visitor,
    entries: () => [],
    durable: () => true,
    late: () => reserve,
  });

/** All that is shown, as plain data. */
function shown(one: ConversationModel): unknown {
  const { messages, ...rest } = one.view.getSnapshot();
  return JSON.parse(JSON.stringify({ ...rest, messages: [...messages] }));
}

function snapshotOf(backend: MemoryBackend): Snapshot {
  return backend.read(stream, undefined).subscribed.snapshot!;
}

it('shows the same of a history, whether it came as a snapshot, as events, or as both', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.nat(40), (steps, cut) => {
      const { backend, events } = history(steps);
      const whole = model();
      whole.reset(snapshotOf(backend));
      const early = history(steps.slice(0, cut));
      const mixed = model();
      mixed.reset(snapshotOf(early.backend));
      for (const event of events.slice(early.events.length)) mixed.apply(event);
      assert.deepEqual(shown(mixed), shown(whole));
      const counted = [...mixed.view.getSnapshot().messages];
      assert.equal(mixed.view.getSnapshot().messages.length, counted.length);
      counted.forEach(({ key }, index) =>
        assert.equal(mixed.view.getSnapshot().messages.indexOf(key), index),
      );
    }),
    { seed: 20_261_127, numRuns: 300 },
  );
});

it('puts the pieces of an answer together, in whatever order and however often they come', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 30 }),
      fc.infiniteStream(fc.nat()),
      (pieces, picks) => {
        const one = model();
        const { backend } = history([]);
        one.reset(snapshotOf(backend));
        const message = {
          id: 'a', conversationId, author: { id: 'bot', role: 'bot' }, status: 'streaming', parts: [], createdAt: '',
        } as unknown as Message; // prettier-ignore
        const event = (type: string, data: object): LogEvent =>
          ({ id: 'e', type, stream, epoch: 'e', seq: 1, time: '', data }) as LogEvent;
        one.apply(event('message.created', { message }));
        const order = [...pieces.keys(), ...pieces.keys()];
        for (let left = order.length; left > 1; left--) {
          const at = picks.next().value! % left;
          [order[at], order[left - 1]] = [order[left - 1]!, order[at]!];
        }
        const text = () =>
          one.view
            .getSnapshot()
            .messages.at(-1)!
            .message.parts.map((part) => ('text' in part ? part.text : ''))
            .join('');
        for (const index of order) {
          const data = { conversationId, messageId: 'a', partId: 'p', index, text: pieces[index]! };
          one.onSignal({ type: 'message.delta', data });
          assert.ok(pieces.join('').startsWith(text()), 'what is shown so far is a beginning of it');
          assert.ok(text().isWellFormed(), 'no half of a surrogate pair');
        }
        assert.equal(text(), pieces.join(''));
      },
    ),
    { seed: 20_261_127, numRuns: 300 },
  );
});

it('appends to a conversation of 100,000 messages at the cost of one of 100', () => {
  const cost = (length: number): number => {
    const one = model();
    const { backend } = history([]);
    one.reset(snapshotOf(backend));
    const say = (index: number): void =>
      one.apply({
        id: 'e', type: 'message.created', stream, epoch: 'e', seq: index, time: '',
        data: { message: { id: `m${index}`, conversationId, author: { id: 'bot', role: 'bot' }, status: 'complete', parts: [], createdAt: '' } },
      } as unknown as LogEvent); // prettier-ignore
    for (let index = 0; index < length; index++) say(index);
    let best = Infinity;
    for (let round = 0; round < 15; round++) {
      const from = performance.now();
      for (let index = 0; index < 300; index++) {
        say(length + round * 300 + index);
        one.view.getSnapshot().messages.at(-1);
      }
      best = Math.min(best, performance.now() - from);
    }
    return best;
  };
  cost(100);
  const [short, long] = [cost(100), cost(100_000)];
  // Copying the list would cost a thousand times as much; the room is for a busy machine.
  assert.ok(long < short * 5 + 0.5, `${short} ms for 300 after 100, ${long} ms after 100,000`);
});
