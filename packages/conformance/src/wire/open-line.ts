import type { Discovery } from '@sahay/protocol';
import { Unimplemented } from '../finding.ts';
import type { HttpApi } from './http-api.ts';
import type { Line, LineListener, TransportName } from './line.ts';
import { openWebSocket } from './web-socket-line.ts';

/** What a line is opened with. */
export interface LineOptions {
  transport: TransportName;
  token: string;
  api: HttpApi;
  discovery: Discovery;
}

/**
 * Opens a line of any transport.
 *
 * @throws Unimplemented when the backend does not offer it
 */
export function openLine({ transport, api, discovery }: LineOptions, listener: LineListener): Promise<Line> {
  if (transport === 'websocket') {
    const url = new URL(discovery.endpoints.socket, `${api.url}/`);
    url.protocol = url.protocol.replace('http', 'ws');
    return openWebSocket({ url: url.href }, listener);
  }
  throw new Unimplemented(`the backend offers no ${transport}`);
}
