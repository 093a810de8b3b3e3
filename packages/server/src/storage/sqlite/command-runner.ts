import { laneOf, makeProblem, userStream, type Command, type Problem } from '@sahay/protocol';
import {
  decide,
  decideElapsed,
  decideForUser,
  refusalByCatalogue,
  type Actor,
  type Decision,
  type Elapsed,
  type Environment,
  type Policy,
} from '@sahay/protocol/core';
import type { CommandFacts, ExecuteOptions, NumberedCommand, Reply } from '../store.ts';
import type { Database } from './database.ts';
import { digestOf, type LaneTable, type Outcome } from './lane-table.ts';
import { VisitorLinks } from './visitor-links.ts';
import type { AppendedEvent, LogWriter } from './log-writer.ts';
import { StoredConversation } from './stored-conversation.ts';
import { userStateOf } from './user-state.ts';

/** What a command led to: its reply, and the events that were appended. */
export interface Execution {
  reply: Reply;
  events: AppendedEvent[];
}

/** Runs numbered commands: lane, rules, events, projections and the lane's record, all in the caller's transaction. */
export class CommandRunner {
  readonly #db: Database;
  readonly #lanes: LaneTable;
  readonly #writer: LogWriter;
  #policy: Policy;
  readonly #links: VisitorLinks;
  readonly #newId: (prefix: string) => string;

  constructor(
    db: Database,
    lanes: LaneTable,
    writer: LogWriter,
    policy: Policy,
    newId: (prefix: string) => string,
  ) {
    this.#db = db;
    this.#lanes = lanes;
    this.#writer = writer;
    this.#policy = policy;
    this.#links = new VisitorLinks(db, lanes);
    this.#newId = newId;
  }

  /** Other rules hold from the next command on. */
  set policy(policy: Policy) {
    this.#policy = policy;
  }

  /** @param options what the surroundings say of it; counts only when the lane lets the command run */
  execute(actor: Actor, numbered: NumberedCommand, time: string, options: ExecuteOptions = {}): Execution {
    const { outboxId, n, command } = numbered;
    const lane = laneOf(command);
    const refused = (problem: Problem): Execution => ({
      reply: { type: 'reject', outboxId, n, lane, problem },
      events: [],
    });
    if (this.#links.hasLeft(actor))
      return refused(makeProblem('token_invalid', 'This visitor became a known one. Use her token.'));
    const former = command.type === 'identity.link' ? options.facts?.former?.visitor : undefined;
    if (
      !this.#lanes.belongsTo(actor, outboxId) &&
      !(former && this.#lanes.belongsTo({ ...actor, id: former.id }, outboxId))
    )
      return refused(
        (command.type === 'identity.link' && options.refusal) ||
          makeProblem('outbox_conflict', 'This outbox belongs to somebody else. Mint a new one.'),
      );
    const digest = digestOf(command);
    const admission = this.#lanes.admit(numbered, lane, digest);
    switch (admission.kind) {
      case 'hole': {
        const { expected } = admission;
        return refused(
          makeProblem('out_of_order', `Number ${expected} is missing. Send it first.`, { expected }),
        );
      }
      case 'mismatch':
      case 'forgotten':
        return refused(
          makeProblem('payload_mismatch', `Number ${n} was used with another command. Mint a new outbox.`),
        );
      case 'replay':
        return { reply: replyOf(numbered, lane, admission.result), events: [] };
      case 'run': {
        const { outcome, events } = this.#run(actor, command, time, options);
        if ('problem' in outcome && outcome.problem.retryable) return refused(outcome.problem);
        this.#lanes.complete(actor, numbered, lane, digest, outcome);
        if (former && events.length > 0) this.#links.link(former.id, actor, time);
        return { reply: replyOf(numbered, lane, outcome), events };
      }
    }
  }

  /** Lets time run out for a conversation. */
  elapse(id: string, elapsed: Elapsed, time: string): AppendedEvent[] {
    const stored = new StoredConversation(this.#db, id);
    const environment: Environment = { now: () => time, newId: this.#newId, policy: this.#policy };
    if (!stored.conversation) return [];
    return this.#writer.append(decideElapsed(elapsed, stored.conversation, environment), time, {
      id,
      stored,
    });
  }

  #run(
    actor: Actor,
    command: Command,
    time: string,
    { refusal, facts }: ExecuteOptions,
  ): { outcome: Outcome; events: AppendedEvent[] } {
    if (refusal) return { outcome: { problem: refusal }, events: [] };
    const id = command.conversationId ?? '';
    const stored = new StoredConversation(this.#db, id);
    const decision = this.#decide(actor, command, stored, time, facts);
    if ('problem' in decision) return { outcome: decision, events: [] };
    const events = this.#writer.append(decision.events, time, { id, stored });
    return { outcome: { result: withUploadUrl(command, decision.result) }, events };
  }

  #decide(
    actor: Actor,
    command: Command,
    stored: StoredConversation,
    time: string,
    facts?: CommandFacts,
  ): Decision {
    const environment: Environment = { now: () => time, newId: this.#newId, policy: this.#policy };
    const refusal = refusalByCatalogue(command, actor);
    if (refusal) return refusal;
    if (laneOf(command) !== 'user') return decide(command, actor, stored, environment);
    const { consents, invitations } = userStateOf(this.#db, actor.id);
    const invitation = (id: string) => invitations.find((one) => one.invitationId === id);
    const accepted = (id: string) =>
      this.#db.get<{ conversation: string }>(
        `SELECT events.data ->> '$.conversationId' AS conversation FROM entries JOIN events ON events.n = entries.event
           WHERE entries.stream = (SELECT n FROM streams WHERE id = ?) AND events.type = 'invitation.accepted'
             AND events.data ->> '$.invitationId' = ?`,
        userStream(actor.id),
        id,
      )?.conversation;
    const former = facts?.former && this.#links.former(facts.former.visitor);
    if (facts?.former?.hasEnded && former && former.linkedTo === undefined)
      return {
        problem: makeProblem('token_invalid', 'The anonymous session has ended. There is nothing to link.'),
      };
    const conversations = command.type === 'data.erase' ? this.#links.conversationsOf(actor.id) : undefined;
    return decideForUser(
      command,
      actor,
      { consents, invitation, accepted, former, conversations },
      environment,
    );
  }
}

function withUploadUrl(
  command: Command,
  result: Extract<Decision, { result: unknown }>['result'],
): typeof result {
  if (command.type !== 'attachment.create') return result;
  return { ...result, resumable: true, uploadUrl: `/v1/attachments/${command.data.attachmentId}/content` };
}

function replyOf({ outboxId, n }: NumberedCommand, lane: string, outcome: Outcome): Reply {
  return 'problem' in outcome
    ? { type: 'reject', outboxId, n, lane, problem: outcome.problem }
    : { type: 'ack', outboxId, n, lane, result: outcome.result };
}
