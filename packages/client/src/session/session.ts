import { conversationStream, inboxStream, userStream } from '@sahay/protocol';
import { isTalk } from '@sahay/protocol/core';
import type {
  ClientFrame,
  Command,
  CommandResult,
  LogEvent,
  Problem,
  ServerFrame,
  Signal,
} from '@sahay/protocol';
import type {
  ConnectionChange,
  ConnectorHost,
  LinkWelcome,
  LogConnector,
  LogLink,
  ServerLinkFrame,
} from '../connector/log-connector.ts';
import { EventLog } from '../log/event-log.ts';
import type { OutboxEntry } from '../outbox/outbox-entry.ts';
import { currentKey, outboxKey } from '../outbox/outbox-keys.ts';
import { Outbox } from '../outbox/outbox.ts';
import type { PutRequest } from '../outbox/take.ts';
import { Observable } from '../readable.ts';
import { problemOf, SahayError } from '../sahay-error.ts';
import { ConversationModel } from '../store/conversation-model.ts';
import type { Late } from '../store/late.ts';
import type * as Staff from '../store/staff.ts';
import { UserModel } from '../store/user-model.ts';
import type { ConnectionSnapshot, InboxView } from '../support-client.ts';
import { isHers, subjectKey } from './subject.ts';

type Audience = 'public' | 'staff';

/** Somebody who looks on. */
export interface Tap {
  traffic(way: 'in' | 'out', frame: ClientFrame | ServerFrame): void;
  outbox(lane: string): void;
}

/** Joins connector, outbox, log and store: what one layer says, the next one hears. Knows no method of the façade. */
export class Session {
  declare readonly connection: Observable<ConnectionSnapshot>;
  declare readonly user: UserModel;
  declare readonly inbox: Observable<InboxView>;
  declare readonly ready: Promise<void>;
  declare host: ConnectorHost;
  declare readonly connector: LogConnector;
  readonly #emit: (type: string, event: LogEvent | Problem) => void;
  /** By the names of their streams. */
  readonly models = new Map<string, ConversationModel>();
  readonly #unwatch: () => void;
  declare outbox: Outbox;
  declare log: EventLog;
  #change: ConnectionChange = { state: 'idle', cause: 'created' };
  #link: LogLink | undefined;
  #inbox: Staff.InboxModel | undefined;
  #staff: typeof Staff | undefined;
  /** Empty when it could not be fetched: then what is no plain talk changes nothing, like an event of an unknown type. */
  #late: Partial<Late> | undefined;
  #current: string | undefined;
  #destroyed = false;
  /** Whether an anonymous visitor becomes a known one. */
  linking = false;
  /** Somebody who looks on. */
  declare tap: Tap | undefined;
  /** Counts what changes the subject, so that work begun before does not end after. */
  #generation = 0;

