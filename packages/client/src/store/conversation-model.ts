import { messageIdOf, talkOfConversation, talkOfMessage } from '@sahay/protocol/core';
import type {
  Availability,
  Conversation,
  LogEvent,
  Message,
  Participant,
  Problem,
  Queue,
  Signal,
  Snapshot,
  StaffState,
} from '@sahay/protocol';
import type { Clock } from '../clock.ts';
import type { ConversationView } from '../conversation-handle.ts';
import type { StreamSink } from '../log/event-log.ts';
import { messageKeyOf, type OutboxEntry } from '../outbox/outbox-entry.ts';
import { Observable } from '../readable.ts';
import { keyOf, MessageWindow } from './message-window.ts';
import { Outgoing } from './outgoing.ts';
import { ReceiptMarks } from './receipt-marks.ts';
import type { Late } from './late.ts';
import type { StreamText } from './stream-text.ts';
import { Typing } from './typing.ts';
import type { MessageView } from './message-list.ts';

/** What a model asks of those around it. */
export interface ModelContext {
  clock: Clock;
  role: 'visitor' | 'agent';
  me: () => Participant | undefined;
  entries: () => readonly OutboxEntry[];
  durable: () => boolean;
  /** There before the first event that is no plain talk. */
  late: () => Partial<Late> | undefined;
  /** What folds staff-only events; there before the first of them. */
  staffReducer?: () => ((state: StaffState, event: LogEvent) => StaffState) | undefined;
}

/** What a signal may tell that stays true until the next of its kind. */
interface Told {
  queue?: Queue | undefined;
  availability?: Availability | undefined;
  online?: boolean | undefined;
}

const emptyStaffState: StaffState = { notes: [], traces: [], context: {} };
const typingExpiryMs = 6_000;

/** Folds a conversation's stream, its signals and what is on its way into what a view shows. No I/O. */
export class ConversationModel implements StreamSink {
  declare readonly id: string;
  declare readonly view: Observable<ConversationView>;
  /** The opaque cursor to the page before; `undefined` when there is none. */
  declare earlier: string | undefined;
  loadingEarlier = false;
  readonly #context: ModelContext;
  readonly #typing: Typing;
  readonly #outgoing = new Outgoing();
  readonly #streams = new Map<string, StreamText>();
  /** What is held of the log. */
  messages = new MessageWindow();
  marks = new ReceiptMarks();
  #conversation: Conversation | undefined;
  #staff: StaffState | undefined;
  /** The latest values that signals told. */
  readonly #told: Told = {};
  #problem: Problem | undefined;
  #mirrored = false;
  #unread = 0;
  /** What was on its way when a snapshot came that does not begin at the beginning. */
  #older: (string | undefined)[] = [];

