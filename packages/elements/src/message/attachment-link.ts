import { noChange, type AttributePart } from 'lit';
import { AsyncDirective } from 'lit/async-directive.js';
import { directive } from 'lit/directive.js';
import type { ResolveAttachment } from './row-context.ts';

/**
 * The signed link to an attachment as an attribute's value, once it is there; nothing until then. Links last minutes, and a player fetches
 * nothing before it is played: one that could not be used is asked for anew, and what was played goes on. A link is also asked for again
 * whenever the row is put back into the page.
 */
class AttachmentLink extends AsyncDirective {
  #id: string | undefined;
  #resolve: ResolveAttachment | undefined;
  #element: Element | undefined;
  #url: string | undefined;

  override update({ element }: AttributePart, [id, resolve]: Parameters<AttachmentLink['render']>): unknown {
    if (!this.#element) {
      this.#element = element;
      element.addEventListener('error', this.#failed);
    }
    return this.render(id, resolve);
  }

  render(id: string, resolve: ResolveAttachment | undefined): unknown {
    if (id !== this.#id || (resolve && !this.#resolve)) {
      this.#id = id;
      this.#resolve = resolve;
      void this.#load();
    }
    return noChange;
  }

  protected override reconnected(): void {
    void this.#load();
  }

  /** Whether there is another link than before. */
  async #load(): Promise<boolean> {
    const id = this.#id!;
    try {
      const url = await this.#resolve?.(id);
      if (!url || url === this.#url || !this.isConnected || id !== this.#id) return false;
      this.#url = url;
      this.setValue(url);
      return true;
    } catch {
      // The card or the picture's name stays; pressing it, or what draws the row next, asks again.
      this.#id = undefined;
      return false;
    }
  }

  readonly #failed = (): void => void this.#again();

  async #again(): Promise<void> {
    const player = this.#element instanceof HTMLMediaElement ? this.#element : undefined;
    const { paused = true, currentTime = 0 } = player ?? {};
    if (!this.#id || !(await this.#load()) || !player) return;
    player.currentTime = currentTime;
    // Where the browser lets nothing play any more, its button can be pressed again.
    if (!paused) player.play().catch(() => undefined);
  }
}

export const attachmentLink = directive(AttachmentLink);

/** Opens an attachment with a fresh link, in a tab of its own. */
export async function openAttachment(id: string, resolve: ResolveAttachment): Promise<void> {
  window.open(await resolve(id), '_blank', 'noopener');
}
