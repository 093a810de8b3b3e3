// Whatever visitors, agents and a bot do, in whatever order, some things hold of a conversation at any time.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  commandRoles,
  eventAudiences,
  type Command,
  type Conversation,
  type LogEvent,
  type Message,
  type StaffState,
} from '../index.ts';
import {
  applyToConversation,
  applyToInbox,
  applyToMessage,
  applyToStaff,
  applyToUser,
  emptyInboxState,
  emptyStaffState,
  emptyUserState,
  messageIdOf,
  type Actor,
} from './index.ts';
import { Stage, ayesha, badal, bot, omar, rina, textPart } from './testing/stage.ts';

const people: readonly Actor[] = [ayesha, ayesha, ayesha, badal, rina, omar, bot, bot];

/** A step somebody takes. `pick` chooses among the messages there are. */
interface Step {
  who: number;
  /** Whether it is tried by somebody who may not give such a command at all. */
  bold: boolean;
  what: Command['type'];
  text: string;
  pick: number;
  flag: boolean;
  pauseMs: number;
}

const commands: Command['type'][] = [
  'conversation.start', 'conversation.close', 'conversation.reopen', 'message.send', 'message.send', 'message.edit',
  'message.delete', 'message.cancel', 'message.checkpoint', 'message.complete', 'message.fail', 'message.react',
  'message.feedback', 'receipt.mark', 'attachment.create', 'attachment.complete', 'handoff.request', 'handoff.cancel',
  'form.submit', 'action.invoke', 'survey.submit', 'survey.submit', 'survey.dismiss', 'context.update', 'assignment.accept',
  'assignment.accept', 'assignment.decline', 'assignment.transfer', 'assignment.return_to_bot', 'note.add',
  'answer.trace', 'consent.set', 'agent.status', 'command.void', 'conversation.reopen', 'conversation.reopen', 'message.send', 'message.send',
]; // prettier-ignore

const step: fc.Arbitrary<Step> = fc.record({
  who: fc.nat(),
  bold: fc.nat(9).map((n) => n === 0),
  what: fc.constantFrom(...commands),
  text: fc.constantFrom('Hello', '', '__proto__', 'a\ud800', '🙂', 'constructor'),
  pick: fc.nat(),
  flag: fc.boolean(),
  pauseMs: fc.constantFrom(0, 1, 1000, 90_000, 86_400_000),
});

function whoTakes({ who, what, bold }: Step): Actor {
  const may = people.filter(({ role }) => bold || commandRoles[what].includes(role));
  return may[who % may.length] ?? ayesha;
}

const endings: ReadonlySet<string> = new Set([
  'message.checkpoint',
  'message.complete',
  'message.fail',
  'message.cancel',
]);

/** All data any command could want; each takes what is its own. */
function dataOf({ text, pick, flag, what }: Step, stage: Stage): object {
  const held = [...(stage.backend.conversation('c1')?.messages.values() ?? [])];
  const open = held.filter(({ status }) => status === 'streaming');
  const messages = open.length > 0 && endings.has(what) ? open : held;
  const messageId = messages[pick % messages.length]?.id ?? 'm_none';
  const clientMessageId = `cm-${pick % 7}`;
  const streaming = flag ? { status: 'streaming' } : {};
  return {
    ...(what === 'message.send' && streaming),
    messageId,
    clientMessageId,
    locale: 'en',
    parts: [textPart(text)],
    emoji: text || '👍',
    active: flag,
    helpful: flag,
    kind: flag ? 'read' : 'delivered',
    attachmentId: `f${pick % 3}`,
    name: text,
    mediaType: 'image/png',
    size: 1,
    reason: what === 'handoff.request' ? 'other' : text,
    partId: 'p1',
    actionId: 'go',
    values: {},
    surveyId: stage.backend.conversation('c1')?.conversation?.survey?.surveyId ?? 's_none',
    answers: flag ? { score: 3 } : {},
    attributes: { [text || 'k']: pick },
    context: { goal: `secret-${text}` },
    note: flag ? `secret-${text}` : '',
    text: `secret-${text}`,
    ...(what === 'assignment.transfer' && flag && { toAgentId: 'omar' }),
    trace: { traceId: 't', question: 'secret', outcome: 'answer', confidence: 1, threshold: 0, articles: [] },
    purpose: 'transcripts',
    granted: flag,
    policyVersion: '1',
    status: what === 'agent.status' ? 'online' : streaming.status,
  };
}

