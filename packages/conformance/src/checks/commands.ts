import type { Check } from '../check.ts';
import { must } from '../finding.ts';
import { commandOf, messageOf, type Person } from '../person.ts';
import { messagesIn, saidIn, says, textOf } from '../said.ts';
import type { Reply } from '../wire/peer.ts';

const sendRetrySameResult: Check = {
  id: 'send-retry-same-result',
  section: '4.3',
  level: 'core',
  title: 'A number that is done gets its original result again, and has no second effect.',
  async run(stage) {
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    const reading = await visitor.readsPublic(conversationId);
    const n = visitor.take(conversationId);
    const command = commandOf('message.send', messageOf('once'), conversationId);
    const first = await visitor.numbered(n, command);
    mustBeTheSame(first, await visitor.numbered(n, command));
    await visitor.says('after it', conversationId);
    await reading.event('message.created', says('after it'));
    const said = saidIn(reading.events);
    must(said.join() === 'once,after it', 'the message once', said);
  },
};

function mustBeTheSame(first: Reply, second: Reply): void {
  must(first.type === 'ack', 'the message to be accepted', first);
  must(
    second.type === 'ack' && second.result.messageId === first.result.messageId,
    `the result ${JSON.stringify(first.result)} again`,
    second,
  );
}

/** The visitors' messages of a conversation, as a fresh reader sees them. */
async function saidSoFar(person: Person, conversationId: string): Promise<string[]> {
  const { subscribed } = await person.readsPublic(conversationId);
  return messagesIn(subscribed.snapshot)
    .filter(({ author }) => author.role === 'visitor')
    .map(textOf);
}

const sendRetryNewConnection: Check = {
  id: 'send-retry-new-connection',
  section: '4.3',
  level: 'core',
  title: 'The same holds over another connection: numbers belong to the outbox, not to the line.',
  async run(stage) {
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    const n = visitor.take(conversationId);
    const command = commandOf('message.send', messageOf('once'), conversationId);
    const first = await visitor.numbered(n, command);
    await visitor.reconnect();
    mustBeTheSame(first, await visitor.numbered(n, command));
    await visitor.reconnect();
    const unheard = visitor.take(conversationId);
    const second = commandOf('message.send', messageOf('cut before the answer'), conversationId);
    const peer = await visitor.peer();
    peer.send({ type: 'command', outboxId: visitor.outboxId, n: unheard, command: second });
    await visitor.reconnect();
    const reply = await visitor.numbered(unheard, second);
    must(reply.type === 'ack', 'the command to be accepted, whether or not it ran before the cut', reply);
    const said = await saidSoFar(visitor, conversationId);
    must(said.join() === 'once,cut before the answer', 'each message once', said);
  },
};

const sendRetryRefreshedToken: Check = {
  id: 'send-retry-refreshed-token',
  section: '4.3',
  level: 'core',
  title: 'The same holds under a fresh token of the same session.',
  async run(stage) {
    const session = await stage.session();
    const visitor = stage.personWith(session.accessToken);
    const conversationId = await visitor.begins();
    const n = visitor.take(conversationId);
    const command = commandOf('message.send', messageOf('once'), conversationId);
    const first = await visitor.numbered(n, command);
    visitor.token = (await stage.refresh(session)).accessToken;
    await visitor.reconnect();
    mustBeTheSame(first, await visitor.numbered(n, command));
    const said = await saidSoFar(visitor, conversationId);
    must(said.join() === 'once', 'the message once', said);
  },
};

const sendRetryAfterLink: Check = {
  id: 'send-retry-after-link',
  section: '10.5',
  level: 'full',
  title: 'The same holds after an anonymous visitor became a known one.',
  needs: { capabilities: ['identity_link'], driver: ['visitorToken'] },
  async run(stage) {
    const visitor = await stage.visitor();
    const anonymous = visitor.token;
    const conversationId = await visitor.begins();
    const n = visitor.take(conversationId);
    const command = commandOf('message.send', messageOf('once'), conversationId);
    const first = await visitor.numbered(n, command);
    const known = await stage.knownVisitor(`conformance-${visitor.outboxId}`);
    visitor.token = known.token;
    await visitor.reconnect();
    await visitor.does('identity.link', { token: anonymous });
    mustBeTheSame(first, await visitor.numbered(n, command));
    const said = await saidSoFar(visitor, conversationId);
    must(said.join() === 'once', 'the message once', said);
    await visitor.says('as the known one', conversationId);
  },
};

const sendNumberPayloadMismatch: Check = {
  id: 'send-number-payload-mismatch',
  section: '4.3',
  level: 'core',
  title:
    'A number that is done, with another body, is `payload_mismatch`; the same body in another order of keys is the same.',
  async run(stage) {
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    const n = visitor.take(conversationId);
    const message = messageOf('the first body');
    const first = await visitor.numbered(n, commandOf('message.send', message, conversationId));
    const turned = {
      conversationId,
      data: { parts: message.parts, clientMessageId: message.clientMessageId },
      type: 'message.send' as const,
    };
    mustBeTheSame(first, await visitor.numbered(n, turned));
    const other = await visitor.numbered(
      n,
      commandOf('message.send', messageOf('another body'), conversationId),
    );
    must(
      other.type === 'reject' && other.problem.code === 'payload_mismatch',
      '`payload_mismatch` for another body under a number that is done',
      other,
    );
    must(other.problem.status === 422 && !other.problem.retryable, 'status 422, for good', other.problem);
    const said = await saidSoFar(visitor, conversationId);
    must(said.join() === 'the first body', 'the first body alone', said);
  },
};

