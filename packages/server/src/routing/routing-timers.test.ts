import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogEvent } from '@sahay/protocol';
import { say, start, tempFolder } from '../storage/testing/temp-store.ts';
import { defaultTuning } from '../open-core.ts';
import { whoMayWaitInVain } from './routing-timers.ts';
import { testCore, type TestCore } from '../testing/test-core.ts';
import { TestSocket } from '../testing/test-socket.ts';

const fast = { presenceGraceMs: 10, routing: { agentAbsenceMs: 50, ringingMs: 60, lookMs: 10 } };

/** A clock that goes on only when it is told to. */
function handClock(): { now: () => number; pass: (ms: number) => void } {
  let time = Date.now();
  return { now: () => time, pass: (ms) => (time += ms) };
}

/** Long enough for the timers to have looked at what is due. */
const severalLooks = (): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, 8 * fast.routing.lookMs));

/** Resolves once the server has it that an agent is gone. */
function offline(core: TestCore): Promise<void> {
  return new Promise((resolve) => {
    const stop = core.context.store.onCommitted((events) => {
      if (
        !events.some(
          (event) => event.type === 'agent.status_changed' && event.data.presence.status === 'offline',
        )
      )
        return;
      stop();
      resolve();
    });
  });
}

const becomes =
  (state: string) =>
  ({ event }: { event: LogEvent }): boolean =>
    event.type === 'assignment.changed' && event.data.assignment.state === state;

async function assigned(core: TestCore): Promise<{ page: TestSocket; desk: TestSocket; agentId: string }> {
  const [asha, rumi] = [await core.visitorToken(), await core.agentToken()];
  const page = await TestSocket.hello(core.socketUrl, asha.token);
  await page.command(start());
  await page.subscribe('conversation:c1:public');
  await page.command(say('A person, please'));
  await page.command({ type: 'handoff.request', conversationId: 'c1', data: {} });
  const desk = await TestSocket.hello(core.socketUrl, rumi.token);
  await desk.subscribe('inbox:shop');
  await desk.command({ type: 'assignment.accept', conversationId: 'c1', data: {} }, 'o2');
  await page.next('event', becomes('assigned'));
  return { page, desk, agentId: rumi.id };
}

test('an agent who leaves for good leaves no conversation behind', async (t) => {
  const core = await testCore(t, { tuning: fast });
  const { page, desk, agentId } = await assigned(core);
  desk.close();
  const { event } = await page.next('event', becomes('queued'));
  assert.equal(event.type === 'assignment.changed' && event.data.previous, agentId);
  const colleague = await core.context.store.conversation('c1');
  assert.equal(colleague?.handoff?.previousAssignee, agentId);
});

test('however many conversations are open, those are looked at alone in which somebody may wait in vain', async (t) => {
  const core = await testCore(t);
  const plan = await core.context.store.sql.all<{ detail: string }>(
    `EXPLAIN QUERY PLAN ${whoMayWaitInVain}`,
    ['shop', 0, '["gone"]'],
  );
  const steps = plan.map(({ detail }) => detail);
  assert.ok(
    steps.some((step) => step.includes('inbox_entries_waiting (tenant=? AND waiting_since>?)')),
    steps.join('\n'),
  );
  assert.ok(
    steps.some((step) => step.includes('conversations_by_controller (<expr>=?)')),
    steps.join('\n'),
  );
  assert.ok(!steps.some((step) => /^SCAN (?!json_each)/.test(step)), steps.join('\n'));
});

test('an agent who is there, or back in time, keeps hers', async (t) => {
  const clock = handClock();
  const core = await testCore(t, { clock: clock.now, tuning: fast });
  const { desk, agentId } = await assigned(core);
  const left = offline(core);
  desk.close();
  await left;
  clock.pass(49);
  await severalLooks();
  const again = await TestSocket.hello(core.socketUrl, (await core.agentToken()).token);
  await again.subscribe('inbox:shop');
  clock.pass(10_000);
  await severalLooks();
  assert.equal((await core.context.store.conversation('c1'))?.assignment.controlledBy, agentId);
});

