import { laneOf, makeProblem, type ErrorCode } from '@sahay/protocol';
import { must } from '../finding.ts';
import type { Reply } from '../reference/seams.ts';
import type { ClientCheck } from './client-check.ts';
import { wordsOf, type ClientStage } from './client-stage.ts';

/** The message with these words is refused, as often as is said. */
function refuses(
  stage: ClientStage,
  words: string,
  code: ErrorCode,
  { times = 1, consumes = false, retryAfterMs = 0 } = {},
): void {
  let left = times;
  stage.hostile({
    execute: (actor, given, sound): Reply => {
      if (wordsOf(given.command) !== words || left-- <= 0) return sound();
      const problem = makeProblem(
        code,
        'Refused by the conformance kit.',
        retryAfterMs ? { retryAfterMs } : {},
      );
      if (consumes) return stage.server.log.refuse(actor, given, problem);
      const { outboxId, n, command } = given;
      return { type: 'reject', outboxId, n, lane: laneOf(command), problem };
    },
  });
}

const clientNumbersDense: ClientCheck = {
  id: 'client-numbers-dense',
  section: '4.2',
  title:
    'Numbers are dense from 1 within a lane, and under each there is one body, however often it is sent.',
  async run(stage) {
    await stage.begins('one');
    for (const text of ['two', 'three', 'four']) await stage.client.send(text);
    stage.server.drop();
    await stage.client.send('five');
    await stage.holds('five');
    await stage.shows(['one', 'two', 'three', 'four', 'five']);
    const lanes = new Map<string, Map<number, string>>();
    for (const { outboxId, n, command } of stage.commands()) {
      const lane = `${outboxId}/${laneOf(command)}`;
      const bodies = lanes.get(lane) ?? new Map<number, string>();
      lanes.set(lane, bodies);
      must(n <= bodies.size + 1, `number ${bodies.size + 1} at most, in the lane ${lane}`, n);
      const body = JSON.stringify(command);
      must((bodies.get(n) ?? body) === body, `one body under number ${n}`, [bodies.get(n), body]);
      bodies.set(n, body);
    }
  },
};

const clientAckLost: ClientCheck = {
  id: 'client-ack-lost',
  section: '4.3',
  title: 'A command whose answer was lost is sent again under its number, and what it did is shown once.',
  async run(stage) {
    await stage.begins();
    let isLost = false;
    stage.hostile({
      outgoing: (frame, seat) => {
        if (isLost || frame.type !== 'ack' || frame.result.messageId === undefined) return [frame];
        isLost = true;
        seat.end(1012);
        return [];
      },
    });
    await stage.client.send('answered into the void');
    await stage.until('the command again', () => stage.carrying('answered into the void')[1]);
    const [first, second] = stage.carrying('answered into the void');
    must(
      first?.n === second?.n && first?.outboxId === second?.outboxId,
      'the same number of the same outbox',
      [first, second],
    );
    await stage.client.send('after it');
    await stage.holds('after it');
    await stage.shows(['Hello.', 'answered into the void', 'after it']);
    must(
      stage.held().join() === 'Hello.,answered into the void,after it',
      'each once at the backend',
      stage.held(),
    );
  },
};

const clientRefusedContinues: ClientCheck = {
  id: 'client-refused-continues',
  section: '4.5',
  title: 'A refusal for good uses up its number: what comes after it goes out under the next.',
  async run(stage) {
    await stage.begins();
    refuses(stage, 'not this one', 'message_too_long', { consumes: true, times: 9 });
    await stage.client.send('not this one');
    await stage.client.send('but this one');
    await stage.holds('but this one');
    const [refused] = stage.carrying('not this one');
    const after = stage.carrying('but this one').at(-1);
    must(after?.n === (refused?.n ?? 0) + 1, `number ${(refused?.n ?? 0) + 1} for the next`, after);
    must(
      stage.carrying('not this one').length === 1,
      'the refused command once',
      stage.carrying('not this one'),
    );
  },
};

const clientRetryAfter: ClientCheck = {
  id: 'client-retry-after',
  section: '12.4',
  title: 'A refusal for now is tried again under its number, not before `retryAfterMs`.',
  async run(stage) {
    await stage.begins();
    refuses(stage, 'too soon', 'rate_limited', { times: 1, retryAfterMs: 700 });
    await stage.client.send('too soon');
    await stage.holds('too soon');
    const [first, second] = stage.carrying('too soon');
    must(first?.n === second?.n, 'the same number', [first, second]);
    const waited = (second?.at ?? 0) - (first?.at ?? 0);
    must(waited >= 650, 'a wait of 700 ms', `${waited} ms`);
    await stage.shows(['Hello.', 'too soon']);
  },
};

const clientPayloadMismatch: ClientCheck = {
  id: 'client-payload-mismatch',
  section: '4.10',
  title:
    'Where a number was used with another body, the client mints a new outbox and sends again what is missing.',
  async run(stage) {
    await stage.begins();
    refuses(stage, 'under a used number', 'payload_mismatch');
    await stage.client.send('under a used number');
    await stage.holds('under a used number');
    const [first, second] = [
      stage.carrying('under a used number')[0],
      stage.carrying('under a used number').at(-1),
    ];
    must(first?.outboxId !== second?.outboxId, 'another outbox', [first, second]);
    await stage.client.send('after it');
    await stage.shows(['Hello.', 'under a used number', 'after it']);
  },
};

const clientOutOfOrder: ClientCheck = {
  id: 'client-out-of-order',
  section: '4.3',
  title: 'Told that a number is missing, the client sends from there on; nothing is lost or said twice.',
  async run(stage) {
    await stage.begins();
    let isSwallowed = false;
    stage.hostile({
      incoming: (frame) => {
        const isIt = !isSwallowed && frame.type === 'command' && wordsOf(frame.command) === 'swallowed';
        isSwallowed ||= isIt;
        return isIt;
      },
    });
    await stage.client.send('swallowed');
    await stage.until('the message', () => isSwallowed || undefined);
    await stage.client.send('after it');
    await stage.wait(500);
    // Whoever sends one at a time hears nothing of the first: the line has to end before anything can move.
    if (!stage.held().includes('after it')) stage.server.drop();
    await stage.holds('after it');
    await stage.shows(['Hello.', 'swallowed', 'after it']);
    must(stage.held().join() === 'Hello.,swallowed,after it', 'both in order at the backend', stage.held());
  },
};

const clientFrameTooLarge: ClientCheck = {
  id: 'client-frame-too-large',
  section: '8.1',
  title: 'A command whose frame closed the line with 1009 is voided, and what comes after it arrives.',
  async run(stage) {
    const large = 'too large '.repeat(400);
    await stage.begins();
    stage.hostile({
      incoming: (frame, seat) => {
        const isIt = frame.type === 'command' && wordsOf(frame.command) === large;
        if (isIt) seat.end(1009);
        return isIt;
      },
    });
    await stage.client.send(large);
    await stage.client.send('small enough');
    await stage.holds('small enough');
    const n = stage.carrying(large)[0]?.n;
    const voided = stage.commands().find((one) => one.n === n && one.command.type === 'command.void');
    must(voided !== undefined, `command.void under number ${n}`, stage.commands().slice(-3));
  },
};

/** What a client does with its numbers. */
export const clientOutboxChecks: readonly ClientCheck[] = [
  clientNumbersDense,
  clientAckLost,
  clientOutOfOrder,
  clientRefusedContinues,
  clientPayloadMismatch,
  clientFrameTooLarge,
  clientRetryAfter,
];
