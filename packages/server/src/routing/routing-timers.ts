import type { AgentPresence, Conversation, LogEvent } from '@sahay/protocol';
import type { Elapsed } from '@sahay/protocol/core';
import type { Logger } from 'pino';
import type { Store } from '../storage/store.ts';

/** How long is waited for people, in ms. */
export interface RoutingLimits {
  /** An agent who is offline for longer has her conversations go back to the queue. Default 2 minutes. */
  agentAbsenceMs: number;
  /** A conversation that was passed to an agent rings for so long, then for all. Default 30 seconds. */
  ringingMs: number;
  /** A request for people that nobody meets ends after this, and the bot goes on. Default never. */
  handoffMs?: number | undefined;
  /** Whoever waits for people is told so once nobody has been there for so long. Never when absent; a server has 2 minutes. */
  nobodyThereMs?: number | undefined;
  /** How often is looked. Default 5 seconds. */
  lookMs: number;
}

/**
 * Those who wait for people, but for whoever was told already that nobody comes; and those whose agent is gone. However many
 * are open besides, they are not looked at.
 */
export const whoMayWaitInVain = `
SELECT state FROM conversations WHERE id IN (SELECT conversation FROM inbox_entries WHERE tenant = ?1 AND waiting_since IS NOT NULL)
  AND (?2 OR state ->> '$.assignment.state' = 'ringing' OR state ->> '$.handoff.state' = 'requested')
UNION ALL
SELECT state FROM conversations
  WHERE status = 'open' AND state ->> '$.assignment.controlledBy' IN (SELECT value FROM json_each(?3))`;

/** What {@link RoutingTimers} needs. */
export interface RoutingParts {
  store: Pick<Store, 'sql' | 'elapse' | 'onCommitted'>;
  tenantId: string;
  clock: () => number;
  logger: Logger;
  limits: RoutingLimits;
}

/**
 * Sees that nobody waits for people who are not there. What is due is read from the database each time, so that a restart
 * forgets no timer; an agent who was offline then has her time anew.
 */
export class RoutingTimers {
  readonly #parts: RoutingParts;
  readonly #offlineSince = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;
  readonly #stopListening: () => void;
  #isLooking = false;
  #isStopped = false;

  constructor(parts: RoutingParts) {
    this.#parts = parts;
    this.#stopListening = parts.store.onCommitted((events) =>
      events.forEach((event) => this.#observe(event)),
    );
    this.#timer = setInterval(() => void this.#lookSafely(), parts.limits.lookMs).unref();
  }

  stop(): void {
    this.#isStopped = true;
    clearInterval(this.#timer);
    this.#stopListening();
  }

  #observe(event: LogEvent): void {
    if (event.type !== 'agent.status_changed') return;
    const { agent, status } = event.data.presence;
    if (status !== 'offline') this.#offlineSince.delete(agent.id);
    else if (!this.#offlineSince.has(agent.id)) this.#offlineSince.set(agent.id, this.#parts.clock());
  }

  async #lookSafely(): Promise<void> {
    if (this.#isLooking || this.#isStopped) return;
    this.#isLooking = true;
    try {
      await this.#look();
    } catch (error) {
      if (!this.#isStopped)
        this.#parts.logger.error({ err: error }, 'Those who wait could not be looked after.');
    } finally {
      this.#isLooking = false;
    }
  }

  async #look(): Promise<void> {
    const { store, tenantId, limits, clock } = this.#parts;
    const nobodySince = await this.#learnWhoIsOffline();
    const absent = [...this.#offlineSince].flatMap(([id, since]) =>
      clock() - since >= limits.agentAbsenceMs ? id : [],
    );
    const rows = await store.sql.all<{ state: string }>(whoMayWaitInVain, [
      tenantId,
      Number(limits.handoffMs !== undefined),
      JSON.stringify(absent),
    ]);
    for (const { state } of rows) {
      const conversation = JSON.parse(state) as Conversation;
      const due = this.#dueOf(conversation, nobodySince);
      if (due) await store.elapse(conversation.id, due);
    }
  }

  /**
   * Agents who were offline already when this process began are offline since it did. Returns since when nobody is there, as
   * far as is known here; `undefined` while somebody is.
   */
  async #learnWhoIsOffline(): Promise<number | undefined> {
    const { store, tenantId, clock } = this.#parts;
    const rows = await store.sql.all<{ json: string }>('SELECT json FROM inbox_agents WHERE tenant = ?', [
      tenantId,
    ]);
    let nobodySince: number | undefined = 0;
    for (const { json } of rows) {
      const { agent, status } = JSON.parse(json) as AgentPresence;
      if (status !== 'offline') {
        nobodySince = undefined;
        continue;
      }
      const since = this.#offlineSince.get(agent.id) ?? clock();
      this.#offlineSince.set(agent.id, since);
      if (nobodySince !== undefined) nobodySince = Math.max(nobodySince, since);
    }
    return nobodySince;
  }

  #dueOf({ assignment, handoff }: Conversation, nobodySince: number | undefined): Elapsed | undefined {
    const { clock, limits } = this.#parts;
    const now = clock();
    const who = assignment.controlledBy ?? assignment.offeredTo;
    const since = who === undefined ? undefined : this.#offlineSince.get(who);
    if (who !== undefined && since !== undefined && now - since >= limits.agentAbsenceMs)
      return { kind: 'agent_absent', agentId: who };
    if (assignment.state === 'ringing' && now - Date.parse(assignment.since) >= limits.ringingMs)
      return { kind: 'ringing_ended', since: assignment.since };
    if (handoff?.state !== 'requested' && handoff?.state !== 'failed') return undefined;
    const { handoffId, state } = handoff;
    const { handoffMs = Infinity, nobodyThereMs = Infinity } = limits;
    const requestedAt = Date.parse(handoff.requestedAt);
    if (now - requestedAt >= handoffMs) return { kind: 'handoff_ended', handoffId };
    if (state === 'failed' || assignment.state !== 'queued' || nobodySince === undefined) return undefined;
    return now - Math.max(requestedAt, nobodySince) >= nobodyThereMs
      ? { kind: 'nobody_there', handoffId }
      : undefined;
  }
}
