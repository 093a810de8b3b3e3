import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  checks,
  checkConversation,
  watches,
  type FindingName,
  type Report,
} from '../history/check-history.ts';
import { StoredLog } from '../history/read-log.ts';
import { signInAgents } from './agents.ts';
import { Chaos, type Recovery } from './chaos.ts';
import { Crowd } from './crowd.ts';
import { FaultProxy } from './fault-proxy.ts';
import { freePort } from './free-port.ts';
import type { Plan } from './plan.ts';
import { Random } from './random.ts';
import { ServerProcess } from './server-process.ts';

const hostSecret = 'what-the-shop-and-this-server-share-0123456789';

/** What a run has shown. */
export interface Outcome {
  plan: Plan;
  /** How often each check found something. */
  found: Record<FindingName, number>;
  /** The first findings, in words. */
  details: string[];
  /** What was not reached, and so not shown. */
  missing: string[];
  counts: Record<string, number>;
  recovery: Recovery;
  seconds: number;
  folder: string;
  isProven: boolean;
}

/** What a run says while it goes on. */
export type Tell = (line: string) => void;

/** Runs a plan from its first message to its verdict. */
export async function runDelivery(plan: Plan, tell: Tell): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'sahay-prove-'));
  const dataFolder = join(folder, 'data');
  await mkdir(dataFolder);
  const random = new Random(plan.seed);
  const port = await freePort();
  const server = new ServerProcess({ dataFolder, port, hostSecret, fault: plan.fault });
  const proxy = await FaultProxy.listen(port, random.fork('proxy'));
  let crowd: Crowd | undefined;
  let progress: NodeJS.Timeout | undefined;
  try {
    const { signInUrl } = await server.start(true);
    const cookies = await signInAgents(proxy.url, signInUrl ?? '', plan.workers);
    crowd = new Crowd(plan, proxy.url, hostSecret, cookies);
    const chaos = new Chaos(plan, random.fork('chaos'), server, proxy, crowd);
    const parts = { plan, chaos, crowd, server, proxy, folder, dataFolder };
    progress = setInterval(() => tellProgress(parts, tell), 5_000);
    await Promise.race([chaos.run(), crowd.failure]);
    crowd.tell({ kind: 'stop' });
    proxy.heal();
    const hasLeft = await crowd.left(plan.restSeconds * 2_000 + 20_000);
    await server.kill();
    return judge({ ...parts, hasLeft });
  } finally {
    clearInterval(progress);
    await crowd?.end();
    await server.kill();
    await proxy.close();
    if (!plan.keep) await rm(folder, { recursive: true, force: true });
  }
}

interface Parts {
  plan: Plan;
  chaos: Chaos;
  crowd: Crowd;
  server: ServerProcess;
  proxy: FaultProxy;
  hasLeft: boolean;
  folder: string;
  dataFolder: string;
}

function judge(parts: Parts): Outcome {
  const { plan, chaos, crowd, server, proxy, hasLeft, folder, dataFolder } = parts;
  const found = Object.fromEntries([...checks, ...watches].map((name) => [name, 0])) as Outcome['found'];
  const details: string[] = [];
  const note = (name: FindingName, detail: string): void => {
    if (++found[name] <= 5) details.push(`${name}: ${detail}`);
  };
  const log = new StoredLog(join(dataFolder, 'sahay.db'));
  const { messages, acknowledged } = compare(log, crowd, note);
  log.close();
  for (const { check, detail } of crowd.complaints)
    note(check === 'gap' ? 'wire gaps' : check === 'repeat' ? 'wire repeats' : 'pages', detail);
  if (server.crashes > 0) note('pages', `the server ended by itself ${server.crashes} times`);
  const missing = missingOf(plan, { messages, kills: server.kills, faults: proxy.faults, hasLeft });
  const isClean = Object.values(found).every((count) => count === 0);
  return {
    plan,
    found,
    details,
    missing,
    counts: { ...countsOf(parts), messages, acknowledged },
    recovery: chaos.recovery,
    seconds: chaos.seconds,
    folder,
    isProven: isClean && missing.length === 0,
  };
}

function compare(log: StoredLog, crowd: Crowd, report: Report): { messages: number; acknowledged: number } {
  let acknowledged = 0;
  for (const [index, history] of crowd.history.conversations) {
    const id = crowd.history.ids.get(index) ?? '';
    checkConversation(id, history, log.order(id), report);
    for (const sent of history.sent.values()) if (sent.acknowledged) acknowledged++;
  }
  log.check(report);
  return { messages: log.messages, acknowledged };
}

function missingOf(
  plan: Plan,
  done: { messages: number; kills: number; faults: number; hasLeft: boolean },
): string[] {
  const missing: string[] = [];
  if (done.messages < plan.messages) missing.push(`${done.messages} of ${plan.messages} messages`);
  if (done.kills < plan.kills) missing.push(`${done.kills} of ${plan.kills} kills`);
  if (done.faults < plan.connectionFaults)
    missing.push(`${done.faults} of ${plan.connectionFaults} connection faults`);
  if (!done.hasLeft) missing.push('not everybody had left in time');
  return missing;
}

function countsOf({ chaos, crowd, server, proxy }: Parts): Record<string, number> {
  let views = 0;
  let finalViews = 0;
  for (const conversation of crowd.history.conversations.values())
    for (const { isFinal } of conversation.views)
      if (isFinal) finalViews++;
      else views++;
  return {
    taken: crowd.count('taken'),
    conversations: crowd.history.conversations.size,
    pages: crowd.count('pages'),
    'page kills': crowd.count('pageKills'),
    freezes: crowd.count('freezes'),
    'networks lost': crowd.count('offline'),
    'clock jumps': crowd.count('clockJumps') + chaos.clockJumps,
    'server kills': server.kills,
    'of them at start': chaos.killsAtStart,
    'server stops': chaos.stops,
    'connection faults': proxy.faults,
    ...proxy.counts,
    'requests sent twice': crowd.count('duplicatePosts'),
    'resumes by events': crowd.count('replays'),
    'resumes by snapshot': crowd.count('snapshots'),
    'views compared': views,
    'final views': finalViews,
  };
}

function tellProgress(parts: Omit<Parts, 'hasLeft'>, tell: Tell): void {
  tell(progressOf(parts));
  for (const { check, detail } of parts.crowd.newComplaints()) tell(`  ${check}: ${detail}`);
}

function progressOf({ plan, chaos, crowd, server, proxy }: Omit<Parts, 'hasLeft'>): string {
  const seconds = chaos.seconds;
  const taken = crowd.count('taken');
  return [
    `${seconds.toFixed(0)} s`,
    `${taken} of ${plan.messages} messages (${(taken / seconds).toFixed(0)}/s)`,
    `${server.kills} of ${plan.kills} kills`,
    `${proxy.faults} of ${plan.connectionFaults} connection faults`,
    `${crowd.count('online')} of ${crowd.count('open')} pages online`,
    `${crowd.complaints.length} complaints`,
  ].join(' · ');
}
