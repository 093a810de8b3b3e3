import type { MessageView, SupportClient } from '@sahay/client';
import type { Availability, Message, Participant, Part, VisitorSettings } from '@sahay/protocol';
import type { LitElement, ReactiveController } from 'lit';
import type { Locale } from '../locales/locale.ts';

/** Longer than this nobody waits for a greeting, in milliseconds. */
const patience = 1000;
/** However clocks differ, and whatever fails, it is not asked for again more often than this, in milliseconds; and no timer waits longer than `latest`. */
const soonest = 60_000;
const latest = 2 ** 31 - 1;
const house: Participant = { id: 'sahay', role: 'system' };

/**
 * Fetches what to say before anything was said; after a second, or a failure, the language's own greeting stands in, and it is asked
 * for again. Where nobody tells this page that people come or go, it asks again when the hours say so.
 */
export class WelcomeController implements ReactiveController {
  readonly #host: LitElement;
  #asked: { client: SupportClient; tag: string } | undefined;
  #showing!: () => void;
  #shown!: Promise<void>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What comes next, and when: an element that is moved, or put back, goes on with it. */
  #next: (() => void) | undefined;
  #due = 0;
  /** The greeting as a message; absent while it is worth waiting for it. */
  view: MessageView | undefined;
  /** Whether people can answer, as far as the greeting told. */
  availability: Availability | undefined;
  /** Whether it is known what the backend has to say before anything was said. */
  answered = false;
  /** What the backend's people set for all visitors, as far as the greeting told. */
  settings: VisitorSettings | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#wait(this.#next, this.#due - Date.now());
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  /** What another backend said, and set, holds no more. */
  forget(): void {
    this.#wait();
    this.#asked = this.view = this.availability = this.settings = undefined;
    this.answered = false;
    this.#shown = new Promise((resolve) => (this.#showing = resolve));
  }

  #wait(next?: () => void, ms = 0): void {
    clearTimeout(this.#timer);
    this.#next = next;
    this.#due = Date.now() + ms;
    if (next && this.#host.isConnected) this.#timer = setTimeout(next, ms);
  }

  /** Asks for the greeting, once for each client and language. Resolves once it, or what stands in for it, is here. */
  ask(client: SupportClient, locale: Locale): Promise<void> {
    const { tag } = locale;
    if (this.#asked?.client === client && this.#asked.tag === tag) return this.#shown;
    const asked = { client, tag };
    this.#asked = asked;
    const standIn = (): void => this.#show(asked, house, own(locale));
    this.#wait(standIn, patience);
    const fetch = (): void =>
      void client.welcome(tag).then(
        (welcome) => {
          if (asked !== this.#asked) return;
          this.answered = true;
          if (!welcome) return standIn();
          ({ availability: this.availability, settings: this.settings } = welcome);
          this.#show(asked, welcome.author, welcome.parts);
          const { opensAt, closesAt } = { ...welcome.availability };
          const wait = Date.parse(opensAt ?? closesAt!) - Date.now();
          if (wait) this.#wait(fetch, Math.max(soonest, wait) % latest);
        },
        // The server cannot be reached: she may write all the same, and the connection's own banner says why nobody answers.
        () => {
          if (asked !== this.#asked) return;
          if (!this.view) standIn();
          this.#wait(fetch, soonest);
        },
      );
    fetch();
    return this.#shown;
  }

  #show(asked: object, author: Participant, parts: Part[]): void {
    if (asked !== this.#asked) return;
    this.#showing();
    this.#wait();
    const message: Message = {
      id: 'welcome',
      conversationId: 'welcome',
      author,
      status: 'complete',
      parts,
      createdAt: new Date().toISOString(),
    };
    this.view = { key: 'welcome', message, own: false, delivery: 'received' };
    this.#host.requestUpdate();
  }
}

function own({ strings }: Locale): Part[] {
  return [{ partId: 'greeting', type: 'text', text: strings.greeting }];
}
