import type { MessageView, SupportClient } from '@sahay/client';
import type { Availability, Message, Participant, Part, VisitorSettings } from '@sahay/protocol';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Locale } from '../locales/locale.ts';

/** Longer than this nobody waits for a greeting, in milliseconds. */
const patience = 1000;
const house: Participant = { id: 'sahay', role: 'system' };

/** Fetches what to say before anything was said; after a second, or a failure, the language's own greeting stands in. */
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
    this.#timer = setTimeout(() => this.#show(asked, house, own(locale)), patience);
    client.welcome(tag).then(
      (welcome) => {
        if (!welcome) return this.#show(asked, house, own(locale));
        if (asked === this.#asked) ({ availability: this.availability, settings: this.settings } = welcome);
        this.#show(asked, welcome.author, welcome.parts);
      },
      // The server cannot be reached: she may write all the same, and the connection's own banner says why nobody answers.
      () => this.#show(asked, house, own(locale)),
    );
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