const sendHoleRefused: Check = {
  id: 'send-hole-refused',
  section: '4.3',
  level: 'core',
  title: 'A number beyond the next is `out_of_order` with the `expected` one, and changes nothing.',
  async run(stage) {
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    const command = commandOf('message.send', messageOf('too early'), conversationId);
    const early = await visitor.numbered(4, command);
    must(
      early.type === 'reject' && early.problem.code === 'out_of_order',
      '`out_of_order` for number 4, where 2 is next',
      early,
    );
    must(early.problem.expected === 2, '`expected: 2`', early.problem);
    must(early.problem.retryable, 'a refusal that can be retried', early.problem);
    const late = await visitor.numbered(2, commandOf('message.send', messageOf('in turn'), conversationId));
    must(late.type === 'ack', 'number 2 to be accepted after the hole was refused', late);
    const said = await saidSoFar(visitor, conversationId);
    must(said.join() === 'in turn', 'nothing of the refused command in the conversation', said);
  },
};

const sendRefusedLaneContinues: Check = {
  id: 'send-refused-lane-continues',
  section: '4.5',
  level: 'core',
  title:
    'A permanent refusal uses up its number and is remembered; a void takes any number; the lane goes on.',
  async run(stage) {
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    const n = visitor.take(conversationId);
    const empty = commandOf('message.send', messageOf('   '), conversationId);
    const refused = await visitor.numbered(n, empty);
    must(
      refused.type === 'reject' && refused.problem.code === 'message_empty',
      'a message of spaces to be refused as message_empty',
      refused,
    );
    must(!refused.problem.retryable, 'a refusal for good', refused.problem);
    await visitor.says('the next number', conversationId);
    const again = await visitor.numbered(n, empty);
    must(
      again.type === 'reject' && again.problem.code === 'message_empty',
      'the same refusal under the same number',
      again,
    );
    await visitor.does('command.void', {}, conversationId);
    await visitor.says('after a void', conversationId);
    const said = await saidSoFar(visitor, conversationId);
    must(said.join() === 'the next number,after a void', 'the two messages that are none', said);
  },
};

const sendParallelOrdered: Check = {
  id: 'send-parallel-ordered',
  section: '4.8',
  level: 'core',
  title:
    'Commands of a lane sent in parallel over two connections take effect once each, in the order of their numbers.',
  async run(stage) {
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    const reading = await visitor.readsPublic(conversationId);
    const peers = [await visitor.peer(), await visitor.another()];
    const words = Array.from({ length: 8 }, (_, place) => `word ${place}`);
    await Promise.all(
      words.map(async (word, place) => {
        const n = visitor.take(conversationId);
        const command = commandOf('message.send', messageOf(word), conversationId);
        for (let turn = 0; turn < 50; turn++) {
          const reply = await peers[place % 2]?.command(visitor.outboxId, n, command);
          if (reply?.type === 'ack') return;
          const code = reply?.problem.code;
          must(
            code === 'out_of_order' || code === 'rate_limited',
            'acceptance, or out_of_order until its turn has come',
            reply,
          );
          await new Promise((resolve) => setTimeout(resolve, reply?.problem.retryAfterMs ?? 20));
        }
        must(false, `number ${n} to be accepted once those before it were`, 'out_of_order 50 times');
      }),
    );
    await reading.event('message.created', says('word 7'));
    const said = saidIn(reading.events);
    must(said.join() === words.join(), `the messages ${words.join(', ')}`, said);
  },
};

const outboxOneSubject: Check = {
  id: 'outbox-one-subject',
  section: '4.9',
  level: 'core',
  title: 'An outbox is whose it was first: another’s use of it is `outbox_conflict`, and moves nothing.',
  async run(stage) {
    const [owner, stranger] = [await stage.visitor(), await stage.visitor()];
    const command = commandOf('command.void', {});
    const first = await owner.numbered(1, command);
    must(first.type === 'ack', 'a void to be accepted', first);
    stranger.outboxId = owner.outboxId;
    for (const n of [1, 2]) {
      const reply = await stranger.numbered(n, command);
      must(
        reply.type === 'reject' && reply.problem.code === 'outbox_conflict',
        `number ${n} in another’s outbox to be refused as outbox_conflict`,
        reply,
      );
    }
    const next = await owner.numbered(2, command);
    must(next.type === 'ack', 'the owner’s next number to be the next', next);
  },
};

const ackAfterCommit: Check = {
  id: 'ack-after-commit',
  section: '4.4',
  level: 'full',
  title: 'What was acknowledged is there after a crash, and its number is done.',
  needs: { driver: ['crash'] },
  async run(stage) {
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    const n = visitor.take(conversationId);
    const command = commandOf('message.send', messageOf('acknowledged'), conversationId);
    const first = await visitor.numbered(n, command);
    await stage.driver('crash').crash();
    await visitor.reconnect();
    const said = await saidSoFar(visitor, conversationId);
    must(said.join() === 'acknowledged', 'the acknowledged message', said);
    mustBeTheSame(first, await visitor.numbered(n, command));
    await visitor.says('after the crash', conversationId);
  },
};

/** Numbers, lanes and their answers. */
export const commandChecks: readonly Check[] = [
  sendRetrySameResult,
  sendRetryNewConnection,
  sendRetryRefreshedToken,
  sendNumberPayloadMismatch,
  sendHoleRefused,
  ackAfterCommit,
  sendRefusedLaneContinues,
  sendParallelOrdered,
  outboxOneSubject,
];

/** Numbers, where a visitor becomes somebody. */
export const linkChecks: readonly Check[] = [sendRetryAfterLink];
