import type {
  AckFrame,
  Attachment,
  CommandFrame,
  Conversation,
  Cursor,
  LogEvent,
  Participant,
  Problem,
  RejectFrame,
  Snapshot,
  StreamName,
  SubscribedFrame,
  VisitorContext,
} from '../generated/types.ts';
import { laneOf } from '../lane-of.ts';
import { conversationStream, inboxStream, parseStream, userStream } from '../streams.ts';
import type { Fact } from './apply-conversation.ts';
import { eraseInUser, isErased, rewritesHistory, tellsOf } from './apply-rewrite.ts';
import { applyToInbox, emptyInboxState, type InboxState } from './apply-inbox.ts';
import { applyToUser, type UserState } from './apply-user.ts';
import { emptyUserState } from './talk.ts';
import { decideElapsed, type Elapsed } from './decide/elapsed.ts';
import { decide, decideForUser, refusalByCatalogue } from './decide/index.ts';
import { hasConsent } from './decide/user.ts';
import { inboxEntryOf } from './inbox-entry.ts';
import { canonical } from './lane.ts';
import { mayRead } from './may-read.ts';
import { MemoryLanes, type Outcome } from './memory-lanes.ts';
import { MemoryConversation } from './memory-conversation.ts';
import type { Actor, Decision, Environment, FormerVisitor, NewEvent, Policy } from './types.ts';

/** How a {@link MemoryBackend} is set up. */
export interface MemoryBackendOptions {
  tenantId: string;
  policy: Policy;
  /** Milliseconds since 1970; inject it to own the clock. Default `Date.now`. */
  now?: () => number;
  /** Makes ids; default: a counter behind a prefix, so that runs are repeatable. */
  newId?: (prefix: string) => string;
  /** Whom an access token speaks for, also once her session has ended; without it `identity.link` is not supported. */
  bearerOf?: (token: string) => Actor | undefined;
  /** Told that an anonymous visitor became a known one: her sessions end. */
  onLinked?: (from: string, to: string) => void;
}

type StreamRecord = { epoch: string; events: LogEvent[] };

/**
 * A whole backend in memory, by the same rules as the reference server: lanes, streams, cursors, snapshots.
 * Mocks put HTTP and sockets around it; a client without a backend of its own keeps its local log in it.
 *
 * @example
 * const backend = new MemoryBackend({ tenantId: 'demo', policy: { limits: defaultLimits } });
 * backend.onEvent((event) => console.log(event.stream, event.seq, event.type));
 */
export class MemoryBackend {
  readonly #options: MemoryBackendOptions;
  readonly #conversations = new Map<string, MemoryConversation>();
  readonly #attachments = new Map<string, Attachment>();
  readonly #users = new Map<string, UserState>();
  #inbox: InboxState = emptyInboxState;
  readonly #streams = new Map<StreamName, StreamRecord>();
  readonly #links = new Map<string, string>();
  readonly #lanes = new MemoryLanes();
  readonly #listeners = new Set<(event: LogEvent) => void>();
  readonly #undelivered: LogEvent[] = [];
  #delivering = false;
  #ids = 0;

  constructor(options: MemoryBackendOptions) {
    this.#options = options;
  }