  constructor(id: string, staff: boolean, context: ModelContext) {
    this.id = id;
    this.#context = context;
    this.#staff = staff ? emptyStaffState : undefined;
    this.view = new Observable(() => this.#build());
    this.#typing = new Typing(context.clock, () => this.view.changed());
  }

  subscribing(): void {
    this.#mirrored = true;
    this.#problem = undefined;
    this.#outgoing.mark();
    this.view.changed();
  }

  reset(snapshot: Snapshot): void {
    if (snapshot.kind !== 'conversation') return;
    this.#empty();
    this.#conversation = snapshot.conversation;
    const told = this.#told;
    told.queue = snapshot.queue;
    told.availability = snapshot.availability ?? told.availability;
    this.earlier = snapshot.earlier;
    if (this.#staff) this.#staff = snapshot.staff ?? emptyStaffState;
    for (const message of snapshot.messages) this.#add(message);
    this.#older = this.earlier ? this.#context.entries().map(messageKeyOf) : [];
    this.raiseMarks();
  }

  /** Whether the log has yet to bring messages that the backend has. */
  get awaitsLog(): boolean {
    return this.#outgoing.awaitsLog;
  }

  caughtUp(): void {
    this.#outgoing.caughtUp();
    this.view.changed();
  }

  apply(event: LogEvent): void {
    const { type, data } = event;
    this.#problem = undefined;
    const { applyToConversation = talkOfConversation } = this.#late;
    this.#conversation = applyToConversation(this.#conversation, event);
    if (this.#staff) this.#staff = this.#context.staffReducer?.()?.(this.#staff, event) ?? this.#staff;
    const messageId = messageIdOf(event);
    if (messageId) this.#applyToMessage(messageId, event);
    if (type === 'receipt.updated') this.raiseMarks();
    if (type === 'assignment.changed' && !['queued', 'ringing'].includes(data.assignment.state))
      this.#told.queue = undefined;
    if (type === 'participant.left') this.#typing.heard(data.participantId, 0);
    this.view.changed();
  }

  onSignal({ type, data }: Signal): void {
    if (type === 'typing') {
      const { participantId, active, expiresInMs = typingExpiryMs } = data;
      if (participantId && participantId !== this.#context.me()?.id)
        this.#typing.heard(participantId, active ? expiresInMs : 0);
      return;
    }
    if (type === 'message.delta' || type === 'message.replaced')
      this.#change(data.messageId, (message) =>
        this.#streams.get(message.id)?.[type === 'message.delta' ? 'append' : 'replace'](message, data),
      );
    else if (type !== 'presence' || data.participantId === this.#conversation?.visitor.id)
      Object.assign(this.#told, data);
    this.view.changed();
  }

  problem(problem: Problem): void {
    if (this.#conversation && problem.code === 'not_found') this.forget(problem);
    this.#problem = problem;
    this.view.changed();
  }

  /** @returns whether the log may have had it already, before the oldest message that is held: then a look is due. */
  acknowledged(entry: OutboxEntry): boolean {
    const key = messageKeyOf(entry);
    const awaited = key && !this.messages.has(key);
    if (awaited) this.#outgoing.acknowledged(key, entry);
    this.view.changed();
    return Boolean(awaited && this.#older.includes(key));
  }

  /** The messages of others up to here count as read at once, before the backend says so. */
  readUpTo(messageId: string | undefined): Message | undefined {
    const place = messageId === undefined ? this.messages.end - 1 : this.messages.placeOf(messageId)!;
    const message = this.messages.at(place)?.message;
    if (!message || place <= this.marks.mine) return undefined;
    this.marks.mine = place;
    this.#countUnread();
    return message;
  }

  /** Shows nothing any more. */
  forget(problem?: Problem): void {
    this.dispose();
    this.#empty();
    this.#outgoing.mark();
    this.#outgoing.caughtUp();
    this.#conversation = this.#told.queue = this.earlier = undefined;
    if (this.#staff) this.#staff = emptyStaffState;
    this.#problem = problem;
    this.view.changed();
  }

  dispose(): void {
    this.#typing.clear();
  }

  #empty(): void {
    this.#problem = undefined;
    this.messages = new MessageWindow();
    this.marks = new ReceiptMarks();
    this.#unread = 0;
    this.#streams.clear();
  }

  get #late(): Partial<Late> {
    return this.#context.late() ?? {};
  }

  #applyToMessage(id: string, event: LogEvent): void {
    const { applyToMessage = talkOfMessage } = this.#late;
    if (this.messages.placeOf(id) !== undefined)
      return this.#change(id, (message) => {
        const after = applyToMessage(message, event);
        return after && this.#withStream(after);
      });
    const created = applyToMessage(undefined, event);
    if (!created) return;
    this.#typing.heard(created.author.id, 0);
    this.#add(created);
  }

  /** Replaces what is shown of a message that is held. */
  #change(id: string, change: (message: Message) => Message | undefined): void {
    const place = this.messages.placeOf(id);
    const view = this.messages.at(place!);
    const message = view && change(view.message);
    if (message && message !== view.message) this.messages.replace(place!, { ...view, message });
  }

  #add(message: Message): void {
    const view = this.toView(this.#withStream(message), this.messages.end);
    this.messages.append(view);
    this.#outgoing.arrived(view.key);
    if (countsAsUnread(view)) this.#unread++;
  }

  #withStream(message: Message): Message {
    const { id, status } = message;
    if (status !== 'streaming') {
      this.#streams.delete(id);
      return message;
    }
    const { StreamText } = this.#late;
    const stream = this.#streams.get(id) ?? (StreamText && new StreamText());
    // Until it has come, an answer grows by what is stored of it, about once a second.
    if (!stream) return message;
    this.#streams.set(id, stream);
    return stream.adopt(message);
  }

  toView(message: Message, place: number): MessageView {
    const own = message.author.id === this.#context.me()?.id;
    return { key: keyOf(message), message, own, delivery: own ? this.marks.markOf(place) : 'received' };
  }

  raiseMarks(all = false): void {
    if (!this.#conversation) return;
    const { read: before, mine } = this.marks;
    this.marks.raise(this.#conversation.receipts, this.#context.me()?.id, (id) => this.messages.placeOf(id));
    const { start, end } = this.messages;
    for (let place = Math.min(this.marks.delivered, end - 1); place >= start; place--) {
      const view = this.messages.at(place)!;
      const delivery = this.marks.markOf(place);
      if (view.own && view.delivery !== delivery) this.messages.replace(place, { ...view, delivery });
      else if (place <= before && !all) break;
    }
    if (all || mine !== this.marks.mine) this.#countUnread();
    this.view.changed();
  }

  #countUnread(): void {
    const { start, end } = this.messages;
    this.#unread = 0;
    for (let place = end - 1; place >= start && place > this.marks.mine; place--)
      if (countsAsUnread(this.messages.at(place)!)) this.#unread++;
    this.view.changed();
  }

  #build(): ConversationView {
    const { me, role, durable, entries } = this.#context;
    const { participants = [] } = this.#conversation ?? {};
    return {
      id: this.id,
      phase: this.#problem ? 'failed' : this.#conversation ? 'ready' : this.#mirrored ? 'loading' : 'new',
      problem: this.#problem,
      conversation: this.#conversation,
      messages: this.messages.snapshot(
        this.#outgoing.views(entries(), me() ?? { id: 'me', role }, durable(), (key) =>
          this.messages.has(key),
        ),
      ),
      hasEarlier: this.earlier !== undefined,
      loadingEarlier: this.loadingEarlier,
      typing: this.#typing.ids.map(
        (id) => participants.find((one) => one.id === id) ?? { id, role: 'agent' },
      ),
      queue: this.#told.queue,
      availability: this.#told.availability,
      staff: this.#staff,
      visitorOnline: this.#staff && this.#told.online,
      unreadCount: this.#unread,
      durable: durable(),
    };
  }
}

const countsAsUnread = ({ own, message }: MessageView): boolean => !own && message.author.role !== 'system';
