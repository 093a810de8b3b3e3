import type { ConversationHandle, SupportClient } from '@sahay/client';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** The conversations that have a tab. Each is watched, so that its unread mark is true also while another is on screen. */
export class OpenConversations implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #stops = new Map<string, () => void>();
  #handles: readonly ConversationHandle[] = [];
  #connected = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** In the order of the tabs. */
  get handles(): readonly ConversationHandle[] {
    return this.#handles;
  }

  /** Opens a tab, unless there is one. */
  add(client: SupportClient, id: string): void {
    if (this.#handles.some((handle) => handle.id === id)) return;
    const handle = client.conversations.open(id, { audience: 'staff' });
    this.#handles = [...this.#handles, handle];
    if (this.#connected) this.#watch(handle);
  }

  remove(id: string): void {
    const gone = this.#handles.find((handle) => handle.id === id);
    this.#handles = this.#handles.filter((handle) => handle !== gone);
    this.#stops.get(id)?.();
    this.#stops.delete(id);
    // What was on screen lets go of it when it is taken off. A day's conversations are more than one connection may read at once.
    this.#host.requestUpdate();
    this.#host.updateComplete
      .then(() => gone?.release?.())
      .catch((error: unknown) => console.warn(`Conversation ${id} stays subscribed to.`, error));
  }

  clear(): void {
    this.#stopAll();
    this.#handles = [];
  }

  hostConnected(): void {
    this.#connected = true;
    for (const handle of this.#handles) this.#watch(handle);
  }

  hostDisconnected(): void {
    this.#connected = false;
    this.#stopAll();
  }

  #stopAll(): void {
    for (const stop of this.#stops.values()) stop();
    this.#stops.clear();
  }

  #watch(handle: ConversationHandle): void {
    if (this.#stops.has(handle.id)) return;
    this.#stops.set(
      handle.id,
      handle.subscribe(() => this.#host.requestUpdate()),
    );
  }
}