/** The public events are staff's events without those for staff alone, in the same order, under the same ids. */
function checkStreams(publicLog: readonly LogEvent[], staffLog: readonly LogEvent[]): void {
  for (const log of [publicLog, staffLog]) log.forEach((event, index) => assert.equal(event.seq, index + 1));
  const shared = staffLog.filter((event) => eventAudiences[event.type] === 'public');
  assert.deepEqual(
    publicLog.map(({ id, type, time, data }) => ({ id, type, time, data })),
    shared.map(({ id, type, time, data }) => ({ id, type, time, data })),
  );
  assert.ok(publicLog.every((event) => eventAudiences[event.type] === 'public'));
}

/** Exactly one has control, or nobody; and only one who may. */
function checkControl({ status, assignment, participants }: Conversation): void {
  const { state, controlledBy, offeredTo } = assignment;
  const controller = participants.find(({ id }) => id === controlledBy);
  const roles = { bot: 'bot', assigned: 'agent', queued: undefined, ringing: undefined, none: undefined };
  assert.equal(controller?.role, roles[state]);
  assert.equal(controlledBy === undefined, roles[state] === undefined);
  assert.equal(offeredTo !== undefined, state === 'ringing');
  assert.equal(status === 'closed', state === 'none');
}

const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** What the logs alone say of the conversation; a snapshot must say the same. */
function foldOf(log: readonly LogEvent[]): {
  conversation?: Conversation | undefined;
  messages: Message[];
  staff: StaffState;
} {
  let conversation: Conversation | undefined;
  let staff = emptyStaffState;
  const messages = new Map<string, Message>();
  for (const event of log) {
    conversation = applyToConversation(conversation, event);
    staff = applyToStaff(staff, event);
    const id = messageIdOf(event) ?? '';
    const message = applyToMessage(messages.get(id), event);
    if (message) messages.set(id, message);
  }
  return { conversation, messages: [...messages.values()], staff };
}

function checkSnapshots(stage: Stage): void {
  for (const audience of ['public', 'staff'] as const) {
    const { snapshot } = stage.backend.read(`conversation:c1:${audience}`).subscribed;
    const { conversation, messages, staff } = foldOf(stage.log(audience));
    assert.ok(snapshot?.kind === 'conversation');
    assert.deepEqual(json(snapshot.conversation), json(conversation));
    assert.deepEqual(json(snapshot.messages), json(messages));
    assert.deepEqual(json(snapshot.staff ?? null), json(audience === 'staff' ? staff : null));
  }
  const {
    kind: _user,
    asOf: _userCursor,
    ...user
  } = stage.backend.read('user:ayesha').subscribed.snapshot ?? {};
  assert.deepEqual(json(user), json(stage.logOf('user:ayesha').reduce(applyToUser, emptyUserState)));
  const {
    kind: _inbox,
    asOf: _inboxCursor,
    ...inbox
  } = stage.backend.read('inbox:shop').subscribed.snapshot ?? {};
  assert.deepEqual(json(inbox), json(stage.logOf('inbox:shop').reduce(applyToInbox, emptyInboxState)));
}

/** Receipts only ever name later messages. */
function checkReceipts(log: readonly LogEvent[]): void {
  const order = new Map<string, number>();
  const marks = new Map<string, number>();
  for (const event of log) {
    if (event.type === 'message.created') order.set(event.data.message.id, order.size);
    if (event.type !== 'receipt.updated') continue;
    const { participantId, kind, messageId } = event.data;
    const at = order.get(messageId) ?? assert.fail('A receipt names a message that is not there.');
    assert.ok(at > (marks.get(`${participantId}/${kind}`) ?? -1), 'A receipt went back.');
    marks.set(`${participantId}/${kind}`, at);
  }
}

