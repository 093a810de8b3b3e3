import { conversationStream, type Signal } from '@sahay/protocol';
import type { Actor } from '@sahay/protocol/core';
import type { Store } from '../storage/store.ts';
import type { Subscriptions } from './subscriptions.ts';

const longestMs = 10_000;
const usualMs = 6_000;
const shortestMs = 1_000;

/** Passes on who is typing. Each report ends by itself, so that a lost "stopped" is never shown for long. */
export class TypingRelay {
  readonly #store: Store;
  readonly #subscriptions: Subscriptions;
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(store: Store, subscriptions: Subscriptions) {
    this.#store = store;
    this.#subscriptions = subscriptions;
  }

  /** An agent's typing reaches the visitor only from the one who has the conversation; colleagues see it anyway. */
  async relay(
    actor: Actor,
    { conversationId, active, expiresInMs }: Signal<'typing'>['data'],
  ): Promise<void> {
    const [open, staff] = [
      conversationStream(conversationId, 'public'),
      conversationStream(conversationId, 'staff'),
    ];
    const [mayRead, conversation] = await Promise.all([
      this.#store.mayRead(actor, open),
      this.#store.conversation(conversationId),
    ]);
    if (!conversation || !mayRead) return;
    const isHeardByVisitor = actor.role === 'visitor' || conversation.assignment.controlledBy === actor.id;
    const streams = isHeardByVisitor ? [open, staff] : [staff];
    const say = (data: Omit<Signal<'typing'>['data'], 'conversationId' | 'participantId'>): void =>
      this.#subscriptions.tell(
        { type: 'typing', data: { conversationId, participantId: actor.id, ...data } },
        streams,
        actor.id,
      );
    const ms = Math.min(Math.max(expiresInMs ?? usualMs, shortestMs), longestMs);
    this.#restart(`${conversationId}/${actor.id}`, active ? ms : undefined, () => say({ active: false }));
    say(active ? { active, expiresInMs: ms } : { active });
  }

  #restart(key: string, ms: number | undefined, onEnd: () => void): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    if (ms === undefined) return;
    const end = (): void => {
      this.#timers.delete(key);
      onEnd();
    };
    this.#timers.set(key, setTimeout(end, ms).unref());
  }

  /** Forgets all reports without another word. */
  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}
