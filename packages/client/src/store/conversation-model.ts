import { applyToConversation, applyToMessage, messageIdOf } from '@sahay/protocol/core';
import type {
  Availability,
  Conversation,
  LogEvent,
  Message,
  MessagePage,
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
import type { OutboxEntry } from '../outbox/outbox-entry.ts';
import { Observable } from '../readable.ts';
import { MessageWindow } from './message-window.ts';
import { Outgoing } from './outgoing.ts';
import { ReceiptMarks } from './receipt-marks.ts';
import { StreamText } from './stream-text.ts';
import { Typing } from './typing.ts';
import type { MessageView } from './message-list.ts';

/** What a model asks of those around it. */
export interface ModelContext {
  clock: Clock;
  role: 'visitor' | 'agent';
  me: () => Participant | undefined;
  entries: () => readonly OutboxEntry[];
  durable: () => boolean;
  /** What folds staff-only events; there before the first of them. */
  staffReducer?: () => ((state: StaffState, event: LogEvent) => StaffState) | undefined;
}

const emptyStaffState: StaffState = { notes: [], traces: [], context: {} };

/** Folds a conversation's stream, its signals and what is on its way into what a view shows. No I/O. */
export class ConversationModel implements StreamSink {
  readonly id: string;
  readonly view: Observable<ConversationView>;
  readonly #context: ModelContext;
  readonly #typing: Typing;
  readonly #outgoing = new Outgoing();
  readonly #streams = new Map<string, StreamText>();
  #messages = new MessageWindow();
  #marks = new ReceiptMarks();
  #conversation: Conversation | undefined;
  #staff: StaffState | undefined;
  #queue: Queue | undefined;
  #availability: Availability | undefined;
  #problem: Problem | undefined;
  #earlier: string | undefined;
  #loadingEarlier = false;
  #mirrored = false;
  #unread = 0;

  constructor(id: string, staff: boolean, context: ModelContext) {
    this.id = id;
    this.#context = context;
    this.#staff = staff ? emptyStaffState : undefined;
    this.view = new Observable(() => this.#build());
    this.#typing = new Typing(context.clock, () => this.view.changed());
  }

  /** The opaque cursor to the page before; `undefined` when there is none. */
  get earlier(): string | undefined {
    return this.#earlier;
  }

  subscribing(): void {
    this.#mirrored = true;
    this.#problem = undefined;
    this.#outgoing.subscribing();
    this.view.changed();
  }

  reset(snapshot: Snapshot): void {
    if (snapshot.kind !== 'conversation') return;
    this.#empty();
    this.#outgoing.subscribed();
    this.#problem = undefined;
    this.#conversation = snapshot.conversation;
    if (this.#staff) this.#staff = snapshot.staff ?? emptyStaffState;
    this.#queue = snapshot.queue;
    this.#availability = snapshot.availability ?? this.#availability;
    this.#earlier = snapshot.earlier;
    for (const message of snapshot.messages) this.#add(message);
    this.#raiseMarks();
    this.view.changed();
  }

  apply(event: LogEvent): void {
    this.#problem = undefined;
    this.#conversation = applyToConversation(this.#conversation, event);
    if (this.#staff) this.#staff = this.#context.staffReducer?.()?.(this.#staff, event) ?? this.#staff;
    const messageId = messageIdOf(event);
    if (messageId) this.#applyToMessage(messageId, event);
    if (event.type === 'receipt.updated') this.#raiseMarks();
    if (event.type === 'assignment.changed' && !['queued', 'ringing'].includes(event.data.assignment.state))
      this.#queue = undefined;
    if (event.type === 'participant.left') this.#typing.stopped(event.data.participantId);
    this.view.changed();
  }

  onSignal(signal: Signal): void {
    switch (signal.type) {
      case 'typing': {
        const { participantId, active, expiresInMs } = signal.data;
        if (!participantId || participantId === this.#context.me()?.id) return;
        if (active) this.#typing.heard(participantId, expiresInMs);
        else this.#typing.stopped(participantId);
        return;
      }
      case 'message.delta':
      case 'message.replaced':
        return this.#grow(signal);
      case 'queue':
        this.#queue = signal.data.queue;
        return this.view.changed();
      case 'availability':
        this.#availability = signal.data.availability;
        return this.view.changed();
      case 'presence':
        return;
    }
  }

  problem(problem: Problem): void {
    if (this.#conversation && problem.code === 'not_found') this.forget();
    this.#problem = problem;
    this.view.changed();
  }

  acknowledged(entry: OutboxEntry): void {
    this.#outgoing.acknowledged(entry);
    this.view.changed();
  }

  loading(active: boolean): void {
    this.#loadingEarlier = active;
    this.view.changed();
  }

  /** Puts a page before what is held, unless a snapshot has come since it was asked for. */
  prepend({ messages, earlier }: MessagePage, askedWith: string): void {
    if (this.#earlier !== askedWith) return;
    this.#earlier = earlier;
    this.#messages.prepend(messages, (message, key) => this.#toView(message, key, 0));
    this.#raiseMarks(true);
  }

  /** The messages of others up to here count as read at once, before the backend says so. */
  readUpTo(messageId: string | undefined): Message | undefined {
    const place = messageId === undefined ? this.#messages.end - 1 : this.#messages.placeOf(messageId);
    if (place === undefined || place <= this.#marks.mine) return undefined;
    const message = this.#messages.at(place)?.message;
    if (!message) return undefined;
    this.#marks.mine = place;
    this.#unread = this.#countUnread();
    this.view.changed();
    return message;
  }

  /** Shows nothing any more. */
  forget(problem?: Problem): void {
    this.#typing.clear();
    this.#outgoing.forget();
    this.#empty();
    this.#conversation = this.#queue = this.#earlier = undefined;
    if (this.#staff) this.#staff = emptyStaffState;
    this.#problem = problem;
    this.view.changed();
  }

  dispose(): void {
    this.#typing.clear();
  }

  #empty(): void {
    this.#messages = new MessageWindow();
    this.#marks = new ReceiptMarks();
    this.#unread = 0;
    this.#streams.clear();
  }

  #applyToMessage(id: string, event: LogEvent): void {
    const place = this.#messages.placeOf(id);
    const before = place === undefined ? undefined : this.#messages.at(place);
    const after = applyToMessage(before?.message, event);
    if (!after) return;
    if (event.type === 'message.created') this.#typing.stopped(after.author.id);
    if (place === undefined) this.#add(after);
    else this.#replace(place, before!, this.#withStream(after));
  }

  #add(message: Message): void {
    const shown = this.#withStream(message);
    this.#messages.append(shown, (one, key) => this.#toView(one, key, this.#messages.end));
    this.#outgoing.arrived(message.clientMessageId);
    if (countsAsUnread(this.#messages.at(this.#messages.end - 1)!)) this.#unread++;
  }

  #replace(place: number, view: MessageView, message: Message): void {
    if (view.message !== message) this.#messages.replace(place, { ...view, message });
  }

  #withStream(message: Message): Message {
    if (message.status !== 'streaming') {
      this.#streams.delete(message.id);
      return message;
    }
    let stream = this.#streams.get(message.id);
    if (!stream) this.#streams.set(message.id, (stream = new StreamText()));
    return stream.adopt(message);
  }

  #grow(signal: Signal<'message.delta' | 'message.replaced'>): void {
    const { messageId } = signal.data;
    const place = this.#messages.placeOf(messageId);
    const view = place === undefined ? undefined : this.#messages.at(place);
    const stream = this.#streams.get(messageId);
    if (place === undefined || !view || !stream) return;
    const { message } = view;
    this.#replace(
      place,
      view,
      signal.type === 'message.delta'
        ? stream.append(message, signal.data)
        : stream.replace(message, signal.data),
    );
    this.view.changed();
  }

  #toView(message: Message, key: string, place: number): MessageView {
    const own = message.author.id === this.#context.me()?.id;
    return { key, message, own, delivery: own ? this.#marks.markOf(place) : 'received' };
  }

  #raiseMarks(all = false): void {
    if (!this.#conversation) return;
    const { read: before, mine } = this.#marks;
    this.#marks.raise(this.#conversation.receipts, this.#context.me()?.id, (id) =>
      this.#messages.placeOf(id),
    );
    const { start } = this.#messages;
    for (let place = Math.min(this.#marks.delivered, this.#messages.end - 1); place >= start; place--) {
      const view = this.#messages.at(place)!;
      const delivery = this.#marks.markOf(place);
      if (view.own && view.delivery !== delivery) this.#messages.replace(place, { ...view, delivery });
      else if (place <= before && !all) break;
    }
    if (all || mine !== this.#marks.mine) this.#unread = this.#countUnread();
    this.view.changed();
  }

  #countUnread(): number {
    let count = 0;
    for (
      let place = this.#messages.end - 1;
      place >= this.#messages.start && place > this.#marks.mine;
      place--
    )
      if (countsAsUnread(this.#messages.at(place)!)) count++;
    return count;
  }

  #build(): ConversationView {
    const { me, role, durable, entries } = this.#context;
    const participants = this.#conversation?.participants ?? [];
    return {
      id: this.id,
      phase: this.#problem ? 'failed' : this.#conversation ? 'ready' : this.#mirrored ? 'loading' : 'new',
      problem: this.#problem,
      conversation: this.#conversation,
      messages: this.#messages.snapshot(
        this.#outgoing.views(entries(), {
          author: me() ?? { id: 'me', role },
          durable: durable(),
          inLog: (key) => this.#messages.has(key),
        }),
      ),
      hasEarlier: this.#earlier !== undefined,
      loadingEarlier: this.#loadingEarlier,
      typing: this.#typing.ids.map(
        (id) => participants.find((one) => one.id === id) ?? { id, role: 'agent' },
      ),
      queue: this.#queue,
      availability: this.#availability,
      staff: this.#staff,
      unreadCount: this.#unread,
      durable: durable(),
    };
  }
}

const countsAsUnread = ({ own, message }: MessageView): boolean => !own && message.author.role !== 'system';
