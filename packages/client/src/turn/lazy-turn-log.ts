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
  const { onState } = host.handlers;
  let link: LogLink | undefined;
  let loading = false;
  let closed = false;
  const load = async (): Promise<void> => {
    try {
      const { openTurnLog } = await import('./turn-log.ts');
      if (closed) return;
      link = openTurnLog(connector, host);
      link.start();
    } catch (error) {
      loading = false;
      if (!closed) onState({ state: 'stopped', cause: 'connect_failed', problem: problemOf(error) });
    }
  };
  return {
    start() {
      if (link || loading) return link?.start();
      loading = true;
      onState({ state: 'connecting', cause: 'requested' });
      void load();
    },
    // Nothing is subscribed or sent before the welcome, which only a loaded link says.
    send: (frame) => link?.send(frame),
    close() {
      closed = true;
      link?.close();
    },
  };
}
