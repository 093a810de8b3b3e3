import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One attempt to tell something. */
export interface WebhookAttempt {
  id: string;
  timestamp: string;
  signatures: string[];
  body: string;
  /** When it came, in ms since 1970. */
  at: number;
}

/** An address that webhooks are posted to. */
export class WebhookReceiver {
  readonly attempts: WebhookAttempt[] = [];
  /** Whether an attempt is taken; else it is answered with 503. */
  takes: (attempt: WebhookAttempt) => boolean = () => true;
  readonly #server = createServer((request, response) => {
    void this.#hear(request).then((attempt) => response.writeHead(this.takes(attempt) ? 204 : 503).end());
  });

  static async start(): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver();
    await new Promise<void>((resolve) => receiver.#server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/webhooks`;
  }

  async #hear(request: IncomingMessage): Promise<WebhookAttempt> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const header = (name: string): string => String(request.headers[name] ?? '');
    const attempt: WebhookAttempt = {
      id: header('webhook-id'),
      timestamp: header('webhook-timestamp'),
      signatures: header('webhook-signature').split(' '),
      body: Buffer.concat(chunks).toString(),
      at: Date.now(),
    };
    this.attempts.push(attempt);
    return attempt;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
