import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { WebhookEvent } from '@sahay/protocol';
import { atEnd } from '../../storage/testing/at-end.ts';

/** A request that came. */
export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  event: WebhookEvent;
}

/** How a receiver answers. */
export interface Reaction {
  status: number;
  headers?: Record<string, string>;
  /** Waits for this before it answers. */
  after?: Promise<unknown>;
}

/** A program that is told of events, on a real port. */
export class TestReceiver {
  readonly received: Received[] = [];
  url = '';
  react: (one: Received) => Reaction = () => ({ status: 204 });

  static async start(t: TestContext): Promise<TestReceiver> {
    const receiver = new TestReceiver();
    const server = createServer((request, response) => {
      void (async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        const body = Buffer.concat(chunks).toString();
        const one = {
          path: request.url ?? '',
          headers: request.headers,
          body,
          event: JSON.parse(body) as WebhookEvent,
        };
        receiver.received.push(one);
        const { status, headers = {}, after } = receiver.react(one);
        await after;
        response.writeHead(status, headers).end();
      })();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    atEnd(t, async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
    return receiver;
  }

  get types(): string[] {
    return this.received.map(({ event }) => event.type);
  }

  /** Waits until something of what came holds. */
  async until(holds: (received: readonly Received[]) => boolean, what: string): Promise<void> {
    const deadline = Date.now() + 10_000;
    while (!holds(this.received)) {
      if (Date.now() > deadline)
        throw new Error(`${what} did not come: ${this.types.join(', ') || 'nothing came'}`);
      await pause(5);
    }
  }
}
