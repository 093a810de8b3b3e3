import { conversationStream, inboxStream, userStream } from '@sahay/protocol';
import type { Command, CommandResult, LogEvent, Problem, Signal } from '@sahay/protocol';
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
import { outboxKey } from '../outbox/outbox-keys.ts';
import { currentKey, OutboxStore } from '../outbox/outbox-store.ts';
import { Outbox } from '../outbox/outbox.ts';
import { Observable } from '../readable.ts';
import { errorOf, problemOf, SahayError } from '../sahay-error.ts';
import { ConversationModel } from '../store/conversation-model.ts';
import type { applyToStaff, InboxModel } from '../store/staff.ts';
import { UserModel } from '../store/user-model.ts';
import type { ConnectionSnapshot, InboxView } from '../support-client.ts';
import { adoptSubject, subjectKey } from './subject.ts';

const audiences = ['public', 'staff'] as const;
type Audience = (typeof audiences)[number];

/** What a session tells the client beside its snapshots. */
export interface SessionListener {
  event(event: LogEvent): void;
  problem(problem: Problem): void;
}

/** Joins connector, outbox, log and store: what one layer says, the next one hears. Knows no method of the façade. */
export class Session {
  readonly connection: Observable<ConnectionSnapshot>;
  readonly user: UserModel;
  readonly inbox: Observable<InboxView>;
  readonly outbox: Outbox;
  readonly ready: Promise<void>;
  readonly #host: ConnectorHost;
  readonly #connector: LogConnector;
  readonly #listener: SessionListener;
  readonly #log: EventLog;
  readonly #models = new Map<string, ConversationModel>();
  readonly #waiting = new Set<{ resolve: () => void; reject: (error: SahayError) => void }>();
  #change: ConnectionChange = { state: 'idle', cause: 'created' };
  #link: LogLink | undefined;
  #inbox: InboxModel | undefined;
  #applyToStaff: typeof applyToStaff | undefined;
  #current: string | undefined;
  #unwatch: () => void;
  #destroyed = false;
  /** Counts what changes the subject, so that work begun before does not end after. */
  #generation = 0;

