/*
 * What is said in frames that no client of ours would say. Each is refused with the right problem, or does nothing; what it
 * says reaches nobody else's state.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, afterEach, before, describe, test } from 'node:test';
import { Wire } from '../testing/wire.ts';
import { Bystander } from './testing/bystander.ts';
import { quickest } from './testing/in-time.ts';
import { ServerProcess } from './testing/server-process.ts';

let server: ServerProcess;
let bystander: Bystander;
before(async () => {
  server = await ServerProcess.start();
  bystander = await Bystander.start(server);
});
afterEach(() => bystander.isUnharmed());
after(async () => {
  await bystander.ends().finally(() => server.dispose());
});

/** A visitor whose conversation has begun and is not the bot's. */
async function begun(): Promise<Wire> {
  const wire = await Wire.visitor(server);
  await wire.begins('Hello');
  await wire.give('handoff.request', {});
  return wire;
}

/** Sends JSON as it is; the code of the problem that comes back. */
async function problemFor(wire: Wire, json: string): Promise<string> {
  const from = wire.socket.frames.length;
  wire.socket.send(json);
  for (;;) {
    for (const frame of wire.socket.frames.slice(from))
      if (frame.type === 'problem' || frame.type === 'reject') return frame.problem.code;
    if (wire.socket.ws.readyState !== wire.socket.ws.OPEN)
      throw new Error(`The socket closed (${(await wire.socket.closed).code}) after ${json.slice(0, 100)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const hasNoTrace = (value: unknown, trace: string): boolean => !JSON.stringify(value).includes(trace);

describe('numbers', { timeout: 30_000 }, () => {
  test('of a cursor that are negative, fractional, 2^53, infinite or no numbers are not valid', async () => {
    const wire = await begun();
    const stream = `conversation:${wire.conversationId}:public`;
    for (const seq of ['-1', '1.5', '9007199254740992', '1e400', '-0.1', '"1"', 'null', '[1]', '{}', 'true'])
      assert.equal(
        await problemFor(
          wire,
          `{"type":"subscribe","stream":"${stream}","cursor":{"stream":"${stream}","epoch":"e","seq":${seq}}}`,
        ),
        'invalid_frame',
        seq,
      );
    wire.socket.close();
  });

  test('that are no JSON at all (NaN, Infinity, hexadecimal, leading zeros) close the socket with 4400', async () => {
    for (const n of ['NaN', 'Infinity', '0x1', '01', '+1', '1_000', '.5']) {
      const wire = await Wire.visitor(server);
      wire.socket.send(`{"type":"command","outboxId":"o","n":${n},"command":{}}`);
      assert.equal((await wire.socket.closed).code, 4400, n);
    }
  });

  test('of a lane that are zero, negative, fractional or beyond 2^53 are not valid and take no place', async () => {
    const wire = await begun();
    const command = JSON.stringify({
      type: 'conversation.start',
      conversationId: `c_${randomUUID()}`,
      data: { locale: 'en' },
    });
    for (const n of ['0', '-1', '0.5', '1.0000000001', '9007199254740992', '1e999', '"1"', 'null', '[1]'])
      assert.equal(
        await problemFor(wire, `{"type":"command","outboxId":"o_new","n":${n},"command":${command}}`),
        'invalid_frame',
        n,
      );
    const reply = await wire.socket.numbered(1, JSON.parse(command), 'o_new');
    assert.equal(reply.type, 'ack');
    wire.socket.close();
  });

  test('far beyond the head, in a cursor, lead to a snapshot; far beyond the next, in a lane, to a hole', async () => {
    const wire = await begun();
    const stream = `conversation:${wire.conversationId}:public` as const;
    const { snapshot } = await wire.socket.subscribe(stream);
    assert.ok(snapshot);
    const ahead = { ...snapshot.asOf, seq: Number.MAX_SAFE_INTEGER };
    const answer = await wire.socket.subscribe(stream, ahead);
    assert.equal(answer.recovered, false);
    const { type, ...reply } = await wire.socket.numbered(Number.MAX_SAFE_INTEGER, {
      type: 'message.send',
      conversationId: wire.conversationId,
      data: { clientMessageId: 'm', parts: [{ partId: 'p', type: 'text', text: 'from the future' }] },
    });
    assert.equal(type, 'reject');
    assert.equal('problem' in reply && reply.problem.code, 'out_of_order');
    assert.equal('problem' in reply && reply.problem['expected'], 1);
    assert.ok(hasNoTrace(await wire.transcript(), 'from the future'));
    wire.socket.close();
  });
});

describe('a number of a lane', { timeout: 30_000 }, () => {
  test('used again with another body is a mismatch, whoever of the same owner sends it; the first result stands', async () => {
    const wire = await begun();
    const say = (text: string) => ({
      type: 'message.send' as const,
      conversationId: wire.conversationId,
      data: { clientMessageId: randomUUID(), parts: [{ partId: 'p', type: 'text' as const, text }] },
    });
    const first = say('the first body');
    const outbox = `o_${randomUUID()}`;
    const done = await wire.socket.numbered(1, first, outbox);
    assert.equal(done.type, 'ack');
    const other = await Wire.withToken(server, wire.token);
    for (const socket of [wire.socket, other.socket]) {
      const again = await socket.numbered(1, say('another body'), outbox);
      assert.equal(again.type === 'reject' && again.problem.code, 'payload_mismatch');
      assert.equal(again.type === 'reject' && again.problem.status, 422);
    }
    // A key that JSON lets stand twice counts with its last value: that is another body too.
    const twice = JSON.stringify({ type: 'command', outboxId: outbox, n: 1, command: first }).replace(
      '"text":"the first body"',
      '"text":"the first body","text":"a second text"',
    );
    assert.equal(await problemFor(wire, twice), 'payload_mismatch');
    const replay = await other.socket.numbered(1, first, outbox);
    assert.deepEqual(replay, done);
    const lines = await wire.transcript();
    assert.equal(lines.filter((line) => line.includes('the first body')).length, 1);
    assert.ok(hasNoTrace(lines, 'another body') && hasNoTrace(lines, 'a second text'));
    for (const { socket } of [wire, other]) socket.close();
  });

  test("in somebody else's outbox is refused, and leaves the owner's lane as it was", async () => {
    const [owner, thief] = [await begun(), await begun()];
    const outbox = `o_${randomUUID()}`;
    const start = (id: string) => ({
      type: 'conversation.start' as const,
      conversationId: id,
      data: { locale: 'en' },
    });
    const id = `c_${randomUUID()}`;
    assert.equal((await owner.socket.numbered(1, start(id), outbox)).type, 'ack');
    for (const n of [1, 2]) {
      const reply = await thief.socket.numbered(n, start(id), outbox);
      assert.equal(reply.type === 'reject' && reply.problem.code, 'outbox_conflict');
      assert.ok(
        hasNoTrace(reply, owner.socket.frames.find((frame) => frame.type === 'welcome')!.participant.id),
      );
    }
    assert.equal((await owner.socket.numbered(1, start(id), outbox)).type, 'ack');
    for (const { socket } of [owner, thief]) socket.close();
  });
});

describe('shapes', { timeout: 60_000 }, () => {
  test('objects, lists and numbers where text belongs are refused, each in its place', async () => {
    const wire = await begun();
    const wrong = ['{}', '[]', '["x"]', '7', 'true', 'null', '{"toString":"x"}', '{"length":1}'];
    for (const value of wrong) {
      assert.equal(await problemFor(wire, `{"type":${value}}`), 'invalid_frame', value);
      assert.equal(await problemFor(wire, `{"type":"subscribe","stream":${value}}`), 'invalid_frame', value);
      assert.equal(await problemFor(wire, `{"type":"token","token":${value}}`), 'invalid_frame', value);
    }
    // One lane, whose numbers each refusal uses up: the last one must still be taken.
    const outbox = `o_${randomUUID()}`;
    let n = 0;
    for (const value of wrong) {
      const data = `{"clientMessageId":"m${n}","parts":[{"partId":"p","type":"text","text":${value}}]}`;
      const command = `{"type":"message.send","conversationId":"${wire.conversationId}","data":${data}}`;
      assert.equal(
        await problemFor(wire, `{"type":"command","outboxId":"${outbox}","n":${++n},"command":${command}}`),
        'invalid_command',
        value,
      );
    }
    const reply = await wire.socket.numbered(
      n + 1,
      {
        type: 'message.send',
        conversationId: wire.conversationId,
        data: { clientMessageId: 'last', parts: [{ partId: 'p', type: 'text', text: 'proper' }] },
      },
      outbox,
    );
    assert.equal(reply.type, 'ack');
    wire.socket.close();
  });

  test('keys of prototypes change no prototype, and no other state', async () => {
    const wire = await begun();
    const poison =
      '{"__proto__":{"role":"agent","polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}},"page":{"url":"https://shop.example/","title":"x"}}';
    const outbox = `o_${randomUUID()}`;
    const id = wire.conversationId;
    const commands = [
      `{"type":"context.update","conversationId":"${id}","data":{"attributes":${poison}}}`,
      `{"type":"context.update","conversationId":"${id}","data":${poison}}`,
      `{"type":"message.send","conversationId":"${id}","data":{"__proto__":{"status":"streaming"},"clientMessageId":"m1","parts":[{"__proto__":{"type":"notice"},"partId":"__proto__","type":"text","text":"hi"}]}}`,
      `{"__proto__":{"type":"note.add"},"type":"message.send","conversationId":"${id}","data":{"clientMessageId":"__proto__","parts":[{"partId":"constructor","type":"text","text":"hi"}]}}`,
      `{"type":"message.react","conversationId":"${id}","data":{"messageId":"__proto__","emoji":"__proto__","active":true}}`,
    ];
    for (const [index, command] of commands.entries())
      wire.socket.send(`{"type":"command","outboxId":"${outbox}","n":${index + 1},"command":${command}}`);
    for (const n of commands.keys()) await wire.socket.numbered(n + 1, JSON.parse(commands[n]!), outbox);
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      const start = { type: 'conversation.start', conversationId: name, data: { locale: 'en' } } as const;
      const reply = await wire.socket.command(start, `o_${randomUUID()}`);
      assert.ok(reply.type === 'ack' || reply.problem.code === 'conversation_exists', name);
    }
    const fresh = await begun();
    const stream = `conversation:${fresh.conversationId}:public` as const;
    assert.ok(hasNoTrace(await fresh.socket.subscribe(stream), 'polluted'));
    for (const path of ['/v1/welcome', '/.well-known/sahay'])
      assert.ok(hasNoTrace(await (await fetch(server.url + path)).json(), 'polluted'));
    for (const { socket } of [wire, fresh]) socket.close();
  });

  test('lone surrogates and NUL become replacement signs, wherever they stand', async () => {
    const wire = await begun();
    for (const text of ['\\ud83d', '\\ude00', 'a\\ud800\\ud800b', '\\u0000', 'a\\u0000b\\udc00']) {
      const outbox = `o_${randomUUID()}`;
      const data = `{"clientMessageId":"m","parts":[{"partId":"p","type":"text","text":"odd ${text}"}]}`;
      wire.socket.send(
        `{"type":"command","outboxId":"${outbox}","n":1,"command":{"type":"message.send","conversationId":"${wire.conversationId}","data":${data.replace('"m"', `"${randomUUID()}"`)}}}`,
      );
      await wire.socket.next('ack', (frame) => frame.outboxId === outbox);
    }
    const lines = (await wire.transcript()).filter((line) => line.includes('odd '));
    assert.equal(lines.length, 5);
    for (const line of lines) {
      assert.match(line, /\uFFFD/);
      assert.doesNotMatch(line, /\p{Cs}|\0/u);
    }
    for (const key of ['\\ud800', '\\u0000', ''])
      assert.match(
        await problemFor(wire, `{"type":"subscribe","stream":"conversation:${key}:public"}`),
        /invalid_frame|not_found/,
      );
    wire.socket.close();
  });

  test('JSON that nests 100,000 deep, or has 20,000 keys, is answered at once', async () => {
    const wire = await begun();
    const [open, shut] = ['['.repeat(100_000), ']'.repeat(100_000)];
    const objects = `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`;
    const keys = Array.from({ length: 20_000 }, (_, index) => `"k${index}":1`).join(',');
    const took = await quickest(3_000, async () => {
      assert.equal(await problemFor(wire, `{"type":"signal","signal":${open}${shut}}`), 'invalid_frame');
      assert.equal(await problemFor(wire, objects), 'invalid_frame');
      assert.equal(await problemFor(wire, `{"type":{${keys}}}`), 'invalid_frame');
      const outbox = `o_${randomUUID()}`;
      const deep = `{"type":"command","outboxId":"${outbox}","n":1,"command":{"type":"message.send","conversationId":"${wire.conversationId}","data":{"clientMessageId":"m","parts":${open}${shut}}}}`;
      assert.equal(await problemFor(wire, deep), 'invalid_command');
    });
    assert.ok(took < 3_000, `${took} ms`);
    wire.socket.close();
  });

  test('as many parts as a frame holds are judged in a moment', async () => {
    const wire = await begun();
    const parts = Array.from({ length: 5_000 }, (_, index) => ({
      partId: `p${index}`,
      type: 'text',
      text: 'x',
    }));
    const choices = Array.from({ length: 4_000 }, (_, index) => ({ value: `v${index}`, label: 'x' }));
    const took = await quickest(3_000, async () => {
      for (const many of [parts, [{ partId: 'p', type: 'quick_replies', options: choices }]]) {
        const reply = await wire.give('message.send', { clientMessageId: randomUUID(), parts: many });
        assert.ok(reply.type === 'reject' || reply.type === 'ack');
      }
    });
    assert.ok(took < 3_000, `${took} ms`);
    wire.socket.close();
  });

  test('a refusal repeats no more than a little of what was refused', async () => {
    const wire = await begun();
    const long = 'k'.repeat(200_000);
    for (const frame of [
      `{"type":"${long}"}`,
      `{"type":"command","outboxId":"o_${randomUUID()}","n":1,"command":{"type":"${long}","data":{}}}`,
      `{"type":"command","outboxId":"o_${randomUUID()}","n":1,"command":{"type":"context.update","conversationId":"${wire.conversationId}","data":{"attributes":{"${long}":[]}}}}`,
      `{"type":"subscribe","stream":"conversation:${long}:public"}`,
    ]) {
      const from = wire.socket.frames.length;
      await problemFor(wire, frame);
      assert.ok(JSON.stringify(wire.socket.frames.slice(from)).length < 4_000, frame.slice(0, 80));
    }
    wire.socket.close();
  });
});

describe('ids of others', { timeout: 60_000 }, () => {
  test('of other tenants and of no tenant open no stream', async () => {
    const wire = await begun();
    for (const stream of [
      'inbox:default',
      'inbox:other',
      'user:system',
      'user:bot',
      'conversation:user:public',
      'conversation:x:staff',
    ])
      assert.equal(
        await problemFor(wire, JSON.stringify({ type: 'subscribe', stream })),
        'not_found',
        stream,
      );
    for (const stream of [
      'inbox:',
      'inbox:*',
      'conversation:*:public',
      'conversation:x',
      'conversation:x:public:staff',
      'conversation:x:PUBLIC',
      'user:../x',
      'sqlite_schema',
      "x' OR 1=1 --",
    ])
      assert.match(
        await problemFor(wire, JSON.stringify({ type: 'subscribe', stream })),
        /invalid_frame|not_found/,
        stream,
      );
    wire.socket.close();
  });

  test("a message, survey, form or file of another's conversation cannot be touched from one's own", async () => {
    const [owner, thief] = [await begun(), await begun()];
    const { snapshot } = await owner.socket.subscribe(`conversation:${owner.conversationId}:public`);
    assert.equal(snapshot?.kind, 'conversation');
    const target = snapshot.messages.find(({ author }) => author.role === 'visitor')!.id;
    for (const [type, data] of [
      [
        'message.edit',
        { messageId: target, parts: [{ partId: 'p', type: 'text', text: 'edited by a thief' }] },
      ],
      ['message.delete', { messageId: target }],
      ['message.react', { messageId: target, emoji: '👍', active: true }],
      ['message.feedback', { messageId: target, helpful: true }],
      ['receipt.mark', { kind: 'read', messageId: target }],
      ['message.cancel', { messageId: target }],
      ['message.regenerate', { messageId: target }],
      ['form.submit', { messageId: target, partId: 'p', values: {} }],
      ['action.invoke', { messageId: target, partId: 'p', actionId: 'approve' }],
      ['survey.submit', { surveyId: 'survey_of_another', answers: { score: 5 } }],
      ['survey.dismiss', { surveyId: 'survey_of_another' }],
      ['attachment.complete', { attachmentId: 'f_of_another' }],
    ] as const) {
      const reply = await thief.give(type, data);
      assert.equal(reply.type, 'reject', type);
      assert.equal(reply.type === 'reject' && reply.problem.status, 404, type);
    }
    const quoting = await thief.give('message.send', {
      clientMessageId: randomUUID(),
      replyTo: target,
      parts: [
        { partId: 'q', type: 'quote', messageId: target, text: 'Hello' },
        { partId: 'p', type: 'text', text: 'quoting' },
      ],
    });
    assert.equal(quoting.type, 'ack');
    const { snapshot: own } = await thief.socket.subscribe(`conversation:${thief.conversationId}:public`);
    assert.ok(hasNoTrace(own, target), 'A message of another conversation was linked.');
    assert.deepEqual(
      await owner.transcript().then((lines) => lines.filter((line) => line.includes('thief'))),
      [],
    );
    // Nor from the lane of what belongs to no conversation, nor as if she stood in the other's.
    for (const [type, data] of [
      ['data.erase', { conversationId: owner.conversationId }],
      ['invitation.accept', { invitationId: 'i_of_another', conversationId: owner.conversationId }],
      ['identity.link', { token: owner.token }],
    ] as const) {
      const reply = await thief.give(type, data, 'user');
      assert.equal(reply.type, 'reject', type);
    }
    for (const [type, data] of [
      ['conversation.start', { locale: 'en' }],
      ['conversation.close', {}],
      ['handoff.cancel', {}],
      ['message.regenerate', { messageId: target }],
      ['context.update', { attributes: { thief: 'was here' } }],
      ['assignment.accept', {}],
      ['note.add', { text: 'a thief' }],
    ] as const) {
      const reply = await thief.give(type, data, owner.conversationId);
      assert.equal(reply.type, 'reject', type);
    }
    assert.equal((await owner.says('still mine')).type, 'ack');
    for (const { socket } of [owner, thief]) socket.close();
  });

  test('one visitor cannot begin conversations without end, however slowly', async (t) => {
    // By the rates alone it would take her twenty seconds.
    const patient = await ServerProcess.start({ script: './unlimited-server.ts' });
    t.after(() => patient.dispose());
    const wire = await Wire.visitor(patient);
    const begins = () =>
      wire.socket.command(
        { type: 'conversation.start', conversationId: `c_${randomUUID()}`, data: { locale: 'en' } },
        `o_${randomUUID()}`,
      );
    let count = 0;
    let reply = await begins();
    while (reply.type === 'ack' && ++count < 110) reply = await begins();
    assert.ok(reply.type === 'reject', `${count} began`);
    assert.equal(reply.problem.code, 'forbidden');
    assert.match(reply.problem.detail ?? '', /close some/);
    wire.socket.close();
  });
});
