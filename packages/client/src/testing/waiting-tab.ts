import { make } from './stage.ts';
import type { SupportClient } from '../index.ts';
import type { TestServer } from './test-server.ts';

/** A tab that knows no token until it is told whose. */
export interface WaitingTab {
  client: SupportClient;
  signIn(who: string): void;
}

/** A tab whose site has not yet said who is there. */
export function waitingTab(server: TestServer, ns: string): WaitingTab {
  const token = Promise.withResolvers<string>();
  return {
    client: make({ url: server.url, namespace: ns, getToken: () => token.promise }),
    signIn: (who) => token.resolve(server.tokenFor(who)),
  };
}

/** A tab whose site says at once who is there. */
export const tabOf = (server: TestServer, ns: string, who: string): SupportClient =>
  make({ url: server.url, namespace: ns, getToken: async () => server.tokenFor(who) });

/** All commands that a server was sent, as text. */
export const said = (server: TestServer): string =>
  server.received.map((frame) => (frame.type === 'command' ? JSON.stringify(frame) : '')).join('\n');
