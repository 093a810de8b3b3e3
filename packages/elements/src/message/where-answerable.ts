import type { ConversationHandle } from '@sahay/client';
import type { Capability, Message } from '@sahay/protocol';
import { noChange, type AttributePart } from 'lit';
import { AsyncDirective } from 'lit/async-directive.js';
import { directive } from 'lit/directive.js';
import { conversationOf } from '../parts/conversation-of.ts';
import { canAnswerAgain } from './can-answer-again.ts';

/** An element whose backend is known, such as the window. */
interface Capable extends HTMLElement {
  capabilities?: ReadonlySet<Capability> | undefined;
}

/**
 * The value of `?hidden`: off while another answer can be had in place of a message, also when the bot has just been given the
 * conversation back. (The bundle's Lit has no parts of whole elements.)
 */
class WhereAnswerable extends AsyncDirective {
  #element: Element | undefined;
  #message: Message | undefined;
  #conversation: ConversationHandle | undefined;
  #unsubscribe: (() => void) | undefined;

  render(_message: Message): unknown {
    return noChange;
  }

  override update({ element }: AttributePart, [message]: [Message]): unknown {
    this.#element = element;
    this.#message = message;
    this.#watch();
    return true;
  }

  protected override disconnected(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = this.#conversation = undefined;
  }

  protected override reconnected(): void {
    this.#watch();
  }

  #watch(): void {
    // Only in the page does it stand in a window.
    queueMicrotask(() => {
      const conversation = this.isConnected ? conversationOf(this.#element!) : undefined;
      if (conversation !== this.#conversation) {
        this.#unsubscribe?.();
        this.#conversation = conversation;
        this.#unsubscribe = conversation?.subscribe(this.#look);
      }
      this.#look();
    });
  }

  readonly #look = (): void => {
    const can =
      this.#conversation !== undefined &&
      isCapable(this.#element!, 'regenerate') &&
      canAnswerAgain(this.#conversation, this.#message!);
    this.#element!.toggleAttribute('hidden', !can);
  };
}

function isCapable(element: Element, capability: Capability): boolean {
  for (let root = element.getRootNode(); root instanceof ShadowRoot; root = root.host.getRootNode()) {
    const { capabilities } = root.host as Capable;
    if (capabilities) return capabilities.has(capability);
  }
  return false;
}

export const whereAnswerable = directive(WhereAnswerable);
