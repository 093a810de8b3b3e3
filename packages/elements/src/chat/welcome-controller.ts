import type { MessageView, SupportClient } from '@sahay/client';
import type { Availability, Message, Participant, Part, VisitorSettings } from '@sahay/protocol';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Locale } from '../locales/locale.ts';

/** Longer than this nobody waits for a greeting, in milliseconds. */
const patience = 1000;
/** However clocks differ, whether people are there is not asked for more often than this, in milliseconds; and no timer waits longer than `latest`. */
const soonest = 60_000;
const latest = 2 ** 31 - 1;
const house: Participant = { id: 'sahay', role: 'system' };

/**
 * Fetches what to say before anything was said; after a second, or a failure, the language's own greeting stands in. Where nobody tells this
 * page that people come or go, it asks again when the hours say so.
 */
export class WelcomeController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #asked: { client: SupportClient; tag: string } | undefined;
  #showing!: () => void;
  readonly #shown = new Promise<void>((resolve) => (this.#showing = resolve));
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The greeting as a message; absent while it is worth waiting for it. */
  view: MessageView | undefined;
  /** Whether people can answer, as far as the greeting told. */
  availability: Availability | undefined;
  /** Whether it is known what the backend has to say before anything was said. */
  answered = false;
  /** What the backend's people set for all visitors, as far as the greeting told. */
  settings: VisitorSettings | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  /** Asks for the greeting, once for each client and language. Resolves once it, or what stands in for it, is here. */
  ask(client: SupportClient, locale: Locale): Promise<void> {
    const { tag } = locale;
    if (this.#asked?.client === client && this.#asked.tag === tag) return this.#shown;
    const asked = { client, tag };
    this.#asked = asked;
    clearTimeout(this.#timer);
    const standIn = (): void => this.#show(asked, house, own(locale));
    this.#timer = setTimeout(standIn, patience);
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
          if (wait) this.#timer = setTimeout(fetch, Math.max(soonest, wait) % latest);
        },
        // The server cannot be reached: she may write all the same, and the connection's own banner says why nobody answers.
        () => this.view || standIn(),
      );
    fetch();
    return this.#shown;
  }

  #show(asked: object, author: Participant, parts: Part[]): void {
    if (asked !== this.#asked) return;
    this.#showing();
    clearTimeout(this.#timer);
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
