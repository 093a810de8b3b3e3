import type { Message, MessagePage } from '@sahay/protocol';
import type { ConversationModel } from './conversation-model.ts';
import { emptyLike } from './list-like.ts';
import type { MessageView } from './message-list.ts';
import type { MessageWindow } from './message-window.ts';

/** Messages that are not held between some that are. */
export interface Gap {
  /** The place of the message after it. */
  readonly place: number;
  /** The cursor to the page before that message, and the one to the page after the message before the gap. */
  readonly earlier: string;
  readonly later: string;
}

/** Beside the windows: most visitors never have any. */
const gaps = new WeakMap<MessageWindow, Gap>();

/** What is missing between the messages held. */
export const gapOf = ({ messages }: ConversationModel): Gap | undefined => gaps.get(messages);

/** From which side a gap is filled: by what follows the messages before it, or by what precedes those after it. */
export type GapSide = 'before' | 'after';

/**
 * Puts a page before what is held, with a gap between them unless they meet. One place beside the latest messages is held at a time: an
 * earlier one that a reader was led to is let go.
 */
export function insertAround(
  model: ConversationModel,
  { messages, earlier, later }: MessagePage,
  me: string | undefined,
): void {
  const { messages: held } = model;
  const { end } = held;
  const gap = gapOf(model);
  const start = gap?.place ?? held.start;
  const tail = viewsOf(held, start, end);
  const inTail = new Set(tail.map(({ message }) => message.id));
  const fresh = messages.filter(({ id }) => !inTail.has(id));
  const tailEarlier = gap ? gap.earlier : model.earlier;
  const meets = later === undefined || fresh.length < messages.length || tailEarlier === undefined;
  // Without anything that is new there is nothing before the latest messages to hold.
  if (!fresh.length) return;
  model.earlier = earlier;
  replace(model, [...viewsFor(model, fresh), ...tail], start - fresh.length);
  if (!meets) leaveGap(model.messages, { place: start, earlier: tailEarlier, later });
  markAnew(model, start, me);
}

/** Puts a page into the gap, on the side it was asked for, unless that gap is there no more. */
export function fillGap(
  model: ConversationModel,
  page: MessagePage,
  side: GapSide,
  asked: Gap,
  me: string | undefined,
): void {
  const { messages: held } = model;
  const { start, end } = held;
  const gap = gapOf(model);
  if (gap !== asked) return;
  const fresh = page.messages.filter(({ id }) => held.placeOf(id) === undefined);
  const met = fresh.length < page.messages.length;
  const { place } = gap;
  const views = viewsFor(model, fresh);
  replace(
    model,
    [...viewsOf(held, start, place), ...views, ...viewsOf(held, place, end)],
    start - fresh.length,
  );
  const first = side === 'before' ? place : place - fresh.length;
  const [earlier, later] = side === 'before' ? [gap.earlier, page.later] : [page.earlier, gap.later];
  if (!met && earlier !== undefined && later !== undefined)
    leaveGap(model.messages, { place: first, earlier, later });
  markAnew(model, place, me);
}

/**
 * Sets the marks by the receipts: before `place`, messages stand elsewhere than they did. What a receipt names and is not held is in the gap,
 * since readers are led to what is long read.
 */
function markAnew(model: ConversationModel, place: number, me: string | undefined): void {
  const { marks, messages, view } = model;
  const gap = gapOf(model);
  const { receipts = {} } = view.getSnapshot().conversation ?? {};
  for (const name of ['delivered', 'read', 'mine'] as const) if (marks[name] < place) marks[name] = -Infinity;
  marks.raise(receipts, me, (id) => messages.placeOf(id) ?? (id && gap ? gap.place - 1 : undefined));
  model.raiseMarks(true);
}

function leaveGap(window: MessageWindow, gap: Gap): void {
  window.gap = window.at(gap.place)!.key;
  gaps.set(window, gap);
}

const viewsFor = (model: ConversationModel, messages: readonly Message[]): MessageView[] =>
  messages.map((message) => model.toView(message, 0));

function viewsOf(window: MessageWindow, from: number, to: number): MessageView[] {
  return Array.from({ length: to - from }, (_, index) => window.at(from + index)!);
}

/** Those after the gap keep their places, which marks and receipts are kept by. */
function replace(model: ConversationModel, views: readonly MessageView[], start: number): void {
  const next = emptyLike(model.messages);
  next.start = start;
  for (const view of views) next.append(view);
  model.messages = next;
}
