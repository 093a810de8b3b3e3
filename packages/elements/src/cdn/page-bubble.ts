import type { SahayBubble } from '../bubble/bubble.ts';
import type { SahayChat } from '../chat/chat.ts';

/**
 * The bubble of the page, which may be another one tomorrow: routers that swap the body put a new one in its place. So it is looked for each
 * time, and its events are heard where all of them come by.
 */
export class PageBubble {
  #last: SahayBubble;

  constructor(first: SahayBubble) {
    this.#last = first;
  }

  /** The one that stands there now. */
  get element(): SahayBubble {
    if (!this.#last.isConnected) this.#last = document.querySelector('sahay-bubble') ?? this.#last;
    return this.#last;
  }

  /** Listens to its events, by their whole names; returns what ends that. */
  on(type: string, listener: (event: CustomEvent) => unknown): () => void {
    const heard = (event: Event): void => {
      const isHers = event.composedPath().some((node) => (node as Element).localName === 'sahay-bubble');
      if (isHers) listener(event as CustomEvent);
    };
    document.addEventListener(type, heard);
    return () => document.removeEventListener(type, heard);
  }

  /** The window, once it is drawn; fetches it where it is `wanted`. */
  async chat(wanted = true): Promise<SahayChat> {
    if (wanted) await this.element.load();
    for (;;) {
      const chat = this.element.shadowRoot!.querySelector('sahay-chat');
      if (chat?.hasUpdated) return chat;
      await new Promise<void>((drawn) => {
        const stop = this.on('sahay-ready', () => {
          stop();
          drawn();
        });
      });
    }
  }
}
