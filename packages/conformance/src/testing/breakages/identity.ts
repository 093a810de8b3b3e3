import type { PlainResponse, Seams } from '../../reference/seams.ts';
import type { Breakage } from '../breakage.ts';

/** Of the refreshes that are refused, all after so many get an answer that another one got. */
function refreshesAfter(refusals: number): Partial<Seams> {
  let granted: PlainResponse | undefined;
  let refused = 0;
  return {
    request: ({ url }, sound) => {
      const answer = sound();
      if (url.pathname !== '/v1/sessions/refresh') return answer;
      if (answer.status === 200) return (granted = answer);
      return ++refused > refusals && granted ? granted : answer;
    },
  };
}

/** Doors that stand open, or shut. */
export const identityBreakages: readonly Breakage[] = [
  {
    check: 'secret-rotates',
    what: 'a secret is good for ever',
    seams: () => {
      const given = new Map<string, PlainResponse>();
      return {
        request: ({ url, body }, sound) => {
          if (url.pathname !== '/v1/sessions/refresh') return sound();
          const answer = given.get(body.toString()) ?? sound();
          given.set(body.toString(), answer);
          return answer;
        },
      };
    },
  },
  {
    check: 'secret-rotates',
    what: 'an older secret goes on',
    seams: () => refreshesAfter(1),
  },
  {
    check: 'secret-rotates',
    what: 'an older secret is refused, and its session goes on',
    seams: () => refreshesAfter(2),
  },
  {
    check: 'token-refresh-in-band',
    what: 'a fresh token is not read',
    seams: () => ({ incoming: (frame) => frame.type === 'token' }),
  },
  {
    check: 'token-expired-recovers',
    what: 'an expired token ends the session',
    seams: () => ({ closeCode: (code) => (code === 4401 ? 4410 : code) }),
  },
  {
    check: 'subject-switch-isolated',
    what: 'a connection may change its subject',
    seams: () => ({ closeCode: (code) => (code === 4410 ? undefined : code) }),
  },
  {
    check: 'cross-tenant-denied',
    what: 'whoever knows a conversation’s id may read it',
    seams: () => ({ mayRead: (_actor, stream, sound) => sound || stream.startsWith('conversation:') }),
  },
  {
    check: 'cross-tenant-denied',
    what: 'a foreign tenant’s inbox is answered',
    seams: () => ({ mayRead: (_actor, stream, sound) => sound || stream.startsWith('inbox:') }),
  },
];
