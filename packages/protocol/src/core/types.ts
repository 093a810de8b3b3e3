import type {
  Attachment,
  CommandResult,
  CommandType,
  Conversation,
  Consent,
  EventDataMap,
  EventType,
  Id,
  Invitation,
  Limits,
  Message,
  Participant,
  Part,
  PreChatField,
  Problem,
  StaffState,
  Survey,
  Time,
  VisitorContext,
} from '../generated/types.ts';

/** What the core may ask about a conversation. Lookups by id keep a decision's cost independent of its length. */
export interface ConversationView {
  conversation: Conversation | undefined;
  staff: StaffState;
  message(id: Id): Message | undefined;
  /** The message's place in the conversation; later messages are greater. */
  order(messageId: Id): number | undefined;
  /** An attachment by its id, which is unique in the tenant: it may be another conversation's. */
  attachment(id: Id): Attachment | undefined;
  /**
   * Whether a visitor consents to a purpose, and to this version of the policy where one is named; asked only where the policy
   * wants consent. A view without it has none.
   */
  consents?: ((visitorId: Id, purpose: Id, policyVersion?: string) => boolean) | undefined;
  /** Whether a visitor has said anything, in whichever of her conversations; asked only where the policy has questions. A view without it says no. */
  hasSpoken?: ((visitorId: Id) => boolean) | undefined;
  /** How a visitor said she can be reached, in the latest of her conversations that knows it; asked when another begins. */
  contactOf?: ((visitorId: Id) => VisitorContext['contact']) | undefined;
  /**
   * The id of the message that this author sent under this `clientMessageId`. A view without it cannot tell a message
   * that is sent again through another outbox.
   */
  sentMessage?(authorId: Id, clientMessageId: Id): Id | undefined;
  /** The invitations that stand for a visitor. A view without it cannot begin a conversation by one. */
  invitations?: ((visitorId: Id) => readonly Invitation[]) | undefined;
}

/** What the core may ask about a user. */
export interface UserView {
  consents: readonly Consent[];
  invitation(id: Id): Invitation | undefined;
  /** The conversation that an invitation led to. A view without it takes a repetition through another outbox for a late one. */
  accepted?(invitationId: Id): Id | undefined;
  /**
   * For `identity.link`: the anonymous visitor whose token the command brought, as far as the backend could tell. A view
   * without it cannot link.
   */
  former?: FormerVisitor | undefined;
  /** For `data.erase`: the conversations that are hers. A view without it cannot erase. */
  conversations?: readonly Conversation[] | undefined;
}

/** An anonymous visitor who is about to become a known one, with all that is hers. */
export interface FormerVisitor {
  visitor: Participant;
  /** Whom she became already. */
  linkedTo?: Id | undefined;
  /** Oldest first. */
  conversations: readonly Conversation[];
  consents: readonly Consent[];
  invitations: readonly Invitation[];
}

/** Who gives a command: as established by the token, never as claimed in a frame. */
export interface Actor extends Participant {
  tenantId: Id;
}

/** Commands that need consent to a purpose. */
export interface ConsentGate {
  purpose: Id;
  /** Consent to another version does not count. Default: to any. */
  policyVersion?: string | undefined;
  commands: readonly CommandType[];
}

/** What differs from one installation to the next. */
export interface Policy {
  limits: Limits;
  /** The bot that answers first; without one, conversations start in the queue. */
  bot?: Participant | undefined;
  /** Whether the bot answers again when it is asked to. Default no: `message.regenerate` is refused then. */
  regenerates?: boolean | undefined;
  /** What the bot says first, in a language; recorded when the conversation starts. */
  greeting?: ((locale: string) => Part[]) | undefined;
  /** Which survey follows a close; default none. */
  surveyOnClose?: Survey['kind'] | undefined;
  /** What a visitor has to answer before she is heard for the first time; of these fields the required ones. Default none. */
  questions?: readonly PreChatField[] | undefined;
  /** Commands that a visitor may give only once she has consented to a purpose. Default none. */
  consent?: readonly ConsentGate[] | undefined;
  /** How long a survey may be answered, in ms. Default 7 days. */
  surveyTtlMs?: number | undefined;
  /** How long one's own message may be edited, in ms. Default 15 minutes. */
  editWindowMs?: number | undefined;
  /** How long after its close a conversation may be reopened, in ms. Default 24 hours. */
  reopenWindowMs?: number | undefined;
}

/** Time, ids and policy: all that a decision may depend on beside state and command. */
export interface Environment {
  now(): Time;
  /** A fresh id that starts with the prefix. */
  newId(prefix: string): Id;
  policy: Policy;
}

/** Where an event is appended. An event for the public goes to the staff stream too. */
export type EventTarget =
  | { kind: 'conversation'; id: Id; audience: 'public' | 'staff' }
  | { kind: 'user'; id: Id }
  | { kind: 'inbox'; id: Id };

/** An event on its way into the log: not yet numbered. */
export type NewEvent<T extends EventType = EventType> = {
  [K in T]: { type: K; target: EventTarget; data: EventDataMap[K] };
}[T];

/** What a command leads to: events and a result, or a refusal that changes nothing. */
export type Decision = { events: NewEvent[]; result: CommandResult } | { problem: Problem };
