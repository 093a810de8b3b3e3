import { noChange } from 'lit';
import { AsyncDirective } from 'lit/async-directive.js';
import { directive } from 'lit/directive.js';
import type { ResolveAttachment } from './row-context.ts';

/**
 * The signed link to an attachment as an attribute's value, once it is there; nothing until then. A link is asked for again
 * whenever the row is put back into the page, since it may have run out in between.
 */
class AttachmentLink extends AsyncDirective {
  #id: string | undefined;
  #resolve: ResolveAttachment | undefined;

  render(id: string, resolve: ResolveAttachment | undefined): unknown {
    if (id !== this.#id || (resolve && !this.#resolve)) {
      this.#id = id;
      this.#resolve = resolve;
      this.#load();
    }
    return noChange;
  }

  protected override reconnected(): void {
    this.#load();
  }

  #load(): void {
    const id = this.#id!;
    this.#resolve?.(id).then(
      (url) => this.isConnected && id === this.#id && this.setValue(url),
      // The card or the picture's name stays; pressing it asks again.
      () => (this.#id = undefined),
    );
  }
}

export const attachmentLink = directive(AttachmentLink);

/** Opens an attachment with a fresh link, in a tab of its own. */
export async function openAttachment(id: string, resolve: ResolveAttachment): Promise<void> {
  window.open(await resolve(id), '_blank', 'noopener');
}
