import type { LogConnector, LogLink } from '../connector/log-connector.ts';
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
    open(host) {
      const { onState } = host.handlers;
      let link: Promise<LogLink | undefined> | undefined;
      const pass = (work: (link: LogLink) => void) => void link?.then((loaded) => loaded && work(loaded));
      return {
        start() {
          if (!link) onState({ state: 'connecting', cause: 'requested' });
          link ??= import('./turn-log.ts').then(
            ({ openTurnLog }) => openTurnLog(connector, host),
            (error: unknown) => {
              link = undefined;
              onState({ state: 'stopped', cause: 'connect_failed', problem: problemOf(error) });
              return link;
            },
          );
          pass((loaded) => loaded.start());
        },
        send: (frame) => pass((loaded) => loaded.send(frame)),
        close: () => pass((loaded) => loaded.close()),
      };
    },
  };
}
