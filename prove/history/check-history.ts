import type { ConversationHistory, ViewRecord } from './history.ts';

/** What can be wrong. The first five are the promise; the others say more exactly how it was broken. */
export const checks = [
  'lost',
  'duplicated',
  'reordered',
  'gaps',
  'diverging views',
  'acknowledged, not stored',
  'ghosts',
] as const;
export type CheckName = (typeof checks)[number];

/** What is found while the run goes on, by those who watch connections and pages. */
export const watches = ['wire gaps', 'wire repeats', 'pages'] as const;

/** Everything that can be found. */
export type FindingName = CheckName | (typeof watches)[number];

/** One thing that is wrong. */
export interface Violation {
  check: CheckName;
  detail: string;
}

/** Where the findings go: many of one kind are counted, and the first ones told. */
export type Report = (check: CheckName, detail: string) => void;

/**
 * Compares what was sent, acknowledged and shown in one conversation with what is stored, in the order stored.
 *
 * @param stored the numbers of all messages in the log of the conversation
 */
export function checkConversation(
  name: string,
  { sent, views }: ConversationHistory,
  stored: readonly number[],
  report: Report,
): void {
  const places = new Map<number, number>();
  stored.forEach((message, place) => {
    if (places.has(message))
      report('duplicated', `${name}: message ${message} is stored at ${places.get(message)} and ${place}`);
    else places.set(message, place);
    // What the bot and the server say has no number that anybody sent.
    if (message > 0 && !sent.has(message))
      report('ghosts', `${name}: message ${message} is stored, and nobody sent it`);
  });
  for (const [message, { takenAt, acknowledged }] of sent) {
    if (places.has(message)) continue;
    if (takenAt !== undefined) report('lost', `${name}: message ${message} was taken and is not stored`);
    if (acknowledged) report('acknowledged, not stored', `${name}: message ${message}`);
  }
  checkOrder(name, sent, places.keys(), report);
  // What the bot says goes on by itself: a view is complete when it holds all that people said.
  const end = stored.findLastIndex((message) => message > 0);
  for (const view of views) checkView(name, view, places, end, report);
}

/**
 * Within a lane, a message that was taken before another was called for stands before it. Two that overlapped, such as
 * from two tabs at once, may stand either way.
 */
function checkOrder(
  name: string,
  sent: ConversationHistory['sent'],
  inOrder: Iterable<number>,
  report: Report,
): void {
  const latest = new Map<number, { calledAt: number; message: number }>();
  for (const message of inOrder) {
    const one = sent.get(message);
    if (!one) continue;
    const before = latest.get(one.writer);
    if (before && one.takenAt !== undefined && one.takenAt < before.calledAt)
      report(
        'reordered',
        `${name}: message ${message} was taken before ${before.message} was sent, and stands after it`,
      );
    if (!before || one.calledAt > before.calledAt)
      latest.set(one.writer, { calledAt: one.calledAt, message });
  }
}

/** A view is a stretch of the log without holes, in its order; at the end, up to the end of the log. */
function checkView(
  name: string,
  { page, isFinal, inLog, pending }: ViewRecord,
  places: ReadonlyMap<number, number>,
  end: number,
  report: Report,
): void {
  const who = `${name}, page ${page}${isFinal ? ', at the end' : ''}`;
  let before: number | undefined;
  const shown = new Set<number>();
  for (const message of inLog) {
    const place = places.get(message);
    if (shown.has(message)) report('duplicated', `${who}: message ${message} is shown twice`);
    else if (place === undefined) report('ghosts', `${who}: message ${message} is shown, and not stored`);
    else if (before !== undefined && place < before)
      report('reordered', `${who}: message ${message} is shown after one that it stands before`);
    else if (before !== undefined && place !== before + 1)
      report('diverging views', `${who}: ${place - before - 1} messages before ${message} are missing`);
    shown.add(message);
    before = place ?? before;
  }
  for (const message of pending)
    if (shown.has(message))
      report('duplicated', `${who}: message ${message} is shown, and as on its way too`);
  if (!isFinal) return;
  if ((before ?? -1) < end)
    report('diverging views', `${who}: it ends at ${before ?? 'nothing'}, what people said at ${end}`);
  if (pending.length > 0)
    report('diverging views', `${who}: ${pending.length} messages are still on their way`);
}