test('after a restart too: whoever does not come back is not waited for', async (t) => {
  const dataFolder = tempFolder(t);
  const core = await testCore(t, {
    config: { dataFolder },
    tuning: { ...fast, routing: defaultTuning.routing },
  });
  await assigned(core);
  await core.close();
  const restarted = await testCore(t, { config: { dataFolder }, tuning: fast });
  for (let look = 0; look < 300; look++) {
    if ((await restarted.context.store.conversation('c1'))?.assignment.state === 'queued') return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.fail('the conversation still waits for an agent who is gone');
});

test('what was passed to an agent who does not answer rings for all after a while', async (t) => {
  const core = await testCore(t, { tuning: fast });
  const { page, desk } = await assigned(core);
  await desk.command(
    { type: 'assignment.transfer', conversationId: 'c1', data: { toAgentId: 'somebody' } },
    'o2',
  );
  await page.next('event', becomes('ringing'));
  await page.next('event', ({ event }) => event.type === 'handoff.declined');
  await page.next('event', becomes('queued'));
});

test('a request that nobody meets ends after its time, where one is set', async (t) => {
  const core = await testCore(t, { tuning: { ...fast, routing: { ...fast.routing, handoffMs: 50 } } });
  const page = await TestSocket.hello(core.socketUrl, (await core.visitorToken()).token);
  await page.command(start());
  await page.subscribe('conversation:c1:public');
  await page.command({ type: 'handoff.request', conversationId: 'c1', data: {} });
  await page.next('event', ({ event }) => event.type === 'handoff.timed_out');
  await page.next('event', becomes('bot'));
});

test('whoever asks for people while nobody is there is told so, and is found by the agent who comes', async (t) => {
  const core = await testCore(t, { tuning: { ...fast, routing: { ...fast.routing, nobodyThereMs: 50 } } });
  const page = await TestSocket.hello(core.socketUrl, (await core.visitorToken()).token);
  await page.command(start());
  await page.subscribe('conversation:c1:public');
  await page.command({ type: 'handoff.request', conversationId: 'c1', data: {} });
  const { event } = await page.next('event', (frame) => frame.event.type === 'handoff.failed');
  assert.equal(event.type === 'handoff.failed' && event.data.reason, 'nobody_there');
  const told = await page.next('event', (frame) => frame.event.type === 'message.created');
  assert.match(JSON.stringify(told.event.data), /"kind":"handoff_failed"/);
  const desk = await TestSocket.hello(core.socketUrl, (await core.agentToken()).token);
  const { snapshot } = await desk.subscribe('inbox:shop');
  const [entry] = snapshot?.kind === 'inbox' ? snapshot.entries : [];
  assert.deepEqual([entry?.assignment.state, entry?.handoff?.state], ['queued', 'failed']);
  await desk.command({ type: 'assignment.accept', conversationId: 'c1', data: {} }, 'o2');
  await page.next('event', (frame) => frame.event.type === 'handoff.accepted');
});

test('while an agent is there, or was until just now, nobody is told that none is', async (t) => {
  const clock = handClock();
  const routing = { ...fast.routing, nobodyThereMs: 400 };
  const core = await testCore(t, { clock: clock.now, tuning: { ...fast, routing } });
  const desk = await TestSocket.hello(core.socketUrl, (await core.agentToken()).token);
  await desk.subscribe('inbox:shop');
  const page = await TestSocket.hello(core.socketUrl, (await core.visitorToken()).token);
  await page.command(start());
  await page.subscribe('conversation:c1:public');
  await page.command({ type: 'handoff.request', conversationId: 'c1', data: {} });
  const stillAsksAfter = async (ms: number): Promise<boolean> => {
    clock.pass(ms);
    await severalLooks();
    return (await core.context.store.conversation('c1'))?.handoff?.state === 'requested';
  };
  assert.ok(await stillAsksAfter(10_000), 'she is there');
  const left = offline(core);
  desk.close();
  await left;
  assert.ok(await stillAsksAfter(399), 'it counts from when the last agent left');
  clock.pass(1);
  await page.next('event', ({ event }) => event.type === 'handoff.failed');
});
