import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultLimits, makeProblem, type ServerFrame, type Signal } from '../index.ts';
import { FrameSession, type Actor, type FrameSessionHost } from './index.ts';
import { ayesha, badal, bot, Stage } from './testing/stage.ts';

const stream = 'conversation:c1:public';

/** A host with a clock, and sessions on it whose frames and closes are kept. */
function hosted() {
  const { backend } = new Stage();
  let now = 1_000;
  const sessions = new Set<FrameSession>();
  const host: FrameSessionHost = {
    backend,
    verify(token) {
      const actor = [ayesha, badal, bot].find(({ id }) => id === token);
      return actor ? { actor, expiresAt: now + 900 } : { problem: makeProblem('token_invalid') };
    },
    execute: (actor, command, refusal) => backend.execute(actor, command, refusal),
    welcome: { heartbeatMs: 25_000, limits: defaultLimits },
    now: () => now,
    relay(signal: Signal, from) {
      for (const session of sessions) if (session !== from) session.signal(signal);
    },
  };
  const open = (token?: Actor) => {
    const frames: ServerFrame[] = [];
    const closes: number[] = [];
    const session = new FrameSession(host, {
      send: (frame) => frames.push(frame),
      close: (code) => closes.push(code),
    });
    sessions.add(session);
    const say = (frame: unknown): ServerFrame | undefined => {
      const from = frames.length;
      session.receive(typeof frame === 'string' ? frame : JSON.stringify(frame));
      return frames[from];
    };
    if (token) say({ type: 'hello', token: token.id });
    return { session, frames, closes, say };
  };
  return { open, pass: (ms: number) => (now += ms) };
}

const command = (n: number, type: string, data: unknown = {}) => ({
  type: 'command',
  outboxId: 'o',
  n,
  command: { type, conversationId: 'c1', data },
});
const start = command(1, 'conversation.start', { locale: 'en' });
const codeOf = (frame: ServerFrame | undefined): string | undefined =>
  frame?.type === 'reject' || frame?.type === 'problem' ? frame.problem.code : frame?.type;

test('what is no frame, or comes out of turn, closes with its code', () => {
  for (const [frame, code] of [
    ['{"type":', 4400],
    [[], 4400],
    [{ type: 'subscribe', stream }, 4401],
    [{ type: 'ping' }, 4401],
    [start, 4401],
    [{ type: 'token', token: 'ayesha' }, 4401],
    [{ type: 'hello', token: 'nobody' }, 4401],
  ] as const) {
    const { say, closes } = hosted().open();
    say(frame);
    assert.deepEqual(closes, [code], JSON.stringify(frame));
    assert.equal(say({ type: 'hello', token: 'ayesha' }), undefined, 'nothing is taken after a close');
  }
  const { say, closes } = hosted().open(ayesha);
  say({ type: 'hello', token: 'ayesha' });
  assert.deepEqual(closes, [4400]);
});

test('a token lasts as long as it says, a fresh one in band longer, and one of somebody else ends it', () => {
  const { open, pass } = hosted();
  const [old, fresh] = [open(ayesha), open(ayesha)];
  assert.ok(old.frames[0]?.type === 'welcome' && old.frames[0].tokenExpiresAt === '1970-01-01T00:00:01.900Z');
  pass(600);
  fresh.say({ type: 'token', token: 'ayesha' });
  pass(600);
  assert.equal(codeOf(fresh.say(start)), 'ack');
  old.say(start);
  assert.deepEqual(old.closes, [4401]);
  fresh.say({ type: 'token', token: 'badal' });
  assert.deepEqual(fresh.closes, [4410]);
});

test('a malformed command is refused in its lane, which goes on; what is not addressed is a problem', () => {
  const { say } = hosted().open(ayesha);
  say(start);
  assert.equal(codeOf(say(command(2, 'message.send', { parts: 1 }))), 'invalid_command');
  assert.equal(codeOf(say(command(3, 'constructor'))), 'unknown_command');
  assert.equal(codeOf(say({ type: 'command', outboxId: 'a b', n: 4 })), 'invalid_frame');
  assert.equal(codeOf(say(command(4, 'command.void'))), 'ack');
});

test('events come to whoever reads their stream, once, until it ends or stops reading', () => {
  const { open } = hosted();
  const [writer, reader, stranger] = [open(ayesha), open(ayesha), open(badal)];
  writer.say(start);
  assert.equal(codeOf(stranger.say({ type: 'subscribe', stream })), 'not_found');
  reader.say({ type: 'subscribe', stream });
  reader.say({ type: 'subscribe', stream });
  const events = () => reader.frames.filter(({ type }) => type === 'event').length;
  const parts = [{ partId: 'p', type: 'text', text: 'Hi' }];
  writer.say(command(2, 'message.send', { clientMessageId: 'a', parts }));
  assert.equal(events(), 1);
  reader.say({ type: 'unsubscribe', stream });
  writer.say(command(3, 'message.send', { clientMessageId: 'b', parts }));
  reader.say({ type: 'subscribe', stream });
  reader.session.end();
  writer.say(command(4, 'message.send', { clientMessageId: 'c', parts }));
  assert.equal(events(), 1);
});

test('typing is passed on under the sender’s own name, pieces of answers only from staff', () => {
  const { open } = hosted();
  const [visitor, answering] = [open(ayesha), open(bot)];
  visitor.say(start);
  for (const one of [visitor, answering]) one.say({ type: 'subscribe', stream });
  const signal = (type: string, data: object) => ({
    type: 'signal',
    signal: { type, data: { conversationId: 'c1', ...data } },
  });
  visitor.say(signal('typing', { active: true, participantId: 'bot' }));
  const heard = answering.frames.at(-1);
  assert.ok(heard?.type === 'signal' && heard.signal.type === 'typing');
  assert.equal(heard.signal.data.participantId, 'ayesha');
  const piece = signal('message.delta', { messageId: 'm', partId: 'p', index: 0, text: 'x' });
  const before = answering.frames.length;
  visitor.say(piece);
  assert.equal(answering.frames.length, before);
  answering.say(piece);
  assert.equal(visitor.frames.at(-1)?.type, 'signal');
});
