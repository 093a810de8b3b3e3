/*
 * A fuzzer of the line: what the protocol's fixtures become by changes, in arbitrary order, over sockets and HTTP, as a visitor
 * and as an agent. However it goes: no crash, no 5xx, no invalid frame, nobody else affected, memory bounded.
 *
 * SAHAY_FUZZ_SECONDS says for how long (60), SAHAY_FUZZ_SEED what to do again: the seed is printed with every run.
 */
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { closeCodes, type Session } from '@sahay/protocol';
import { TestSocket } from '../../packages/server/src/testing/test-socket.ts';
import { postJson, Wire } from '../testing/wire.ts';
import { Bystander } from './testing/bystander.ts';
import { steps, type Step } from './testing/fuzz-steps.ts';
import { ServerProcess } from './testing/server-process.ts';

const seconds = Number(process.env['SAHAY_FUZZ_SECONDS'] ?? 60);
const seed = Number(process.env['SAHAY_FUZZ_SEED'] ?? randomInt(2 ** 31 - 1));
const MB = 1_048_576;

let server: ServerProcess;
let bystander: Bystander;
let tokens: string[];
before(async () => {
  server = await ServerProcess.start({ script: './unlimited-server.ts' });
  bystander = await Bystander.start(server);
  const agent = await Wire.agent(server, 'Rina');
  const visitors = await Promise.all(
    Array.from(
      { length: 4 },
      async () => (await postJson(`${server.url}/v1/sessions`, {})).json() as Promise<Session>,
    ),
  );
  tokens = [...visitors.map(({ accessToken }) => accessToken), agent.token];
  agent.socket.close();
});
after(() => server.dispose());

/** Close codes of the standard's own, beside the documented ones; 1011 would be an error of ours. */
const expectedCodes = new Set<number>([1000, 1002, 1005, 1006, 1007, ...Object.keys(closeCodes).map(Number)]);
expectedCodes.delete(1011);

let runs = 0;
let said = 0;
let accepted = 0;

/** One peer who does these things. */
class Peer {
  readonly #token: string;
  readonly #id = `c_fuzz_${runs++}`;
  #messageId = '';
  #outbox = 0;
  #n = 0;
  #socket: TestSocket | undefined;

  constructor(token: string) {
    this.#token = token;
  }

