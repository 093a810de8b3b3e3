import type { LogLink } from '../connector/log-connector.ts';
import type { TurnBackend, TurnConnector } from '../connector/turn-connector.ts';
import { problemOf } from '../sahay-error.ts';

/**
 * A connector to a backend that has no log: it is given the conversation and answers, and the client keeps the log. The log's
 * rules are a module of their own, loaded when the link starts.
 *
 * @example
 * const echo = turnConnector({
 *   name: 'echo', delivery: 'at-most-once', capabilities: () => new Set(['streaming']),
 *   async *respond(messages) { yield { type: 'text-delta', partId: 'text', text: `You wrote ${messages.length} messages.` }; },
 * });
 * const client = createSupportClient({ connector: echo });
 */
export function turnConnector(backend: TurnBackend): TurnConnector {
  return {
    name: backend.name,
    delivery: 'effectively-once',
    capabilities: () => backend.capabilities(),
    respond: (...asked) => backend.respond(...asked),
    ...(backend.welcome && { welcome: (locale: string) => backend.welcome!(locale) }),
    open(host) {
      const { onState } = host.handlers;
      let link: Promise<LogLink | undefined> | undefined;
      const pass = (work: (link: LogLink) => void) => void link?.then((loaded) => loaded && work(loaded));
      return {
        start() {
          if (!link) onState({ state: 'connecting', cause: 'requested' });
          link ??= import('./turn-log.ts').then(
            ({ openTurnLog }) => openTurnLog(backend, host),
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
