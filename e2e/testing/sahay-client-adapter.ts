import { createSupportClient, type SupportClient } from '@sahay/client';
import type { ClientAdapter, ClientView, TransportName } from '@sahay/conformance';
import type { Part } from '@sahay/protocol';

type Handle = ReturnType<SupportClient['conversations']['create']>;

const textOf = (part: Part): string => (part.type === 'text' ? part.text : (part.fallbackText ?? ''));

/** `@sahay/client` as the conformance kit drives it. */
export class SahayClientAdapter implements ClientAdapter {
  readonly #transport: TransportName;
  #client: SupportClient | undefined;
  #conversation: Handle | undefined;

  /** @param transport the only one that the client may use */
  constructor(transport: TransportName = 'websocket') {
    this.#transport = transport;
  }

  async start(url: string): Promise<void> {
    // Retries come soon.
    this.#client = createSupportClient({
      url,
      transports: [this.#transport],
      storage: 'memory',
      random: () => 0.05,
    });
    this.#conversation = this.#client.conversations.create();
  }

  async send(text: string): Promise<void> {
    const { acknowledged } = (await this.#conversation?.send(text)) ?? {};
    // A refusal is shown beside the message; here nobody waits for it.
    acknowledged?.catch(() => undefined);
  }

  view(): ClientView {
    const messages = [...(this.#conversation?.getSnapshot().messages ?? [])];
    return {
      messages: messages.map(({ message, own }) => ({
        text: message.parts.map(textOf).join(''),
        isOwn: own,
      })),
    };
  }

  async stop(): Promise<void> {
    await this.#client?.destroy();
  }
}