/** Nobody but a visitor speaks without control, and nobody at all begins to while the conversation is closed. */
function checkWhoSpoke(log: readonly LogEvent[]): void {
  let state: Conversation | undefined;
  for (const event of log) {
    state = applyToConversation(state, event);
    if (event.type !== 'message.created' || event.data.message.author.role === 'system') continue;
    const { author } = event.data.message;
    assert.equal(state?.status, 'open');
    if (author.role !== 'visitor') assert.equal(state?.assignment.controlledBy, author.id);
  }
}

test('whatever anybody does, control, streams, secrets, receipts and snapshots stay right', () => {
  const seen = { acks: 0, rejects: 0, types: new Set<string>() };
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 10, maxLength: 60, size: 'max' }),
      fc.boolean(),
      (steps, withBot) => {
        const stage = new Stage({ surveyOnClose: 'csat', ...(!withBot && { bot: undefined }) });
        stage.start();
        for (const one of steps) {
          stage.passes(one.pauseMs);
          const reply = stage.give(whoTakes(one), one.what, dataOf(one, stage));
          seen[reply.type === 'ack' ? 'acks' : 'rejects']++;
          checkControl(stage.conversation());
        }
        const staffLog = stage.log('staff');
        checkStreams(stage.log('public'), staffLog);
        checkReceipts(staffLog);
        checkWhoSpoke(staffLog);
        checkSnapshots(stage);
        assert.ok(
          !JSON.stringify(stage.log('public')).includes('secret'),
          'Something for staff reached the public.',
        );
        assert.equal(({} as Record<string, unknown>)['role'], undefined);
        for (const { type } of staffLog) seen.types.add(type);
      },
    ),
    { seed: 7, numRuns: 400 },
  );
  assert.ok(seen.acks > 2000 && seen.rejects > 2000, JSON.stringify(seen));
  for (const type of [
    'handoff.declined',
    'survey.submitted',
    'message.cancelled',
    'message.failed',
    'message.completed',
    'conversation.reopened',
  ])
    assert.ok(seen.types.has(type), `The steps never led to ${type}.`);
});

test('a lane that is sent again from any point, in any batches, changes nothing', () => {
  const resend = fc.record({ from: fc.nat(), count: fc.integer({ min: 1, max: 20 }) });
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 5, maxLength: 20 }),
      fc.array(resend, { maxLength: 8 }),
      (steps, resends) => {
        const stage = new Stage();
        stage.start();
        const lane = steps.map((one, index) => ({
          outboxId: 'o1',
          n: index + 1,
          command: { type: one.what, conversationId: 'c1', data: dataOf(one, stage) } as Command,
        }));
        const inLane = lane.filter(({ command }) => !['consent.set', 'agent.status'].includes(command.type));
        const numbered = inLane.map((frame, index) => ({ ...frame, n: index + 1 }));
        const replies = numbered.map((frame) => stage.backend.execute(ayesha, frame));
        const before = stage.log('staff');
        for (const { from, count } of resends)
          for (const frame of numbered.slice(from % (numbered.length + 1)).slice(0, count))
            assert.deepEqual(stage.backend.execute(ayesha, frame), replies[frame.n - 1]);
        assert.deepEqual(stage.log('staff'), before);
      },
    ),
    { seed: 8, numRuns: 150 },
  );
});

test('commands that arrive in any order run in the order of their numbers, each once', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 12 }).chain((count) =>
        fc.shuffledSubarray(
          Array.from({ length: count }, (_, i) => i + 1),
          { minLength: count },
        ),
      ),
      (order) => {
        const stage = new Stage({ greeting: undefined });
        stage.start();
        const give = (n: number) =>
          stage.backend.execute(ayesha, {
            outboxId: 'o1',
            n,
            command: {
              type: 'message.send',
              conversationId: 'c1',
              data: { clientMessageId: `m${n}`, parts: [textPart(`${n}`)] },
            },
          });
        const waiting = new Set(order);
        for (let round = 0; round < order.length; round++)
          for (const n of waiting) if (give(n).type === 'ack') waiting.delete(n);
        assert.equal(waiting.size, 0);
        const texts = [...(stage.backend.conversation('c1')?.messages.values() ?? [])].map(
          ({ clientMessageId }) => clientMessageId,
        );
        assert.deepEqual(
          texts,
          order.map((_, i) => `m${i + 1}`),
        );
      },
    ),
    { seed: 9, numRuns: 100 },
  );
});
