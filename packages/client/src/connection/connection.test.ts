import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { WelcomeFrame } from '@sahay/protocol';
import { closeCodes, defaultLimits } from '@sahay/protocol';
import { follows } from '@sahay/protocol/validate';
import type { ConnectionChange } from '../connector/log-connector.ts';
import type { ClientEnvironment } from '../environment.ts';
import { SharedTokens } from '../identity/shared-tokens.ts';
import { SahayError } from '../sahay-error.ts';
import { ManualClock, settled } from '../testing/manual-clock.ts';
import { memoryTransport, type MemoryLine } from '../testing/memory-transport.ts';
import { Connection } from './connection.ts';
// Loaded beforehand, as a page does once it is connected.
import '../reserve.ts';

let clock: ManualClock;
let lines: MemoryLine[];
let changes: ConnectionChange[];
let reasons: string[];
let online: boolean;
let wake: (why: 'woken' | 'network_back') => void;
let lose: () => void;
let hide: () => void;
let problems: string[];
let token: () => Promise<string>;

const environment: ClientEnvironment = {
  online: () => online,
  watch(woken, lost, hidden) {
    wake = woken;
    lose = lost;
    hide = hidden!;
    return () => undefined;
  },
};

function connection(): Connection {
  return new Connection({
    isFrame: (value) => follows('ServerFrame', value),
    transport: memoryTransport((line) => lines.push(line)),
    tokens: new SharedTokens({
      get(reason) {
        reasons.push(reason);
        return token();
      },
      forget: async () => undefined,
    }),
    clock,
    random: () => 0.5,
    environment,
    locate: async () => 'http://server/v1/socket',
    onState: (change) => changes.push(change),
    onWelcome: () => undefined,
    onFrame: (frame) => frame.type === 'problem' && problems.push(frame.problem.code),
  });
}

const welcome = (more: Partial<WelcomeFrame> = {}): WelcomeFrame => ({
  type: 'welcome',
  participant: { id: 'v', role: 'visitor' },
  serverTime: '2020-01-01T00:00:00.000Z',
  heartbeatMs: 20_000,
  limits: defaultLimits,
  ...more,
});
const state = (): string => `${changes.at(-1)?.state} ${changes.at(-1)?.cause}`;
const last = (): MemoryLine => lines.at(-1)!;
async function welcomed(more?: Partial<WelcomeFrame>): Promise<MemoryLine> {
  await settled();
  last().open();
  last().say(welcome(more));
  const line = last();
  await settled();
  return line;
}

beforeEach(() => {
  clock = new ManualClock();
  lines = [];
  changes = [];
  reasons = [];
  problems = [];
  online = true;
  let count = 0;
  token = async () => `token-${++count}`;
});

