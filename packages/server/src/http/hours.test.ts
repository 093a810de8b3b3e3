import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { HoursAnswer, OpeningHours, Problem, Signal } from '@sahay/protocol';
import { start, tempFolder } from '../storage/testing/temp-store.ts';
import { TestSocket } from '../testing/test-socket.ts';
import { testHttp, type TestHttp, type Person } from './testing/test-http.ts';

/** Sunday 1 March 2026, ten minutes before nine in Dhaka. */
const beforeNine = Date.UTC(2026, 2, 1, 2, 50);
const minute = 60_000;
const hours: OpeningHours = {
  timeZone: 'Asia/Dhaka',
  week: { sunday: [{ from: '09:00', to: '17:00' }], monday: [{ from: '09:00', to: '17:00' }] },
};

interface Shop extends TestHttp {
  agentPerson: Person;
  put: (hours: unknown, who?: Person) => Promise<Response>;
  /** Moves the server's clock, and lets it look. */
  pass: (ms: number) => Promise<void>;
}

async function shop(t: TestContext, dataFolder = tempFolder(t)): Promise<Shop> {
  const time = { now: beforeNine };
  const http = await testHttp(t, {
    clock: () => time.now,
    tuning: { hoursLookMs: 5, presenceGraceMs: 3_600_000 },
    config: { dataFolder },
  });
  const agentPerson = await http.agent();
  return {
    ...http,
    agentPerson,
    put: (value, who = agentPerson) =>
      http.get('/v1/hours', {
        method: 'PUT',
        headers: { ...who.headers, 'content-type': 'application/json' },
        body: JSON.stringify({ hours: value }),
      }),
    pass: async (ms) => {
      time.now += ms;
      await new Promise((resolve) => setTimeout(resolve, 30));
    },
  };
}

const told = async (socket: TestSocket) => {
  const frame = await socket.next('signal', ({ signal }) => signal.type === 'availability');
  return (frame.signal as Extract<Signal, { type: 'availability' }>).data.availability;
};

async function window(http: Shop): Promise<TestSocket> {
  const { token } = await http.core.visitorToken();
  const page = await TestSocket.hello(http.core.socketUrl, token);
  await page.command(start('c1'), 'o1');
  await page.subscribe('conversation:c1:public');
  return page;
}

async function desk(http: Shop): Promise<TestSocket> {
  const { token } = await http.core.agentToken();
  const socket = await TestSocket.hello(http.core.socketUrl, token);
  await socket.subscribe('inbox:shop');
  return socket;
}

describe('opening hours', () => {
  it('are set by an agent, outlive the server, and are taken away again', async (t) => {
    const dataFolder = tempFolder(t);
    const http = await shop(t, dataFolder);
    const set = (await (await http.put(hours)).json()) as HoursAnswer;
    assert.deepEqual(set.hours, hours);
    assert.deepEqual(set.availability, {
      open: false,
      opensAt: '2026-03-01T03:00:00.000Z',
      timeZone: 'Asia/Dhaka',
      closedBecause: 'outside_hours',
      whileClosed: ['leave_message'],
    });
    await http.core.close();
    const again = await shop(t, dataFolder);
    const { headers } = again.agentPerson;
    assert.deepEqual(await (await again.get('/v1/hours', { headers })).json(), set);
    const none = (await (await again.put(undefined)).json()) as HoursAnswer;
    assert.equal(none.hours, undefined);
    assert.equal(none.availability.closedBecause, 'nobody_there');
  });

  it('are no visitor’s to see or to set', async (t) => {
    const http = await shop(t);
    const visitor = await http.visitor();
    assert.equal((await http.put(hours, visitor)).status, 403);
    assert.equal((await http.get('/v1/hours', { headers: visitor.headers })).status, 403);
    assert.equal((await http.get('/v1/hours')).status, 401);
  });

  it('that are wrong are refused with the place that is, and nothing changes', async (t) => {
    const http = await shop(t);
    await http.put(hours);
    const response = await http.put({ ...hours, week: { monday: [{ from: '9', to: '17:00' }] } });
    const problem = (await response.json()) as Problem;
    assert.deepEqual(
      [response.status, problem.code, problem.field],
      [400, 'invalid_frame', 'hours.week.monday[0].from'],
    );
    assert.match(problem.detail ?? '', /such as "09:00"/);
    const { headers } = http.agentPerson;
    const held = (await (await http.get('/v1/hours', { headers })).json()) as HoursAnswer;
    assert.deepEqual(held.hours, hours);
  });

  it('open and close the window as the clock goes, if somebody is there', async (t) => {
    const http = await shop(t);
    const page = await window(http);
    // All within the life of the tokens: whose has run out is hung up on.
    await http.put({ ...hours, week: { ...hours.week, sunday: [{ from: '09:00', to: '09:03' }] } });
    assert.equal((await told(page)).closedBecause, 'outside_hours');
    await desk(http);
    await http.pass(10 * minute);
    assert.deepEqual(await told(page), {
      open: true,
      timeZone: 'Asia/Dhaka',
      closesAt: '2026-03-01T03:03:00.000Z',
    });
    await http.pass(4 * minute);
    const closed = await told(page);
    assert.deepEqual([closed.open, closed.opensAt], [false, '2026-03-02T03:00:00.000Z']);
    await http.pass(-2 * minute);
    assert.equal((await told(page)).open, true, 'the clock was set back');
  });

  it('count for nothing while nobody is there: it is not open, and nobody knows when', async (t) => {
    const http = await shop(t);
    const page = await window(http);
    await http.put(hours);
    await told(page);
    await http.pass(20 * minute);
    const availability = await told(page);
    assert.deepEqual(
      [availability.open, availability.closedBecause, availability.opensAt],
      [false, 'nobody_there', undefined],
    );
  });

  it('are switched off and on at once, and what to expect is told', async (t) => {
    const http = await shop(t);
    const page = await window(http);
    await desk(http);
    assert.equal((await told(page)).open, true);
    await http.put({ ...hours, closedNow: true });
    const { open, closedBecause, opensAt } = await told(page);
    assert.deepEqual([open, closedBecause, opensAt], [false, 'switched_off', undefined]);
    await http.pass(10 * minute);
    await http.put({ ...hours, expectedReplySeconds: 240 });
    assert.equal((await told(page)).expectedReplySeconds, 240);
    await http.put({ ...hours, expectedReplySeconds: 600 });
    assert.equal((await told(page)).expectedReplySeconds, 600);
  });

  it('make no promise about the queue while they are closed', async (t) => {
    const http = await shop(t);
    await desk(http);
    const visitor = await http.visitor();
    const run = async (id: string, accept: boolean): Promise<void> => {
      await visitor.run(start(id));
      await visitor.run({ type: 'handoff.request', conversationId: id, data: {} });
      await http.pass(2 * minute);
      if (accept) await http.agentPerson.run({ type: 'assignment.accept', conversationId: id, data: {} });
    };
    for (let n = 0; n < 5; n++) await run(`w${n}`, true);
    await run('w9', false);
    const { hub } = http.core.context;
    assert.deepEqual(hub.queueOf('w9')?.estimatedWaitSeconds, { low: 120, high: 120 });
    await http.put({ ...hours, closedNow: true });
    assert.deepEqual(hub.queueOf('w9'), { conversationId: 'w9', position: 1 });
  });
});
