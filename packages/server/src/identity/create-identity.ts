import type { ContextParts, Identity } from '../context.ts';
import { ProblemError } from '../http/problem-error.ts';
import { AccessTokens, type VerifiedToken } from './access-tokens.ts';
import { Agents } from './agents.ts';
import { EndedSessions } from './ended-sessions.ts';
import { createLinkGuard, followLinks } from './link.ts';
import { VisitorSessions } from './visitor-sessions.ts';

/** Who is who, and how one becomes somebody: sessions of visitors, accounts of agents. */
export interface ServerIdentity extends Identity {
  readonly visitors: VisitorSessions;
  readonly agents: Agents;
}

/** What {@link createIdentity} needs of the server's parts. */
export type IdentityParts = Pick<
  ContextParts,
  'config' | 'store' | 'commands' | 'hub' | 'logger' | 'clock' | 'tenantId' | 'secrets'
>;

/** Opens the identity of a server, and remembers whose session ended lately. */
export async function createIdentity(parts: IdentityParts): Promise<ServerIdentity> {
  const { config, store, commands, hub, logger, clock, tenantId, secrets } = parts;
  const ended = await EndedSessions.load(store.sql, clock);
  const onEnded = (sessionId: string): void => {
    ended.add(sessionId);
    hub.endSession(sessionId);
  };
  const tokens = new AccessTokens({
    tenantId,
    key: secrets.accessTokens,
    hostKey: config.hostKey,
    now: clock,
  });
  followLinks({ store, logger, onEnded });
  commands.guard(
    'identity.link',
    createLinkGuard({ tokens, ended, isSupported: config.hostKey !== undefined }),
  );
  const agents = new Agents({ sql: store.sql, tokens, now: clock, onEnded });
  return {
    visitors: new VisitorSessions({
      sql: store.sql,
      tokens,
      key: secrets.refreshSecrets,
      now: clock,
      onEnded,
    }),
    agents,
    verify: async (token: string): Promise<VerifiedToken> => {
      const verified = await tokens.verify(token);
      if (verified.sessionId !== undefined && ended.has(verified.sessionId))
        throw new ProblemError('token_invalid', 'The session of this token has ended. Sign in again.');
      return verified;
    },
    signInUrl: async (publicUrl: string): Promise<string> => signInUrlOf(publicUrl, await agents.startCode()),
  };
}

/** The console's address with a code in its fragment, which no server and no log ever sees. */
export const signInUrlOf = (publicUrl: string, code: string): string =>
  `${publicUrl.replace(/\/+$/, '')}/console/#sign-in=${code}`;
