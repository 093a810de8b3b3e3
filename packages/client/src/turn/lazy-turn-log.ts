import type { ConnectorHost, LogConnector, LogLink } from '../connector/log-connector.ts';
import type { TurnConnector } from '../connector/turn-connector.ts';
import { problemOf } from '../sahay-error.ts';

/**
 * A log over a backend that has none. The log's rules are a module of their own, loaded when the link starts, so that
 * whoever talks to a Sahay server never downloads them.
 */
export function lazyTurnLog(connector: TurnConnector): LogConnector {
  return {
    kind: 'log',
    name: connector.name,
    delivery: 'effectively-once',
    capabilities: () => connector.capabilities(),
    ...(connector.welcome && { welcome: (locale: string) => connector.welcome!(locale) }),
    open: (host) => openLazily(connector, host),
  };
}

function openLazily(connector: TurnConnector, host: ConnectorHost): LogLink {
  let link: LogLink | undefined;
  let loading = false;
  let closed = false;
  return {
    start() {
      if (link || loading) return link?.start();
      loading = true;
      host.handlers.onState({ state: 'connecting', cause: 'requested' });
      import('./turn-log.ts').then(
        ({ openTurnLog }) => {
          if (closed) return;
          link = openTurnLog(connector, host);
          link.start();
        },
        (error: unknown) => {
          loading = false;
          if (!closed)
            host.handlers.onState({ state: 'stopped', cause: 'connect_failed', problem: problemOf(error) });
        },
      );
    },
    // Nothing is subscribed or sent before the welcome, which only a loaded link says.
    subscribe: (from) => link?.subscribe(from),
    unsubscribe: (stream) => link?.unsubscribe(stream),
    send: (frame) => link?.send(frame),
    signal: (signal) => link?.signal(signal),
    close() {
      closed = true;
      link?.close();
    },
  };
}