  /** @param emit hears events as they are applied, and problems under `problem`. */
  constructor(
    connector: LogConnector,
    host: Omit<ConnectorHost, 'handlers'>,
    emit: (type: string, event: LogEvent | Problem) => void,
  ) {
    this.connector = connector;
    this.#emit = emit;
    this.host = {
      ...host,
      handlers: {
        onState: (change) => this.#onState(change),
        onWelcome: (welcome) => void this.#onWelcome(welcome).catch(this.report),
        onFrame: (frame) => this.#onFrame(frame),
        onTraffic: (way, frame) => this.tap?.traffic(way, frame),
      },
    };
    this.log = this.newLog();
    this.outbox = this.#newOutbox();
    this.inbox = new Observable(() => this.#inbox?.snapshot() ?? { ready: false, entries: [], agents: [] });
    this.user = new UserModel(
      () => this.currentId(),
      () => this.#late,
    );
    this.connection = new Observable(() => ({ ...this.#change, durable: host.storage.durable }));
    this.#unwatch = host.storage.watch(
      // Where another tab has begun, this one goes along.
      () => void (this.#change.state === 'idle' ? this.#begin() : this.#restore()),
    );
    this.ready = this.#begin();
    // Browsers never try again to load a module that could not be loaded, and the network may go.
    if (host.getToken) void import('../known.ts').catch(this.report);
  }

  get link(): LogLink {
    if (this.#destroyed) throw destroyed();
    return (this.#link ??= this.connector.open(this.host));
  }

  /**
   * The id of the visitor's latest open conversation; a day after its close it is still current, so that a reload does
   * not take the end, and the survey, from her.
   */
  currentId(): string | undefined {
    const { conversations, ready } = this.user;
    const current = this.#current;
    if (current && (!ready || this.outbox.entries(current).length > 0)) return current;
    const dayAgo = new Date(this.host.clock.now() - 86_400_000).toISOString();
    const rank = ({ conversationId, status, startedAt }: (typeof conversations)[number]): string =>
      [+(conversationId === current), +(status === 'open'), startedAt].join();
    return conversations
      .filter(({ status, closedAt = '' }) => status === 'open' || closedAt > dayAgo)
      .sort((a, b) => (rank(a) < rank(b) ? 1 : -1))[0]?.conversationId;
  }

  /** The model of a conversation: the same one each time. */
  model(id: string, audience: Audience): ConversationModel {
    const name = conversationStream(id, audience);
    let model = this.models.get(name);
    if (!model) {
      const { storage, clock, role } = this.host;
      model = new ConversationModel(id, audience === 'staff', {
        clock,
        role,
        me: () => this.user.participant,
        entries: () => this.outbox.entries(id),
        durable: () => storage.durable,
        late: () => this.#late,
        staffReducer: () => this.#staff?.applyToStaff,
      });
      this.models.set(name, model);
    }
    return model;
  }

  /** Mirrors a conversation in all its streams that are shown, once the backend knows it. */
  mirror(id: string): void {
    if (this.outbox.isStarting(id)) return;
    for (const [name, model] of this.models) if (model.id === id) this.log.open(name, model);
  }

  /** Puts a command into the outbox, and connects if nothing did so before. */
  async put(
    command: Command,
    more?: Omit<PutRequest, 'command'>,
  ): Promise<{ entry: OutboxEntry; result: Promise<CommandResult> }> {
    await this.ready;
    const taken = await this.outbox.put({ command, ...more });
    if (this.outbox.isStarting(taken.entry.lane)) this.#current = taken.entry.lane;
    this.user.view.changed();
    this.start();
    return taken;
  }

  start(): void {
    const { state } = this.#change;
    if (state !== 'online' && state !== 'connecting') this.link.start();
  }

  /** Resolves once connected; rejects when there is no use in waiting. */
  async connect(): Promise<void> {
    await this.ready;
    this.start();
    return (await import('../reserve.ts')).untilOnline(this.connection);
  }

  signal(signal: Signal): void {
    if (this.#change.state === 'online') this.#link?.send({ type: 'signal', signal });
  }

  /** Ends the session and leaves nothing behind. */
  async logout(flush: boolean): Promise<void> {
    if (flush && this.outbox.isBusy) {
      this.start();
      await this.outbox.flushed();
    }
    this.closeLink();
    await this.outbox.settled();
    await this.host.storage.clear();
    this.#end('logged_out');
  }

  async destroy(): Promise<void> {
    if (this.#destroyed) return;
    await this.ready;
    await this.outbox.settled();
    this.#destroyed = true;
    this.closeLink();
    this.#unwatch();
    this.outbox.end(destroyed());
    for (const model of this.models.values()) model.dispose();
    this.#set({ state: 'stopped', cause: 'destroyed' });
    this.host.storage.close();
  }

  readonly report = (error: unknown): void => this.#emit('problem', problemOf(error));

  newLog(): EventLog {
    return new EventLog(
      (frame) => this.#link?.send(frame),
      (event) => this.#emit(event.type, event),
    );
  }

  #newOutbox(): Outbox {
    return new Outbox({
      ...this.host,
      atMostOnce: this.connector.delivery === 'at-most-once',
      transmit: (frame) => this.#link?.send(frame),
      me: () => this.user.participant?.id,
      isUnclaimed: () => this.#isUnclaimed,
      late: () => this.#late,
      changed: (lane) => {
        for (const model of this.#modelsOf(lane)) model.view.changed();
        this.tap?.outbox(lane);
      },
      acknowledged: (entry) => this.#acknowledged(entry),
      // The log brings it any moment, unless it had it already, before the oldest message that is held: then a look is due.
      settledElsewhere: (lane) => {
        for (const [name, model] of this.models)
          if (model.id === lane && model.awaitsLog) this.log.refresh(name);
        this.mirror(lane);
      },
      refused: ({ lane, outboxId, n, command: { type } }, problem) => {
        if (type === 'conversation.start') for (const model of this.#modelsOf(lane)) model.problem(problem);
        this.#emit('problem', { ...problem, command: { outboxId, n, type } });
      },
      failed: this.report,
    });
  }

  /** Who a host's token speaks for is not known before the backend says so. */
  get #isUnclaimed(): boolean | undefined {
    return this.host.getToken && !this.user.participant;
  }

  async #begin(): Promise<void> {
    const { storage } = this.host;
    // Begun together, they look together for a database that may not be there.
    const [used] = await Promise.all([
      storage
        .read(async (reader) => (await reader.get(subjectKey)) ?? (await reader.get(outboxKey)))
        .catch(this.report),
      this.#restore(),
    ]);
    if (used !== undefined && this.#change.state === 'idle') this.start();
  }

  async #restore(): Promise<void> {
    const { storage } = this.host;
    const { outbox } = this;
    if (this.#destroyed || this.#isUnclaimed) return;
    try {
      const [current, lost] = await Promise.all([
        storage.read((reader) => reader.get(currentKey)),
        outbox.reload(),
      ]);
      if (this.#destroyed || outbox !== this.outbox) return;
      if (lost) return this.#end(lost);
      if (current) this.#current = current as string;
    } catch (error) {
      this.report(error);
    }
    this.user.view.changed();
  }

  #onFrame(frame: ServerLinkFrame): void {
    switch (frame.type) {
      case 'subscribed':
        this.log.onSubscribed(frame);
        break;
      case 'event':
        if (this.#late || isTalk(frame.event.type)) this.log.onEvent(frame.event);
        else this.log.hold(frame.event.stream);
        break;
      case 'signal':
        return this.#onSignal(frame.signal);
      case 'ack':
      case 'reject':
        return this.outbox.onReply(frame);
      case 'problem':
        if (frame.stream) this.log.onProblem(frame.stream, frame.problem);
        return this.#emit('problem', frame.problem);
    }
    // This page may have asked for one before another page's message began it.
    for (const { conversationId } of this.user.conversations) this.mirror(conversationId);
  }

  #onState(change: ConnectionChange): void {
    // Online, for the client, is more than a line: the storage has to be this subject's. #onWelcome says when.
    if (this.#destroyed || change.state === 'online') return;
    this.#generation++;
    this.log.disconnected();
    this.outbox.disconnected(change.problem?.code === 'frame_too_large');
    this.#set(change);
    // While this page slept, another tab may have logged out.
    if (change.cause === 'woken') void this.#restore();
  }

  async #onWelcome({ participant, limits, tenantId }: LinkWelcome): Promise<void> {
    const generation = ++this.#generation;
    const stale = () => this.#destroyed || generation !== this.#generation;
    const { host, outbox, linking } = this;
    const { id } = participant;
    const before = this.user.participant?.id;
    const verdict = await outbox.inTurn(async () => {
      if (this.#destroyed) return undefined;
      const unclaimed = this.#isUnclaimed;
      if (!unclaimed && (await isHers(host.storage, id, !before))) return undefined;
      const { claimFirst, adoptSubject } = await import('../reserve.ts');
      return unclaimed ? claimFirst(this, id) : adoptSubject(host, id, before, linking);
    });
    if (stale()) return;
    if (verdict === 'logged_out') return this.#end(verdict);
    const changed = verdict === 'removed' || (!linking && before !== undefined && before !== id);
    if (changed) this.#forget('Somebody else is signed in now.');
    this.user.welcomed(participant);
    await this.#restore();
    if (stale()) return;
    this.log.open(userStream(id), this.user);
    if (host.role === 'agent') {
      // Visitors have no inbox and no notes, and never download what it takes.
      this.#staff ??= await import('../store/staff.ts');
      if (stale()) return;
      this.#inbox ??= new this.#staff.InboxModel(this.inbox);
      if (tenantId) this.log.open(inboxStream(tenantId), this.#inbox);
    }
    // Until the link is made, her conversations are not hers.
    if (!this.linking) this.log.connected();
    this.#set({ state: 'online', cause: changed ? 'subject_changed' : 'welcomed' });
    if (!this.#late?.DrainLock) void this.#fetchReserve();
    await this.outbox.connected(limits?.maxFrameBytes);
  }

  /** Fetched while there is a network. */
  async #fetchReserve(): Promise<void> {
    this.#late = await import('../reserve.ts').catch((error: unknown) => {
      this.report(error);
      return {};
    });
    this.log.resume();
  }

  #onSignal(signal: Signal): void {
    if (signal.type === 'availability' || signal.type === 'settings') {
      this.user.told(signal.data);
      for (const model of this.models.values()) model.onSignal(signal);
      return;
    }
    const id = signal.type === 'queue' ? signal.data.queue.conversationId : signal.data.conversationId;
    for (const model of this.#modelsOf(id)) model.onSignal(signal);
  }

  #acknowledged(entry: OutboxEntry): void {
    for (const [name, model] of this.models)
      if (model.id === entry.lane && model.acknowledged(entry)) this.log.refresh(name);
    // The start may have been another tab's, and never seen here.
    this.mirror(entry.lane);
  }

  #modelsOf(id: string | undefined): ConversationModel[] {
    return [...this.models.values()].filter((model) => model.id === id);
  }

  #set(change: ConnectionChange): void {
    this.#change = change;
    this.connection.changed();
  }

  closeLink(): void {
    this.#generation++;
    this.#link?.close();
    this.#link = undefined;
    this.log.disconnected();
    this.outbox.disconnected();
  }

  /** The session is over: it was ended here, or another tab ended it. */
  #end(cause: 'logged_out' | 'subject_changed'): void {
    this.closeLink();
    this.#forget('The session has ended.');
    this.#set({ state: 'stopped', cause });
  }

  /** Shows nothing of the subject until now. Handles that somebody still holds become empty. */
  #forget(why: string): void {
    const error = new SahayError('cancelled', why);
    const models = [...this.models.values()];
    this.models.clear();
    this.outbox.end(error);
    this.outbox = this.#newOutbox();
    this.log = this.newLog();
    this.#current = this.#inbox = undefined;
    for (const model of models) model.forget(problemOf(error));
    this.inbox.changed();
    this.user.forget();
  }
}

const destroyed = (): SahayError =>
  new SahayError('destroyed', 'The client was destroyed. Make another one.');
