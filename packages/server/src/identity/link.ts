import { makeProblem, userStream } from '@sahay/protocol';
import type { Logger } from 'pino';
import type { CommandGuard } from '../context.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { Store } from '../storage/store.ts';
import type { AccessTokens } from './access-tokens.ts';
import type { EndedSessions } from './ended-sessions.ts';
import { isKnownVisitorId } from './secrets.ts';

/**
 * Finds out whose token an `identity.link` brings. A token whose session has ended still says who that was: the command
 * may be one that ran already, whose answer got lost.
 */
export function createLinkGuard({
  tokens,
  ended,
  isSupported,
}: {
  tokens: AccessTokens;
  ended: EndedSessions;
  /** Whether a host says who is who here. */
  isSupported: boolean;
}): CommandGuard {
  return async (actor, command) => {
    if (command.type !== 'identity.link') return undefined;
    if (!isSupported)
      return makeProblem(
        'capability_absent',
        'No host says who is who here: set SAHAY_JWT_KEY and SAHAY_JWT_ALG.',
      );
    if (actor.role !== 'visitor' || !isKnownVisitorId(actor.id))
      return makeProblem(
        'forbidden',
        'Only a known visitor can be linked to. Give the command with her token.',
      );
    try {
      const { actor: visitor, sessionId } = await tokens.verify(command.data.token);
      if (sessionId === undefined)
        return makeProblem('forbidden', 'Only an anonymous visitor can become a known one.');
      const { id, role } = visitor;
      return { facts: { former: { visitor: { id, role }, hasEnded: ended.has(sessionId) } } };
    } catch (error) {
      if (error instanceof ProblemError) return error.problem;
      throw error;
    }
  };
}

/** Ends the sessions of whoever became a known visitor, everywhere they are open. */
export function followLinks({
  store,
  logger,
  onEnded,
}: {
  store: Pick<Store, 'onCommitted' | 'sql'>;
  logger: Logger;
  onEnded: (sessionId: string) => void;
}): void {
  store.onCommitted((events) => {
    for (const event of events) {
      if (event.type !== 'identity.linked' || event.stream !== userStream(event.data.from)) continue;
      void store.sql
        .all<{ id: string }>('SELECT session_id AS id FROM visitor_sessions WHERE participant_id = ?', [
          event.data.from,
        ])
        .then((sessions) => sessions.forEach(({ id }) => onEnded(id)))
        .catch((error: unknown) =>
          logger.warn({ err: error }, 'The sessions of a linked visitor end with the next start only.'),
        );
    }
  });
}