  get #environment(): Environment {
    return {
      now: () => this.#time(),
      newId: (prefix) => this.#newId(prefix),
      policy: this.#options.policy,
    };
  }

  #time(): string {
    return new Date((this.#options.now ?? Date.now)()).toISOString();
  }

  #newId(prefix: string): string {
    return this.#options.newId?.(prefix) ?? `${prefix}_${(++this.#ids).toString(36)}`;
  }

  /** Hears every event of every stream, once it is appended. Returns the unsubscribe. */
  onEvent(listener: (event: LogEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The conversation's state and messages, for reading. */
  conversation(id: string): MemoryConversation | undefined {
    return this.#conversations.get(id);
  }

  /** Whether this actor may read this stream. */
  mayRead(actor: Actor, stream: StreamName): boolean {
    return mayRead(actor, stream, (id) => this.#conversations.get(id)?.conversation);
  }

  /**
   * Runs a numbered command by the rules of its lane.
   *
   * @param refusal why it is refused in its lane without being decided: it is malformed, or a capability is absent
   */
  execute(
    actor: Actor,
    { outboxId, n, command }: Pick<CommandFrame, 'outboxId' | 'n' | 'command'>,
    refusal?: Problem,
  ): AckFrame | RejectFrame {
    const lane = laneOf(command);
    const former =
      !refusal && command.type === 'identity.link' ? this.#formerOf(command.data.token) : undefined;
    if (former) this.#lanes.lend(outboxId, former.visitor, actor);
    const place = { actor, outboxId, lane, n, digest: canonical(command) };
    const reply = (outcome: Outcome): AckFrame | RejectFrame =>
      'problem' in outcome
        ? { type: 'reject', outboxId, n, lane, problem: outcome.problem }
        : { type: 'ack', outboxId, n, lane, result: outcome.result };
    const settled = this.#lanes.settled(place);
    if (settled) return reply(settled);
    const decision = refusal ? { problem: refusal } : this.#decide(actor, command, former);
    if ('problem' in decision) {
      if (!decision.problem.retryable) this.#lanes.settle(place, decision);
      return reply(decision);
    }
    const events = this.#appendAll(decision.events);
    if (former && decision.events.length > 0) this.#link(former.visitor, actor);
    const outcome = { result: decision.result };
    // Settled before anybody hears of it: a listener that fails must not make the command run again.
    this.#lanes.settle(place, outcome);
    this.#deliver(events);
    return reply(outcome);
  }

  /** Lets time run out for a conversation, as a backend's timers would. */
  elapse(conversationId: string, elapsed: Elapsed): void {
    const conversation = this.#conversations.get(conversationId)?.conversation;
    if (conversation) this.append(decideElapsed(elapsed, conversation, this.#environment));
  }

  /** Appends events that no command led to, such as an invitation. */
  append(events: readonly NewEvent[]): void {
    this.#deliver(this.#appendAll(events));
  }

  #appendAll(events: readonly NewEvent[]): LogEvent[] {
    const touched = new Set<string>();
    const appended = events.flatMap((event) => this.#append(event, touched));
    for (const id of touched) appended.push(...this.#inboxChange(id));
    return appended;
  }

  /**
   * Tells the listeners, in the order of the log, even when one of them gives a command of its own: what that leads to
   * waits its turn. An error of a listener's is thrown on once all were told.
   */
  #deliver(events: readonly LogEvent[]): void {
    this.#undelivered.push(...events);
    if (this.#delivering) return;
    this.#delivering = true;
    const errors: unknown[] = [];
    for (let event = this.#undelivered.shift(); event; event = this.#undelivered.shift())
      for (const listener of [...this.#listeners]) {
        try {
          listener(event);
        } catch (error) {
          errors.push(error);
        }
      }
    this.#delivering = false;
    if (errors.length > 0)
      throw errors.length === 1 ? errors[0] : new AggregateError(errors, 'Listeners failed.');
  }

  #formerOf(token: string): FormerVisitor | undefined {
    const visitor = this.#options.bearerOf?.(token);
    if (!visitor) return undefined;
    const { consents, invitations } = this.#users.get(visitor.id) ?? emptyUserState;
    const conversations = this.#conversationsOf(visitor.id);
    return { visitor, linkedTo: this.#links.get(visitor.id), conversations, consents, invitations };
  }

  #consents(visitorId: string, purpose: string, policyVersion?: string): boolean {
    return hasConsent(this.#users.get(visitorId)?.consents ?? [], purpose, policyVersion);
  }

  #hasSpoken(visitorId: string): boolean {
    return [...this.#conversations.values()].some(
      ({ conversation, messages }) =>
        conversation?.visitor.id === visitorId &&
        [...messages.values()].some(({ author }) => author.id === visitorId),
    );
  }

  #contactOf(visitorId: string): VisitorContext['contact'] {
    return [...this.#conversations.values()].findLast(
      ({ conversation, staff }) => conversation?.visitor.id === visitorId && staff.context.contact,
    )?.staff.context.contact;
  }

  #acceptedBy(userId: string, invitationId: string): string | undefined {
    const { events = [] } = this.#streams.get(userStream(userId)) ?? {};
    for (const { type, data } of events)
      if (type === 'invitation.accepted' && data.invitationId === invitationId) return data.conversationId;
    return undefined;
  }

  #conversationsOf(visitorId: string): Conversation[] {
    return [...this.#conversations.values()].flatMap(({ conversation }) =>
      conversation?.visitor.id === visitorId ? [conversation] : [],
    );
  }

  #link(from: Participant, to: Actor): void {
    this.#links.set(from.id, to.id);
    this.#users.delete(from.id);
    this.#lanes.pass(from, to);
    this.#options.onLinked?.(from.id, to.id);
  }

  #decide(actor: Actor, command: CommandFrame['command'], former?: FormerVisitor): Decision {
    const refusal = refusalByCatalogue(command, actor);
    if (refusal) return refusal;
    if (laneOf(command) === 'user') {
      const state = this.#users.get(actor.id) ?? emptyUserState;
      const view = {
        consents: state.consents,
        invitation: (id: string) => state.invitations.find((i) => i.invitationId === id),
        accepted: (id: string) => this.#acceptedBy(actor.id, id),
        former,
        conversations: this.#conversationsOf(actor.id),
      };
      return decideForUser(command, actor, view, this.#environment);
    }
    const view = this.#conversations.get(command.conversationId ?? '') ?? this.#newConversation();
    view.consents = (...asked) => this.#consents(...asked);
    view.hasSpoken = (visitorId) => this.#hasSpoken(visitorId);
    view.contactOf = (visitorId) => this.#contactOf(visitorId);
    view.invitations = (id) => this.#users.get(id)?.invitations ?? [];
    return decide(command, actor, view, this.#environment);
  }

  #newConversation(): MemoryConversation {
    return new MemoryConversation(this.#attachments);
  }

  #append({ type, target, data }: NewEvent, touched: Set<string>): LogEvent[] {
    const id = this.#newId('e');
    const time = this.#time();
    const place = (name: StreamName): LogEvent => {
      const stream = this.#stream(name);
      const event = {
        id,
        type,
        stream: name,
        epoch: stream.epoch,
        seq: stream.events.length + 1,
        time,
        data,
      } as LogEvent;
      stream.events.push(event);
      return event;
    };
    const fact = { type, time, data } as Fact;
    switch (target.kind) {
      case 'conversation': {
        const held = this.#conversations.get(target.id) ?? this.#newConversation();
        this.#conversations.set(target.id, held);
        if (type === 'conversation.erased') this.#forgetIn(target.id, held.conversation?.visitor.id);
        held.apply(fact);
        touched.add(target.id);
        if (rewritesHistory(type))
          for (const audience of ['public', 'staff'] as const)
            this.#rewrite(conversationStream(target.id, audience), type);
        const staff = place(conversationStream(target.id, 'staff'));
        return target.audience === 'public'
          ? [place(conversationStream(target.id, 'public')), staff]
          : [staff];
      }
      case 'user':
        this.#applyToUser(target.id, fact);
        return [place(userStream(target.id))];
      case 'inbox':
        this.#inbox = applyToInbox(this.#inbox, fact);
        return [place(inboxStream(target.id))];
    }
  }

  #applyToUser(id: string, fact: Fact): void {
    const state = this.#users.get(id) ?? emptyUserState;
    if (fact.type === 'data.erased') {
      this.#users.set(id, eraseInUser(state, fact.data));
      this.rotateEpoch(userStream(id));
      if (fact.data.conversationId === undefined)
        for (const one of this.#namesOf(id)) this.#blank(userStream(one));
    } else this.#users.set(id, applyToUser(state, fact));
  }

  /** A new epoch, in which what was said keeps its place; of what was erased nothing else is left. */
  #rewrite(name: StreamName, type: string): void {
    this.rotateEpoch(name);
    if (type === 'conversation.erased') this.#blank(name);
  }

  /** Takes from the inbox's log and from the visitor's what they say of a conversation. */
  #forgetIn(id: string, visitorId = ''): void {
    const streams = [inboxStream(this.#options.tenantId), ...this.#namesOf(visitorId).map(userStream)];
    for (const name of streams) if (this.#streams.has(name)) this.#blank(name, id);
  }

  /** A user's id, and those that she had before she was known. */
  #namesOf(id: string): string[] {
    return [id, ...[...this.#links].flatMap(([former, known]) => (known === id ? [former] : []))];
  }

  /** Events keep their places and lose their contents: all, or those that say something of one conversation. Their readers begin anew. */
  #blank(name: StreamName, conversationId?: string): void {
    this.rotateEpoch(name);
    const stream = this.#stream(name);
    stream.events = stream.events.map((event) =>
      conversationId === undefined || tellsOf(event, conversationId)
        ? ({ ...event, data: {} } as LogEvent)
        : event,
    );
  }

  #inboxChange(conversationId: string): LogEvent[] {
    const held = this.#conversations.get(conversationId);
    if (!held?.conversation) return [];
    const entry = inboxEntryOf(held.conversation, held.lastMessage, held.staff.context);
    const before = this.#inbox.entries.find((e) => e.conversationId === conversationId);
    if (before && canonical(before) === canonical(entry)) return [];
    return this.#append(
      { type: 'inbox.changed', target: { kind: 'inbox', id: this.#options.tenantId }, data: { entry } },
      new Set(),
    );
  }

  #stream(name: StreamName): StreamRecord {
    let stream = this.#streams.get(name);
    if (!stream) this.#streams.set(name, (stream = { epoch: this.#newId('ep'), events: [] }));
    return stream;
  }

  /**
   * Reads a stream from a cursor: the events after it when the cursor fits the log, else a snapshot. Register a
   * listener before you call it, so that nothing falls between.
   */
  read(name: StreamName, cursor?: Cursor): { subscribed: SubscribedFrame; events: LogEvent[] } {
    const { epoch, events } = this.#stream(name);
    const headSeq = events.length;
    const fits =
      cursor?.stream === name &&
      cursor.epoch === epoch &&
      cursor.seq <= headSeq &&
      (cursor.seq === 0 || events[cursor.seq - 1]?.id === cursor.eventId);
    const missed = cursor && fits ? events.slice(cursor.seq) : undefined;
    if (missed && !missed.some(isErased))
      return {
        subscribed: { type: 'subscribed', stream: name, epoch, headSeq, recovered: true },
        events: missed,
      };
    const snapshot = this.#snapshot(name, { stream: name, epoch, seq: headSeq, eventId: events.at(-1)?.id });
    return {
      subscribed: {
        type: 'subscribed',
        stream: name,
        epoch,
        headSeq,
        recovered: false,
        ...(snapshot && { snapshot }),
      },
      events: [],
    };
  }

  #snapshot(name: StreamName, asOf: Cursor): Snapshot | undefined {
    const address = parseStream(name);
    switch (address?.kind) {
      case 'user':
        return { kind: 'user', asOf, ...(this.#users.get(address.id) ?? emptyUserState) };
      case 'inbox':
        return { kind: 'inbox', asOf, ...this.#inbox };
      case 'conversation': {
        const held = this.#conversations.get(address.id);
        if (!held?.conversation) return undefined;
        const { conversation, staff } = held;
        return {
          kind: 'conversation',
          asOf,
          conversation,
          messages: [...held.messages.values()],
          ...(address.audience === 'staff' && { staff }),
        };
      }
      default:
        return undefined;
    }
  }

  /** Starts a stream anew under another epoch, as after an erasure: every cursor then recovers by snapshot. */
  rotateEpoch(name: StreamName): void {
    const stream = this.#stream(name);
    const epoch = this.#newId('ep');
    stream.epoch = epoch;
    stream.events = stream.events.map((event) => ({ ...event, epoch }));
  }
}
