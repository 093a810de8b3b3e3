import type { Capability, Discovery, ServerFrame, WelcomeFrame } from '@sahay/protocol';
import { protocolVersion } from '@sahay/protocol';
import { follows } from '@sahay/protocol/validate';
import { Connection } from '../connection/connection.ts';
import type { ConnectionChange, ConnectorHost, LogConnector, LogLink } from '../connector/log-connector.ts';
import { anonymousSession } from '../identity/anonymous-session.ts';
import { SharedTokens, type TokenSource } from '../identity/shared-tokens.ts';
import { outOfLine, SahayError } from '../sahay-error.ts';
import { webSocketTransport } from '../transport/web-socket-transport.ts';
import { choiceKey } from '../transport/choice-key.ts';
import type { TransportName } from '../transport/transport.ts';
import { addressOf, Api } from './api.ts';

/** How to reach a Sahay server. */
export interface SahayConnectorOptions {
  /** The server's address, such as `https://support.example.com`. */
  url: string;
  /** The only ways frames may travel, best first. Default: `['websocket', 'sse', 'long-poll']`, the first that works here. */
  transports?: readonly TransportName[] | undefined;
}

/** What every Sahay server can do; its discovery document says it exactly. */
const assumed = 'streaming typing receipts attachments handoff surveys feedback'.split(' ') as Capability[];

/**
 * Speaks the Sahay protocol to its reference server, or to any other backend that speaks it.
 *
 * @throws SahayError when `url` is no address.
 */
export function sahayConnector({ url, transports }: SahayConnectorOptions): LogConnector {
  let capabilities: ReadonlySet<Capability> = new Set(assumed);
  let discovery: Promise<Discovery> | undefined;
  const base = addressOf(url);

  const discover = (api: Api): Promise<Discovery> =>
    (discovery ??= askDiscovery(api).then(
      (found) => {
        capabilities = new Set(found.capabilities as Capability[]);
        return found;
      },
      (error: unknown) => {
        discovery = undefined;
        throw error;
      },
    ));

  return {
    name: 'sahay',
    delivery: 'effectively-once',
    capabilities: () => capabilities,
    welcome: async (locale, host) => {
      const path = `/v1/welcome?locale=${encodeURIComponent(locale)}`;
      const welcome = await new Api(base, host.fetch).json(path);
      if (follows('Welcome', welcome)) return welcome;
      throw outOfLine('welcome');
    },
    open: (host) => openLink(new Api(base, host.fetch), host, discover, transports),
  };
}

function openLink(
  api: Api,
  host: ConnectorHost,
  discover: (api: Api) => Promise<Discovery>,
  transports: readonly TransportName[] | undefined,
): LogLink {
  /** What speaks against just taking a WebSocket: another wish, none here, or that it could not be established. */
  let trouble: unknown = transports ?? (host.webSocket ? undefined : 1);
  const tokens = new SharedTokens(tokensFor(api, host));
  let tenantId: string | undefined;
  let isFrame = (value: unknown): value is ServerFrame => follows('ServerFrame', value);
  const options = {
    ...host,
    ...host.handlers,
    transport: webSocketTransport(host.webSocket),
    tokens,
    onState(change: ConnectionChange) {
      if (/^connect_/.test(change.cause)) trouble = change.cause;
      host.handlers.onState(change);
    },
    async locate() {
      // Staff get more than visitors do: notes, traces, the inbox.
      if (host.role === 'agent') ({ isFrame } = await import('./staff-frames.ts'));
      const { tenant, endpoints } = await discover(api);
      tenantId = tenant;
      trouble ??= await host.storage.read((reader) => reader.get(choiceKey));
      if (trouble) {
        // A server that is down says nothing about its transports, and cannot give the module either.
        const found = await askDiscovery(api);
        options.transport = await import('../transport/transport-choice.ts').then(
          ({ chooseTransport }) =>
            chooseTransport(options.transport, { ...host, transports, trouble, api, found }),
          () => options.transport,
        );
      }
      return api.locate(endpoints.socket).replace(/^ws/, 'http');
    },
    isFrame: (value: unknown) => isFrame(value),
    onWelcome(welcome: WelcomeFrame) {
      trouble = 0;
      host.handlers.onWelcome({ ...welcome, tenantId });
    },
  };
  const connection = new Connection(options);
  return {
    start: () => connection.start(),
    send: (frame) => connection.send(frame),
    async request(path, init = {}) {
      const { authorised } = await import('../reserve.ts');
      return authorised(host.fetch, api.locate(path), init, tokens);
    },
    token: () => tokens.get(),
    close() {
      connection.stop('destroyed');
      api.close();
    },
  };
}

function tokensFor(api: Api, host: ConnectorHost): TokenSource {
  const { getToken } = host;
  // Anonymous visitors have no use for it.
  if (getToken)
    return {
      get: async (reason) => (await import('../known.ts')).hostToken(host, getToken, reason),
      forget: () => Promise.resolve(),
    };
  return anonymousSession(host, (path, body) => api.json(path, body));
}

async function askDiscovery(api: Api): Promise<Discovery> {
  const discovery = await api.json('/.well-known/sahay');
  if (!follows('Discovery', discovery)) throw outOfLine('discovery document');
  const { versions } = discovery;
  if (!versions.includes(protocolVersion))
    throw new SahayError(
      'unsupported_version',
      `The server speaks version ${versions.join()} of the protocol, this client ${protocolVersion}.`,
    );
  return discovery;
}