  async #open(): Promise<TestSocket> {
    const held = this.#socket;
    if (held?.ws.readyState === held?.ws.OPEN && held) return held;
    const socket = new TestSocket(server.socketUrl);
    this.#socket = socket;
    await once(socket.ws, 'open');
    socket.send({ type: 'hello', token: this.#token });
    await socket.next('welcome');
    // A lane that was left behind is not gone on with: what was lost on the way is unknown here.
    [this.#outbox, this.#n] = [this.#outbox + 1, 0];
    return socket;
  }

  async does(step: Step): Promise<void> {
    said++;
    switch (step.kind) {
      case 'frame':
        return (await this.#open()).send(this.#written(step));
      case 'text':
        return (await this.#open()).send(step.text);
      case 'bytes':
        return (await this.#open()).send(Buffer.from(step.bytes));
      case 'again':
        return void (await this.#open());
      case 'cut':
        return (await this.#open()).ws.terminate();
      case 'wait':
        return void (await new Promise((resolve) => setTimeout(resolve, 5)));
      case 'http':
        return this.#asks(step);
    }
  }

  /** The examples' ids become those of what exists, so that what is said leads further than "not found". */
  #written({ frame, numbering }: Extract<Step, { kind: 'frame' }>): string {
    const text = JSON.stringify(frame)
      .replaceAll('"c_1"', `"${this.#id}"`)
      .replaceAll('conversation:c_1:', `conversation:${this.#id}:`)
      .replaceAll('"m_1"', `"${this.#messageId}"`);
    if (numbering === 'none') return text;
    // A command that is no command leaves a hole behind: most begin a lane of their own.
    const isFresh = numbering === 'fresh';
    const outbox = isFresh ? `o_${said}_${this.#id}` : `o_${this.#id}_${this.#outbox}`;
    return text.replace('"outboxId":"o_fuzz","n":1', `"outboxId":"${outbox}","n":${isFresh ? 1 : ++this.#n}`);
  }

  async #asks({ method, path, body, headers }: Extract<Step, { kind: 'http' }>): Promise<void> {
    const stop = AbortSignal.timeout(/events|poll/.test(path) ? 300 : 10_000);
    const hasBody = body !== undefined && method !== 'GET' && method !== 'HEAD';
    try {
      const answer = await fetch(server.url + path.replace('c_fuzz', this.#id), {
        method,
        headers: { authorization: `Bearer ${this.#token}`, ...headers },
        ...(hasBody && { body: typeof body === 'string' ? body : Buffer.from(body) }),
        signal: stop,
        redirect: 'manual',
      });
      assert.ok(
        answer.status < 500 || answer.status === 501,
        `${answer.status} for ${method} ${path.slice(0, 200)}`,
      );
      await answer.arrayBuffer();
    } catch (error) {
      // A stream that was left, or a body that was refused before all of it was sent.
      if (!(error instanceof Error) || error.name === 'AssertionError') throw error;
      const isLate = error.name === 'TimeoutError' && !/events|poll/.test(path);
      assert.ok(!isLate, `No answer in 10 s to ${method} ${path.slice(0, 200)}`);
    }
  }

  /** A visitor begins her conversation; an agent takes over one that was begun for him. */
  async begins(): Promise<void> {
    const socket = await this.#open();
    const conversationId = this.#id;
    const welcome = socket.frames.find((frame) => frame.type === 'welcome');
    const isAgent = welcome?.participant.role === 'agent';
    const visitor = isAgent ? await TestSocket.hello(server.socketUrl, tokens[0]!) : socket;
    const outbox = `o_start_${conversationId}`;
    await visitor.command({ type: 'conversation.start', conversationId, data: { locale: 'en' } }, outbox);
    if (isAgent) {
      visitor.close();
      await socket.command(
        { type: 'assignment.accept', conversationId, data: {} },
        `o_accept_${conversationId}`,
      );
    } else await visitor.command({ type: 'handoff.request', conversationId, data: {} }, outbox);
    const reply = await socket.command(
      {
        type: 'message.send',
        conversationId,
        data: { clientMessageId: 'first', parts: [{ partId: 'p', type: 'text', text: 'Hello' }] },
      },
      isAgent ? `o_accept_${conversationId}` : outbox,
    );
    if (reply.type === 'ack') this.#messageId = reply.result.messageId ?? '';
  }

  /** Says goodbye; whatever was answered must have been by the rules. */
  async ends(): Promise<void> {
    const socket = this.#socket;
    if (!socket) return;
    if (socket.ws.readyState === socket.ws.OPEN) {
      socket.send({ type: 'ping' });
      await socket.next('pong').catch(() => undefined);
      socket.close();
    }
    const { code } = await socket.closed;
    assert.ok(expectedCodes.has(code), `A socket closed with ${code}.`);
    accepted += socket.frames.filter(({ type }) => type === 'ack').length;
    const problems = socket.frames.flatMap((frame) =>
      frame.type === 'reject' || frame.type === 'problem' ? [frame.problem] : [],
    );
    const own = problems.find((problem) => problem.code === 'internal' || problem.code === 'storage_failed');
    assert.equal(own, undefined, JSON.stringify(own));
  }
}

test(
  `nothing that is said does harm (${seconds} s, SAHAY_FUZZ_SEED=${seed})`,
  { timeout: (seconds + 120) * 1000 },
  async (t) => {
    const broken: unknown[] = [];
    const onError = (error: unknown): void => void broken.push(error);
    process.on('uncaughtException', onError);
    const began = performance.now();
    let settled: number | undefined;
    const property = fc.asyncProperty(steps, fc.nat(100), async (sequence, whose) => {
      // What an earlier sequence did is not this one's: the smallest that does harm is looked for.
      const from = server.output.length;
      broken.length = 0;
      const peer = new Peer(tokens[whose % tokens.length]!);
      await peer.begins();
      for (const step of sequence) await peer.does(step);
      await peer.ends();
      assert.ok(server.isRunning, `The server stopped:\n${server.output}`);
      assert.deepEqual(broken, [], 'The server sent what its own schema does not allow.');
      assert.doesNotMatch(
        server.output.slice(from),
        /"level":50/,
        'The server wrote an error of its own down.',
      );
      if (performance.now() - began > seconds * 300) settled ??= await server.residentBytes();
    });
    try {
      await fc.assert(property, {
        seed,
        numRuns: 10_000_000,
        interruptAfterTimeLimit: seconds * 1000,
        markInterruptAsFailure: false,
        maxSkipsPerRun: 0,
      });
    } finally {
      process.off('uncaughtException', onError);
    }
    // The fuzzer takes a processor for itself, and the bystander lives in its process.
    await bystander.isUnharmed(10_000);
    await bystander.ends();
    const grown = (await server.residentBytes()) - (settled ?? (await server.residentBytes()));
    t.diagnostic(
      `${said} steps in ${runs} sequences, ${accepted} commands accepted; memory grew by ${(grown / MB).toFixed(0)} MB after the first third`,
    );
    assert.ok(said > seconds * 10, `Only ${said} steps were taken.`);
    // Most of what is changed a little must still be understood, or nothing behind the schema was reached.
    assert.ok(accepted > said / 20, `Only ${accepted} commands were accepted.`);
    assert.ok(grown < 200 * MB, `${grown / MB} MB`);
  },
);
