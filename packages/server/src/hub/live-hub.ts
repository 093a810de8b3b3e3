import {
  conversationStream,
  inboxStream,
  makeProblem,
  parseStream,
  type Availability,
  type ConversationSnapshot,
  type Cursor,
  type Id,
  type LogEvent,
  type Participant,
  type Queue,
  type Signal,
  type StreamName,
  type SubscribedFrame,
} from '@sahay/protocol';
import { visitorSettings, type Actor } from '@sahay/protocol/core';
import type { Logger } from 'pino';
import type { Hub, ServerTuning } from '../context.ts';
import type { Settings } from '../settings/settings.ts';
import type { Store, StreamReading } from '../storage/store.ts';
import { AgentPresences } from './agent-presence.ts';
import { availabilityOf, toldOf } from './availability-of.ts';
import { HoursWatch } from './hours-watch.ts';
import { OpenAnswers } from './open-answers.ts';
import { encode, type EncodedFrame, type Reader, type Subscription } from './reader.ts';
import { Subscriptions } from './subscriptions.ts';
import { Turns } from './turns.ts';
import { TypingRelay } from './typing-relay.ts';
import { VisitorPresence } from './visitor-presence.ts';
import { WaitingLine } from './waiting-line.ts';

/** What {@link LiveHub} needs. */
export interface LiveHubParts {
  store: Store;
  tenantId: Id;
  logger: Logger;
  /** Milliseconds since 1970. */
  clock: () => number;
  settings: Settings;
  tuning: Pick<ServerTuning, 'presenceGraceMs' | 'hoursLookMs'>;
  /** Told whether people can answer now: once at the start, then whenever that may have changed. */
  onOpen?: ((isOpen: boolean) => void) | undefined;
}

/** More streams than anybody needs at once; a reader that asks for more is refused them. */
const mostSubscriptions = 500;
/** How often it is looked whether somebody has read what waits for her, in ms. */
const behindPauseMs = 5;
/** Events of a stream that may gather for somebody who has not read what came before them. */
const mostGathered = 10_000;
/** Changes of the inbox that are looked at, when the server starts, for how long people waited. */
const mostChangesRead = 5_000;
/** Streams read at once for one reader: however many it asks for, others are read for in between. */
const readsAtOnce = 4;

/**
 * Live delivery. A subscription is registered before the log is read, gathers what is committed meanwhile, and drops
 * from that what the reading held already: nothing is missed, nothing comes twice, the order is the log's.
 */
export class LiveHub implements Hub {
  readonly #store: Store;
  readonly #logger: Logger;
  readonly #subscriptions = new Subscriptions();
  readonly #readers = new Set<Reader>();
  readonly #answers = new OpenAnswers();
  readonly #line: WaitingLine;
  readonly #hours: HoursWatch;
  readonly #settings: Settings;
  readonly #stopSettings: () => void;
  #toldSettings: string;
  readonly #visitors: VisitorPresence;
  readonly #turns = new Turns<Reader>(readsAtOnce);
  readonly #typing: TypingRelay;
  readonly #presences: AgentPresences;
  readonly #stopListening: () => void;
  readonly #onOpen: LiveHubParts['onOpen'];
  /** What visitors were last told of whether people can answer. */
  #told = '';

