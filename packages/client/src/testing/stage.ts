import 'fake-indexeddb/auto';
import { afterEach } from 'node:test';
import type { ConversationView } from '../conversation-handle.ts';
import { createSupportClient, type SupportClient, type SupportClientOptions } from '../index.ts';
import { TestServer, type TestServerOptions } from './test-server.ts';

const clients: SupportClient[] = [];
const servers: TestServer[] = [];
let counter = 0;

/** A server that ends with the test. */
export async function serve(options?: TestServerOptions): Promise<TestServer> {
  return keep(await TestServer.start(options));
}

/** Lets a server that was started elsewhere end with the test. */
export function keep(server: TestServer): TestServer {
  servers.push(server);
  return server;
}

/** A client that ends with the test. Retries come soon. */
export function make(options: SupportClientOptions): SupportClient {
  const client = createSupportClient({ random: () => 0.05, ...options });
  clients.push(client);
  return client;
}

/** A page that dies: nothing more leaves it, what it stored stays. */
export const vanish = (client: SupportClient): Promise<void> => client.destroy();

/** A name that no other test stores under. */
export const namespace = (): string => `test-${++counter}`;

/** What each message says, in order. */
export const texts = ({ messages }: ConversationView): string[] =>
  [...messages].map(({ message }) =>
    message.parts.map((part) => (part.type === 'text' ? part.text : part.type)).join(''),
  );

/** Where each message stands, in order. */
export const deliveries = ({ messages }: ConversationView): string[] =>
  [...messages].map(({ delivery }) => delivery);

/** Whether the conversation is there, with so many messages, all of them at the server. */
export const allSent = (count: number) => (view: ConversationView) =>
  view.phase === 'ready' &&
  view.messages.length === count &&
  deliveries(view).every((delivery) => delivery === 'sent');

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.destroy()));
  await Promise.all(servers.splice(0).map((server) => server.kill().catch(() => 0)));
});