describe('a connection', () => {
  it('says hello with its token in the first frame, and is online once welcomed', async () => {
    connection().start();
    await settled();
    assert.equal(last().url, 'http://server/v1/socket');
    assert.deepEqual(last().sent, []);
    const line = await welcomed();
    assert.deepEqual(JSON.parse(line.sent[0]!), {
      type: 'hello',
      token: 'token-1',
      client: { name: '@sahay/client' },
    });
    assert.deepEqual(
      changes.map((change) => `${change.state} ${change.cause}`),
      ['connecting requested', 'online welcomed'],
    );
  });

  it('waits longer each time, with jitter, and no longer than half a minute', async () => {
    connection().start();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 9; attempt++) {
      await settled();
      last().close(1006);
      waits.push(changes.at(-1)!.retryAt! - clock.now());
      assert.equal(state(), 'waiting connect_failed');
      await clock.advance(waits.at(-1)!);
    }
    assert.deepEqual(waits, [250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
  });

  it('begins its back-off anew once it stood for a while', async () => {
    connection().start();
    for (const stood of [0, 0, 60_000]) {
      const line = await welcomed({ heartbeatMs: 300_000 });
      await clock.advance(stood);
      line.close(1012);
      await settled();
      assert.equal(state(), 'waiting server_restart');
      assert.equal(
        changes.at(-1)!.retryAt! - clock.now(),
        stood ? 250 : changes.filter((one) => one.state === 'online').length * 250,
      );
      await clock.advance(1_000);
    }
  });

  it('notices a dead peer by its silence', async () => {
    connection().start();
    const line = await welcomed();
    await clock.advance(20_000);
    assert.equal(line.sent.at(-1), '{"type":"ping"}');
    line.say({ type: 'pong' });
    await clock.advance(20_000);
    assert.equal(state(), 'online welcomed');
    await clock.advance(10_000);
    assert.equal(state(), 'waiting heartbeat_missed');
    assert.ok(line.closed);
  });

  it('asks at once when the page wakes, and gives up soon', async () => {
    connection().start();
    const line = await welcomed();
    await clock.advance(5_000);
    wake('woken');
    assert.equal(line.sent.at(-1), '{"type":"ping"}');
    await clock.advance(4_000);
    assert.equal(state(), 'waiting heartbeat_missed');
    wake('woken');
    assert.equal(state(), 'connecting woken');
  });

  it('goes offline with the network, and comes back with it', async () => {
    connection().start();
    const line = await welcomed();
    online = false;
    lose();
    assert.equal(state(), 'offline network_lost');
    assert.ok(line.closed);
    await clock.advance(600_000);
    assert.equal(lines.length, 1, 'it does not try where there is no network');
    online = true;
    wake('network_back');
    await welcomed();
    assert.equal(state(), 'online welcomed');
  });

  it('finds a dead peer soon when a timer comes so late that the machine must have slept', async () => {
    connection().start();
    const line = await welcomed();
    clock.sleep(3_600_000);
    await clock.advance(0);
    assert.equal(line.sent.at(-1), '{"type":"ping"}');
    await clock.advance(3_999);
    assert.equal(state(), 'online welcomed');
    await clock.advance(1);
    assert.equal(state(), 'waiting heartbeat_missed');
  });

  it('lets go while the page is put away, and connects when it is back', async () => {
    connection().start();
    const line = await welcomed();
    hide();
    assert.equal(state(), 'offline page_hidden');
    assert.ok(line.closed);
    await clock.advance(600_000);
    assert.equal(lines.length, 1);
    assert.equal(clock.pending, 0);
    wake('woken');
    assert.equal(state(), 'connecting woken');
    await welcomed();
    assert.equal(state(), 'online welcomed');
  });

  it('tries again to renew a token before it runs out, when that failed', async () => {
    connection().start();
    const line = await welcomed({ tokenExpiresAt: '2020-01-01T00:01:40.000Z', heartbeatMs: 300_000 });
    const good = token;
    token = async () => {
      throw new SahayError('network', 'gone');
    };
    await clock.advance(80_000);
    assert.deepEqual(problems, ['network']);
    assert.equal(line.sent.length, 1);
    token = good;
    await clock.advance(5_000);
    assert.equal(line.sent.at(-1), '{"type":"token","token":"token-2"}');
    assert.equal(lines.length, 1);
  });

  it('does what the protocol says after every documented close', async () => {
    for (const [code, { reaction }] of Object.entries(closeCodes)) {
      const one = connection();
      one.start();
      await welcomed();
      last().close(Number(code));
      await settled();
      const expected = { reconnect: 'waiting', refresh: 'connecting', stop: 'stopped' }[reaction];
      assert.equal(changes.at(-1)?.state, expected, `${code}: ${state()}`);
      one.stop('destroyed');
    }
  });

  it('gives up an attempt that nobody answers', async () => {
    connection().start();
    await settled();
    last().open();
    await clock.advance(15_000);
    assert.equal(state(), 'waiting connect_timeout');
  });

  it('asks for another token when the server refuses one, once at once and then with patience', async () => {
    connection().start();
    await welcomed();
    last().close(4401);
    await settled();
    assert.equal(state(), 'connecting token_refused');
    await settled();
    last().open();
    assert.deepEqual(reasons, ['first', 'refused']);
    assert.ok(last().sent[0]!.includes('token-2'));
    last().close(4401);
    await settled();
    assert.equal(state(), 'waiting token_refused');
  });

  it("renews the token in band before it runs out, by the server's clock", async () => {
    connection().start();
    const line = await welcomed({ tokenExpiresAt: '2020-01-01T00:01:40.000Z', heartbeatMs: 300_000 });
    await clock.advance(79_000);
    assert.deepEqual(reasons, ['first']);
    await clock.advance(2_000);
    assert.equal(line.sent.at(-1), '{"type":"token","token":"token-2"}');
    await clock.advance(80_000);
    assert.equal(line.sent.at(-1), '{"type":"token","token":"token-3"}');
    assert.deepEqual(reasons, ['first', 'expired', 'expired']);
    assert.equal(lines.length, 1);
  });

  it('waits as long as the session endpoint asks', async () => {
    token = async () => {
      throw new SahayError('rate_limited', 'Slow down.', { retryable: true, retryAfterMs: 7_000 });
    };
    connection().start();
    await settled();
    assert.equal(state(), 'waiting token_failed');
    assert.equal(changes.at(-1)!.retryAt! - clock.now(), 7_250);
  });

  it('waits as long as the server asks that ends a line, and never less than its code says', async () => {
    connection().start();
    for (const [code, pauseMs, waitMs] of [
      [4429, 30_000, 30_250],
      [4429, 500, 2_500],
      [1012, 45_000, 46_000],
    ] as const) {
      await settled();
      last().close(code, pauseMs);
      await settled();
      assert.equal(changes.at(-1)!.retryAt! - clock.now(), waitMs);
      await clock.advance(waitMs);
    }
  });

  it('stops where trying again is of no use', async () => {
    for (const [code, cause] of [
      [4403, 'origin_refused'],
      [4406, 'version_refused'],
      [4410, 'session_ended'],
    ] as const) {
      connection().start();
      await settled();
      last().close(code);
      await settled();
      assert.equal(state(), `stopped ${cause}`);
      const before = lines.length;
      await clock.advance(120_000);
      assert.equal(lines.length, before);
    }
    assert.equal(clock.pending, 0);
  });

  it('does not hear what an older attempt still says', async () => {
    const one = connection();
    one.start();
    const old = await welcomed();
    wake('woken');
    await clock.advance(4_000);
    one.start();
    await settled();
    old.closed = false;
    old.say(welcome());
    old.close(4410);
    assert.equal(changes.at(-1)?.state, 'connecting');
  });

  it('survives frames that are no frames', async () => {
    connection().start();
    const line = await welcomed();
    for (const text of ['', '{', 'null', '[]', '"x"', '{"type":"event"}', '{"type":"__proto__"}'])
      line.say(text);
    assert.equal(problems.length, 7);
    assert.ok(problems.every((code) => code === 'invalid_frame'));
    assert.equal(state(), 'online welcomed');
  });

  it('leaves no timer behind', async () => {
    const one = connection();
    one.start();
    await welcomed({ tokenExpiresAt: '2020-01-01T01:00:00.000Z' });
    one.stop('destroyed');
    assert.equal(clock.pending, 0);
    assert.ok(last().closed);
    wake('woken');
    assert.equal(state(), 'stopped destroyed');
  });
});