  private constructor({ store, tenantId, logger, clock, settings, tuning, onOpen }: LiveHubParts) {
    this.#store = store;
    this.#logger = logger;
    this.#onOpen = onOpen;
    const onChange = (): void => this.#availabilityMayHaveChanged();
    this.#settings = settings;
    this.#stopSettings = settings.onChange(() => this.#settingsMayHaveChanged());
    this.#toldSettings = JSON.stringify(visitorSettings(settings.values));
    this.#hours = new HoursWatch({ settings, clock, lookMs: tuning.hoursLookMs, onChange });
    this.#line = new WaitingLine((from, to) => this.#hours.wereOpen(from, to));
    this.#typing = new TypingRelay(store, this.#subscriptions);
    this.#visitors = new VisitorPresence({
      subscriptions: this.#subscriptions,
      visitorOf: async (id) => (await store.conversation(id))?.visitor.id,
      onError: (error) => logger.error({ err: error }, 'Whose conversation it is could not be read.'),
    });
    this.#presences = new AgentPresences({
      store,
      tenantId,
      graceMs: tuning.presenceGraceMs,
      onChange,
      onError: (error) => logger.error({ err: error }, 'An agent’s presence could not be written.'),
    });
    this.#stopListening = store.onCommitted((events) => this.#publish(events));
  }

  /** Makes a hub over a store, with the queue and the presence that the store remembers. */
  static async open(parts: LiveHubParts): Promise<LiveHub> {
    const hub = new LiveHub(parts);
    await hub.#presences.load();
    await hub.#learnWaits(parts);
    const waiting = await parts.store.sql.all<{ conversationId: string; waitingSince: string }>(
      'SELECT conversation AS conversationId, waiting_since AS waitingSince FROM inbox_entries WHERE tenant = ? AND waiting_since IS NOT NULL',
      [parts.tenantId],
    );
    hub.#line.reset(waiting);
    const availability = hub.availability();
    hub.#told = toldOf(availability, hub.#hours);
    parts.onOpen?.(availability.open);
    return hub;
  }

  /** What the inbox's log still knows of how long people waited. Those who wait still are set right afterwards. */
  async #learnWaits({ store, tenantId }: LiveHubParts): Promise<void> {
    const rows = await store.sql.all<{ time: string; data: string }>(
      `SELECT time, data FROM (SELECT entries.seq, events.time, events.data FROM entries JOIN events ON events.n = entries.event
         WHERE entries.stream = (SELECT n FROM streams WHERE id = ?) AND events.type = 'inbox.changed' AND events.data <> '{}'
         ORDER BY entries.seq DESC LIMIT ?) ORDER BY seq`,
      [inboxStream(tenantId), mostChangesRead],
    );
    for (const { time, data } of rows)
      this.#line.observe((JSON.parse(data) as LogEvent<'inbox.changed'>['data']).entry, time);
  }

  /** Stops listening and timing. Readers are their transport's to close. */
  close(): void {
    this.#stopListening();
    this.#typing.stop();
    this.#presences.stop();
    this.#hours.stop();
    this.#stopSettings();
  }

  /** A reader came: agents and visitors are present from here on. */
  join(reader: Reader): void {
    const { actor } = reader;
    this.#readers.add(reader);
    if (actor.role === 'visitor' && this.#toldSettings !== '{}') reader.deliver(this.#settingsFrame());
    if (actor.role === 'visitor') this.#visitors.joined(actor.id);
    if (actor.role === 'agent') this.#presences.connected(actor);
  }

  /** A reader went: all its subscriptions end. */
  leave(reader: Reader): void {
    if (!this.#readers.delete(reader)) return;
    for (const ended of this.#subscriptions.removeAll(reader)) this.#visitors.closed(ended);
    if (reader.actor.role === 'visitor') this.#visitors.left(reader.actor.id);
    if (reader.actor.role === 'agent') this.#presences.disconnected(reader.actor);
  }

  /** Serves `subscribe`: what was missed or a snapshot, then everything live. */
  async subscribe(reader: Reader, stream: StreamName, cursor?: Cursor): Promise<void> {
    if (this.#subscriptions.count(reader) >= mostSubscriptions)
      return this.#refuse(
        reader,
        stream,
        'rate_limited',
        'There are too many subscriptions. End some first.',
      );
    await this.#fill(this.#subscriptions.add(reader, stream), cursor);
  }

  /** Reads the log for a subscription that gathers meanwhile, then lets it go live. */
  async #fill(subscription: Subscription, cursor?: Cursor): Promise<void> {
    const { reader, stream } = subscription;
    let reading: StreamReading | undefined;
    const endTurn = await this.#turns.take(reader);
    await this.#untilRead(subscription);
    // One that was replaced or ended while it waited is not worth reading for.
    if (!this.#subscriptions.has(subscription)) return endTurn();
    try {
      if (await this.#store.mayRead(reader.actor, stream)) reading = await this.#store.read(stream, cursor);
    } catch (error) {
      if (this.#subscriptions.has(subscription)) this.#subscriptions.remove(reader, stream);
      throw error;
    } finally {
      endTurn();
    }
    if (!this.#subscriptions.has(subscription)) return;
    if (reading) return this.#goLive(subscription, reading);
    this.#subscriptions.remove(reader, stream);
    this.#refuse(reader, stream, 'not_found', 'There is no such stream that you may read.');
  }

  /**
   * Whoever comes back to hundreds of streams gets what she missed as fast as she reads it; otherwise so much would wait for her that
   * she counts as one who does not read, each time anew.
   */
  async #untilRead(subscription: Subscription): Promise<void> {
    while (subscription.reader.isBehind && this.#subscriptions.has(subscription))
      await new Promise<void>((resolve) => setTimeout(resolve, behindPauseMs));
  }

  unsubscribe(reader: Reader, stream: StreamName): void {
    const ended = this.#subscriptions.remove(reader, stream);
    if (ended) this.#visitors.closed(ended);
  }

  #refuse(reader: Reader, stream: StreamName, code: 'not_found' | 'rate_limited', detail: string): void {
    reader.deliver(encode({ type: 'problem', problem: makeProblem(code, detail), stream }));
  }

  #goLive(subscription: Subscription, { subscribed, events }: StreamReading): void {
    const { reader } = subscription;
    reader.deliver(encode(this.#withLatest(subscribed)));
    for (const event of events) reader.deliver(encode({ type: 'event', event }));
    subscription.epoch = subscribed.epoch;
    subscription.lastSeq = subscribed.headSeq;
    const gathered = subscription.pending ?? [];
    subscription.pending = undefined;
    for (const { seq, frame } of gathered) this.#deliver(subscription, seq, () => frame);
    if (subscribed.recovered) this.#catchUp(subscription);
    this.#visitors.opened(subscription);
  }

  /** A snapshot holds what signals would have said: queue, availability, answers in the making. */
  #withLatest(subscribed: SubscribedFrame): SubscribedFrame {
    const { snapshot } = subscribed;
    if (snapshot?.kind !== 'conversation') return subscribed;
    const queue = this.queueOf(snapshot.conversation.id);
    const complete: ConversationSnapshot = {
      ...this.#answers.complete(snapshot),
      ...(queue && { queue }),
      availability: this.availability(),
    };
    return { ...subscribed, snapshot: complete };
  }

  /** Somebody who resumed by events gets by signals what a snapshot would have held. */
  #catchUp({ reader, stream }: Subscription): void {
    const address = parseStream(stream);
    if (address?.kind !== 'conversation') return;
    const tell = (signal: Signal): void => reader.deliver(encode({ type: 'signal', signal }));
    tell({ type: 'queue', data: { queue: this.queueOf(address.id) ?? { conversationId: address.id } } });
    tell({ type: 'availability', data: { availability: this.availability() } });
    for (const signal of this.#answers.catchUp(address.id)) tell(signal);
  }

  #publish(events: readonly LogEvent[]): void {
    for (const event of events) {
      this.#answers.observe(event);
      const subscribers = this.#subscriptions.of(event.stream);
      let frame: EncodedFrame | undefined;
      const encoded = (): EncodedFrame => (frame ??= encode({ type: 'event', event }));
      for (const subscription of subscribers ?? []) {
        if (!subscription.pending && subscription.epoch !== event.epoch) this.#startOver(subscription);
        this.#deliver(subscription, event.seq, encoded);
      }
      this.#presences.observe(event);
      if (event.type === 'inbox.changed') this.#queueMayHaveChanged(event);
    }
  }

  /** What a reader holds is of an epoch that has ended: a snapshot takes its place, or the end of what it may read. */
  #startOver(subscription: Subscription): void {
    subscription.pending = [];
    this.#fill(subscription).catch((error: unknown) => {
      this.#logger.error({ err: error, stream: subscription.stream }, 'A new epoch could not be read.');
      subscription.reader.close(1011, 'internal error');
    });
  }

  #deliver(subscription: Subscription, seq: number, frame: () => EncodedFrame): void {
    if (subscription.pending) {
      if (subscription.pending.length >= mostGathered)
        return subscription.reader.close(4429, 'reading too slowly');
      return void subscription.pending.push({ seq, frame: frame() });
    }
    if (seq <= subscription.lastSeq) return;
    if (seq > subscription.lastSeq + 1) {
      const { reader, stream, lastSeq } = subscription;
      this.#logger.error(
        { stream, lastSeq, seq },
        'A subscription lost its place; its reader has to come back.',
      );
      return reader.close(1011, 'internal error');
    }
    subscription.lastSeq = seq;
    subscription.reader.deliver(frame());
  }

  #queueMayHaveChanged({ data, time }: LogEvent<'inbox.changed'>): void {
    for (const conversationId of this.#line.observe(data.entry, time)) this.#tellQueue(conversationId);
  }

  #tellQueue(conversationId: Id): void {
    const queue = this.queueOf(conversationId) ?? { conversationId };
    this.#subscriptions.tell({ type: 'queue', data: { queue } }, bothStreams(conversationId));
  }

  #availabilityMayHaveChanged(): void {
    const availability = this.availability();
    const told = toldOf(availability, this.#hours);
    if (told === this.#told) return;
    this.#told = told;
    this.#onOpen?.(availability.open);
    const frame = encode({ type: 'signal', signal: { type: 'availability', data: { availability } } });
    for (const reader of this.#readers) reader.deliver(frame);
    // How long it takes is known only while people are there.
    for (const conversationId of this.#line.all())
      if (this.#line.queueOf(conversationId)?.estimatedWaitSeconds) this.#tellQueue(conversationId);
  }

  #settingsMayHaveChanged(): void {
    const settings = JSON.stringify(visitorSettings(this.#settings.values));
    if (settings === this.#toldSettings) return;
    this.#toldSettings = settings;
    const frame = this.#settingsFrame();
    for (const reader of this.#readers) reader.deliver(frame);
  }

  #settingsFrame(): EncodedFrame {
    const settings = visitorSettings(this.#settings.values);
    return encode({ type: 'signal', signal: { type: 'settings', data: { settings } } });
  }

  async signal(actor: Actor, signal: Signal): Promise<void> {
    switch (signal.type) {
      case 'message.delta':
      case 'message.replaced': {
        const data = this.#answers.grow(actor.id, signal.data, signal.type === 'message.replaced');
        if (!data) return;
        return this.#subscriptions.tell({ ...signal, data }, bothStreams(data.conversationId), actor.id);
      }
      case 'typing':
        return this.#typing.relay(actor, signal.data);
      default:
      // The others are the server's own to say; whoever else sends them is not heard.
    }
  }

  availability(): Availability {
    return availabilityOf(this.#hours, this.#presences.present().length > 0, this.#line);
  }

  visitorIsThere(conversationId: Id): boolean {
    return this.#visitors.isThere(conversationId);
  }

  queueOf(conversationId: Id): Queue | undefined {
    const queue = this.#line.queueOf(conversationId);
    if (!queue?.estimatedWaitSeconds || this.availability().open) return queue;
    const { estimatedWaitSeconds: _unknownNow, ...place } = queue;
    return place;
  }

  presentAgents(): Participant[] {
    return this.#presences.present();
  }

  endSession(sessionId: Id): void {
    for (const reader of [...this.#readers])
      if (reader.sessionId === sessionId) reader.close(4410, 'session ended');
  }
}

const bothStreams = (conversationId: Id): StreamName[] => [
  conversationStream(conversationId, 'public'),
  conversationStream(conversationId, 'staff'),
];
