// A worker thread: half of the visitors and one agent.
import { parentPort, workerData } from 'node:worker_threads';
import { Browser } from './browser.ts';
import { numberOf } from './message-text.ts';
import type { FromWorker, ToWorker, WorkerSetup } from './protocol-of-run.ts';
import { Staff } from './staff.ts';
import { Visitor } from './visitor.ts';
import type { View } from './view.ts';
import { pause, World } from './world.ts';

if (!parentPort) throw new Error('This file is a worker; run prove/delivery.ts instead.');
const port = parentPort;
const world = new World(workerData as WorkerSetup, (message: FromWorker, transfer) =>
  port.postMessage(message, transfer),
);
const staff = new Staff(world);
const leaving = new Set<Promise<void>>();
/** When the faults ended. */
let calmAt = Infinity;

port.on('message', (message: ToWorker) => {
  if (message.kind === 'stop') {
    world.isStopping = true;
    calmAt = Date.now();
  } else world.serverClockMs = message.offsetMs;
});

/** Whether there was time enough to agree. While things still break nobody can say that. */
const isLate = (): boolean => Date.now() > calmAt + world.setup.restSeconds * 1_000;

/** At one seat in so many stands a browser that all who take it share. */
const sharedOneIn = Math.max(2, Math.round(8 / world.setup.mishaps));

/** One visitor after the other takes a seat. */
async function seat(index: number): Promise<void> {
  await pause(world.random.between(0, 500));
  if (index % sharedOneIn === 0) return sharedSeat(index);
  while (!world.isStopping) {
    const visitor = new Visitor(world);
    await visitor.write();
    const left = sayGoodbye(visitor).finally(() => leaving.delete(left));
    leaving.add(left);
    // Whoever comes while many still leave would only make them wait longer.
    while (leaving.size > world.setup.visitors && !world.isStopping) await pause(50);
  }
}

/** The site signs one person out and the next one in, and nobody tells the client: the tabs of the last one live on. */
async function sharedSeat(index: number): Promise<void> {
  const browser = new Browser(`prove-shared-${world.setup.index}-${index}`, world.setup.fault);
  let before: Visitor | undefined;
  while (!world.isStopping) {
    const visitor = new Visitor(world, { browser, before });
    await visitor.write();
    await comeToRest(visitor);
    before = visitor;
  }
  await before?.leave();
}

/** Waits until everybody sees the same, writes down what each sees, and lets the tabs go. */
async function sayGoodbye(visitor: Visitor): Promise<void> {
  await comeToRest(visitor);
  await visitor.leave();
}

async function comeToRest(visitor: Visitor): Promise<void> {
  const { talk } = visitor;
  if (talk.taken === 0) return;
  await staff.finish(talk);
  while (!agree(visitor) && !isLate()) {
    await talk.change(50);
    // What arrived while no page was there stands before the first message that a fresh one shows.
    const [view] = viewsOf(visitor);
    if (view && talk.unsettled.size > 0 && view.end().isQuiet) {
      await readAll(view);
      view.look(false);
    }
  }
  const views = viewsOf(visitor);
  if (!agree(visitor))
    world.complain(
      `${talk.id} did not come to rest; unsettled: ${[...talk.unsettled].join(' ') || 'none'}; ${views.map((view) => view.describe()).join('; ')}`,
    );
  // One of them reads all the way back to the beginning.
  const [first] = views;
  if (first) await readAll(first);
  // The agent's page may have gone meanwhile.
  for (const view of views) if (view.page.isAlive) view.look(true);
  world.talks.delete(talk);
  staff.forget(talk);
}

function viewsOf(visitor: Visitor): View[] {
  const ofStaff = staff.viewOf(visitor.talk);
  return [...visitor.views, ...(ofStaff ? [ofStaff] : [])].filter(({ page }) => page.isAlive);
}

function agree(visitor: Visitor): boolean {
  const { talk } = visitor;
  if (talk.unsettled.size > 0) return false;
  const ends = viewsOf(visitor).map((view) => view.end());
  return ends.every(({ last, isQuiet }) => isQuiet && last === ends[0]?.last);
}

async function readAll({ handle, page }: View): Promise<void> {
  while (page.isAlive && handle.getSnapshot().hasEarlier && !isLate()) {
    // A page that is being loaded already is not loaded twice: the call returns at once.
    await Promise.all([pause(5), Promise.race([handle.loadEarlier().catch(() => pause(100)), pause(3_000)])]);
  }
  const { messages, hasEarlier } = handle.getSnapshot();
  const opening = messages.at(0);
  if (hasEarlier && opening && page.isAlive)
    world.complain(`page ${page.id} could not read back beyond ${numberOf(opening.message)}`);
}

const timer = setInterval(() => {
  world.records.flush();
  world.countOnline();
}, 100);

await Promise.all([
  staff.work(),
  ...Array.from({ length: world.setup.visitors }, (_none, index) => seat(index)),
]);
await Promise.all(leaving);
await staff.leave();
clearInterval(timer);
world.records.flush();
port.postMessage({ kind: 'settled' } satisfies FromWorker);
port.close();