  constructor(connector: LogConnector, host: Omit<ConnectorHost, 'handlers'>, listener: SessionListener) {
    this.#connector = connector;
    this.#listener = listener;
    this.#host = {
      ...host,
      handlers: {
        onState: (change) => this.#onState(change),
        onWelcome: (welcome) => void this.#onWelcome(welcome).catch((error: unknown) => this.#report(error)),
        onFrame: (frame) => this.#onFrame(frame),
      },
    };
    this.#log = new EventLog(
      (frame) => this.#link?.send(frame),
      (event) => listener.event(event),
    );
    this.inbox = new Observable(() => this.#inbox?.snapshot() ?? { ready: false, entries: [], agents: [] });
    this.user = new UserModel(() => this.currentId());
    this.connection = new Observable(() => ({ ...this.#change, durable: host.storage.durable }));
    this.outbox = new Outbox(new OutboxStore(host.storage), {
      clock: host.clock,
      random: host.random,
      atMostOnce: connector.delivery === 'at-most-once',
      transmit: (frame) => this.#link?.send(frame),
      changed: (lane) => this.#modelsOf(lane).forEach((model) => model.view.changed()),
      acknowledged: (entry) => this.#acknowledged(entry),
      refused: (entry, problem) => this.#refused(entry, problem),
    });
    this.#unwatch = host.storage.watch(() => void this.#restore());
    this.ready = this.#begin();
  }

  get host(): ConnectorHost {
    return this.#host;
  }

  get connector(): LogConnector {
    return this.#connector;
  }

  get link(): LogLink {
    if (this.#destroyed) throw new SahayError('destroyed', 'The client was destroyed. Make another one.');
    return (this.#link ??= this.#connector.open(this.#host));
  }

  /**
   * The id of the visitor's latest open conversation; a day after its close it is still current, so that a reload does
   * not take the end, and the survey, from her.
   */
  currentId(): string | undefined {
    const { conversations, ready } = this.user;
    const dayAgo = new Date(this.host.clock.now() - 86_400_000).toISOString();
    const goesOn = conversations.filter((one) => one.status === 'open' || (one.closedAt ?? '') > dayAgo);
    const current = this.#current;
    if (
      current &&
      (goesOn.some((one) => one.conversationId === current) ||
        !ready ||
        this.outbox.entries(current).length > 0)
    )
      return current;
    const rank = (one: (typeof goesOn)[number]): string => `${one.status === 'open' ? 1 : 0}${one.startedAt}`;
    return goesOn.sort((a, b) => (rank(a) < rank(b) ? 1 : -1))[0]?.conversationId;
  }

  /** The model of a conversation: the same one each time. */
  model(id: string, audience: Audience): ConversationModel {
    const name = conversationStream(id, audience);
    let model = this.#models.get(name);
    if (!model) {
      const { storage, clock, role } = this.#host;
      model = new ConversationModel(id, audience === 'staff', {
        clock,
        role,
        me: () => this.user.participant,
        entries: () => this.outbox.entries(id),
        durable: () => storage.durable,
        staffReducer: () => this.#applyToStaff,
      });
      this.#models.set(name, model);
    }
    return model;
  }

  /** Mirrors a conversation, once the backend knows it. */
  mirror(id: string, audience: Audience): void {
    const name = conversationStream(id, audience);
    const model = this.#models.get(name);
    if (model && !this.outbox.isStarting(id)) this.#log.open(name, model);
  }

  /** Puts a command into the outbox, and connects if nothing did so before. */
  async put(
    command: Command,
    more: { start?: Command | undefined; instead?: OutboxEntry | undefined } = {},
  ): Promise<{ entry: OutboxEntry; result: Promise<CommandResult> }> {
    await this.ready;
    const taken = await this.outbox.put({ commands: [command], ...more });
    if (this.outbox.isStarting(taken.entry.lane)) this.#current = taken.entry.lane;
    this.user.view.changed();
    this.start();
    return taken;
  }

  start(): void {
    if (this.#change.state !== 'online' && this.#change.state !== 'connecting') this.link.start();
  }

  /** Resolves once connected; rejects when there is no use in waiting. */
  async connect(): Promise<void> {
    await this.ready;
    this.start();
    if (this.#change.state === 'online') return;
    await new Promise<void>((resolve, reject) => this.#waiting.add({ resolve, reject }));
  }

  signal(signal: Signal): void {
    if (this.#change.state === 'online') this.#link?.send({ type: 'signal', signal });
  }

  /** Ends the session and leaves nothing behind. */
  async logout(): Promise<void> {
    this.#closeLink();
    await this.outbox.settled();
    await this.#host.storage.clear();
    this.#end('logged_out');
  }

  async destroy(): Promise<void> {
    if (this.#destroyed) return;
    await this.ready;
    await this.outbox.settled();
    this.#destroyed = true;
    this.#generation++;
    this.#closeLink();
    this.#unwatch();
    this.outbox.end();
    for (const model of this.#models.values()) model.dispose();
    this.#set({ state: 'stopped', cause: 'destroyed' });
    this.#host.storage.close();
  }

  async #begin(): Promise<void> {
    const { storage, getToken } = this.#host;
    const used = await storage
      .read(async (reader) => (await reader.get(subjectKey)) ?? (await reader.get(outboxKey)))
      .catch((error: unknown) => this.#report(error));
    // Who a host's token speaks for is not known before the backend says so: until then nothing stored is shown.
    if (!getToken) await this.#restore();
    if (used !== undefined && !this.#destroyed) this.start();
  }

  async #restore(): Promise<void> {
    const { storage, getToken } = this.#host;
    const me = this.user.participant?.id;
    if (this.#destroyed || (getToken && !me)) return;
    try {
      const [current, subject] = await storage.read(async (reader) => [
        await reader.get(currentKey),
        await reader.get(subjectKey),
      ]);
      if (this.#destroyed || this.user.participant?.id !== me) return;
      if (me !== undefined && subject !== me)
        return this.#end(subject === undefined ? 'logged_out' : 'subject_changed');
      if (typeof current === 'string') this.#current = current;
      await this.outbox.reload();
    } catch (error) {
      this.#report(error);
    }
    this.user.view.changed();
  }

  #onFrame(frame: ServerLinkFrame): void {
    switch (frame.type) {
      case 'subscribed':
        return this.#log.onSubscribed(frame);
      case 'event':
        return this.#log.onEvent(frame.event);
      case 'signal':
        return this.#onSignal(frame.signal);
      case 'ack':
        return this.outbox.onAck(frame);
      case 'reject':
        return this.outbox.onReject(frame);
      case 'problem':
        if (frame.stream) this.#log.onProblem(frame.stream, frame.problem);
        this.#listener.problem(frame.problem);
    }
  }

  #report(error: unknown): void {
    this.#listener.problem(problemOf(error));
  }

  #onState(change: ConnectionChange): void {
    // Online, for the client, is more than a line: the storage has to be this subject's. #onWelcome says when.
    if (this.#destroyed || change.state === 'online') return;
    this.#generation++;
    this.#log.disconnected();
    this.outbox.disconnected(change.problem?.code === 'frame_too_large' ? 'frame_too_large' : undefined);
    this.#set(change);
  }

  async #onWelcome({ participant, limits, tenantId }: LinkWelcome): Promise<void> {
    const generation = ++this.#generation;
    const stale = () => generation !== this.#generation || this.#destroyed;
    const { storage, getToken, role } = this.#host;
    const before = this.user.participant?.id;
    const claim = !getToken || before === participant.id || this.outbox.isBusy;
    const removed = await adoptSubject(storage, participant.id, !getToken, claim);
    if (stale()) return;
    const changed = removed || (before !== undefined && before !== participant.id);
    if (changed) this.#forget('Somebody else is signed in now.');
    this.user.welcomed(participant);
    await this.#restore();
    if (stale()) return;
    this.#log.open(userStream(participant.id), this.user);
    if (role === 'agent') {
      // Visitors have no inbox and no notes, and never download what it takes.
      const { applyToStaff, InboxModel } = await import('../store/staff.ts');
      if (stale()) return;
      this.#applyToStaff = applyToStaff;
      if (tenantId) this.#log.open(inboxStream(tenantId), (this.#inbox ??= new InboxModel(this.inbox)));
    }
    this.#log.connected();
    this.#set({ state: 'online', cause: changed ? 'subject_changed' : 'welcomed' });
    await this.outbox.connected(limits);
  }

  #onSignal(signal: Signal): void {
    if (signal.type === 'availability') {
      this.user.available(signal.data.availability);
      for (const model of this.#models.values()) model.onSignal(signal);
      return;
    }
    const id = signal.type === 'queue' ? signal.data.queue.conversationId : signal.data.conversationId;
    if (id !== undefined) for (const model of this.#modelsOf(id)) model.onSignal(signal);
  }

  #acknowledged(entry: OutboxEntry): void {
    for (const model of this.#modelsOf(entry.lane)) model.acknowledged(entry);
    if (entry.command.type !== 'conversation.start') return;
    for (const audience of audiences) this.mirror(entry.lane, audience);
  }

  #refused(entry: OutboxEntry, problem: Problem): void {
    if (entry.command.type === 'conversation.start')
      for (const model of this.#modelsOf(entry.lane)) model.problem(problem);
    const { outboxId, n, command } = entry;
    this.#listener.problem({ ...problem, command: { outboxId, n, type: command.type } });
  }

  #modelsOf(id: string): ConversationModel[] {
    return audiences.flatMap((audience) => this.#models.get(conversationStream(id, audience)) ?? []);
  }

  #set(change: ConnectionChange): void {
    this.#change = change;
    if (change.state === 'online' || change.state === 'stopped') {
      for (const { resolve, reject } of this.#waiting)
        if (change.state === 'online') resolve();
        else
          reject(
            change.problem
              ? errorOf(change.problem)
              : new SahayError('cancelled', `The connection was stopped (${change.cause}).`),
          );
      this.#waiting.clear();
    }
    this.connection.changed();
  }

  #closeLink(): void {
    this.#generation++;
    this.#link?.close();
    this.#link = undefined;
    this.#log.disconnected();
    this.outbox.disconnected();
  }

  /** The session is over: it was ended here, or another tab ended it. */
  #end(cause: 'logged_out' | 'subject_changed'): void {
    this.#closeLink();
    this.#forget('The session has ended.');
    this.#set({ state: 'stopped', cause });
  }

  /** Shows nothing of the subject until now. Handles that somebody still holds become empty. */
  #forget(why: string): void {
    const error = new SahayError('cancelled', why);
    const models = [...this.#models.values()];
    this.#models.clear();
    this.#log.reset();
    this.#current = undefined;
    this.outbox.reset(error);
    for (const model of models) model.forget(problemOf(error));
    this.#inbox = undefined;
    this.inbox.changed();
    this.user.forget();
  }
}
