import type { Discovery } from '@sahay/protocol';
import { Unimplemented } from '../finding.ts';
import type { HttpApi } from './http-api.ts';
import type { Line, LineListener, TransportName } from './line.ts';
import { openLongPoll } from './long-poll-line.ts';
import { openSse } from './sse-line.ts';
import { openWebSocket } from './web-socket-line.ts';

/** What a line is opened with. */
export interface LineOptions {
  transport: TransportName;
  token: string;
  api: HttpApi;
  discovery: Discovery;
  /** The versions to offer; default: those that the address says. */
  versions?: readonly string[] | undefined;
}

/**
 * Opens a line of any transport.
 *
 * @throws Unimplemented when the backend does not offer it
 */
export function openLine(options: LineOptions, listener: LineListener): Promise<Line> {
  const { transport, api, discovery } = options;
  if (!(discovery.transports ?? ['websocket']).includes(transport))
    throw new Unimplemented(`the backend does not offer ${transport}`);
  switch (transport) {
    case 'websocket': {
      const url = new URL(discovery.endpoints.socket, `${api.url}/`);
      url.protocol = url.protocol.replace('http', 'ws');
      return openWebSocket({ url: url.href }, listener);
    }
    case 'sse':
      return openSse(options, listener);
    case 'long-poll':
      return openLongPoll(options, listener);
  }
}
