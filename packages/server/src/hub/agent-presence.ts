import type { AgentPresence, LogEvent, Participant } from '@sahay/protocol';
import type { Actor } from '@sahay/protocol/core';
import type { Store } from '../storage/store.ts';

/** What {@link AgentPresences} needs. */
export interface AgentPresenceParts {
  store: Store;
  tenantId: string;
  /** How long an agent may be without a connection and still count as there, in ms. */
  graceMs: number;
  /** Called when the agents who are present became others. */
  onChange: () => void;
  onError: (error: unknown) => void;
}

/**
 * Which agents are there. The status an agent chose is in the log; coming and going is written there too, so that the
 * inbox, a snapshot and this server agree. A reload of the page is no going: it ends within the grace.
 */
export class AgentPresences {
  readonly #parts: AgentPresenceParts;
  readonly #held = new Map<string, AgentPresence>();
  readonly #connections = new Map<string, number>();
  readonly #leaving = new Map<string, NodeJS.Timeout>();

  constructor(parts: AgentPresenceParts) {
    this.#parts = parts;
  }

  /** Reads who was there before the last stop: they have the grace to come back. */
  async load(): Promise<void> {
    const { store, tenantId } = this.#parts;
    const rows = await store.sql.all<{ json: string }>('SELECT json FROM inbox_agents WHERE tenant = ?', [
      tenantId,
    ]);
    for (const { json } of rows) {
      const presence = JSON.parse(json) as AgentPresence;
      this.#held.set(presence.agent.id, presence);
      if (presence.status !== 'offline') this.#leaveLater(presence.agent.id);
    }
  }

  /** Follows the log. */
  observe(event: LogEvent): void {
    if (event.type !== 'agent.status_changed') return;
    const { presence } = event.data;
    this.#held.set(presence.agent.id, presence);
    this.#parts.onChange();
  }

  connected(actor: Actor): void {
    this.#connections.set(actor.id, (this.#connections.get(actor.id) ?? 0) + 1);
    clearTimeout(this.#leaving.get(actor.id));
    this.#leaving.delete(actor.id);
    const status = this.#held.get(actor.id)?.status ?? 'offline';
    if (status === 'offline' && this.#connections.get(actor.id) === 1)
      this.#write(profileOf(actor), 'online');
  }

  disconnected(actor: Actor): void {
    const left = (this.#connections.get(actor.id) ?? 1) - 1;
    if (left > 0) return void this.#connections.set(actor.id, left);
    this.#connections.delete(actor.id);
    this.#leaveLater(actor.id);
  }

  #leaveLater(agentId: string): void {
    clearTimeout(this.#leaving.get(agentId));
    const leave = (): void => {
      this.#leaving.delete(agentId);
      const held = this.#held.get(agentId);
      if (held && held.status !== 'offline') this.#write(held.agent, 'offline');
    };
    this.#leaving.set(agentId, setTimeout(leave, this.#parts.graceMs).unref());
  }

  #write(agent: Participant, status: AgentPresence['status']): void {
    const { store, tenantId, onError } = this.#parts;
    store
      .append([
        {
          type: 'agent.status_changed',
          target: { kind: 'inbox', id: tenantId },
          data: { presence: { agent, status } },
        },
      ])
      .catch(onError);
  }

  /** The agents who can answer now. */
  present(): Participant[] {
    const here = (id: string): boolean => this.#connections.has(id) || this.#leaving.has(id);
    return [...this.#held.values()]
      .filter(({ agent, status }) => status === 'online' && here(agent.id))
      .map(({ agent }) => agent);
  }

  stop(): void {
    for (const timer of this.#leaving.values()) clearTimeout(timer);
    this.#leaving.clear();
  }
}

function profileOf({ id, role, name, avatarUrl }: Actor): Participant {
  return { id, role, ...(name && { name }), ...(avatarUrl && { avatarUrl }) };
}
