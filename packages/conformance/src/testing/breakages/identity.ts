import type { Breakage } from '../breakage.ts';

/** Doors that stand open, or shut. */
export const identityBreakages: readonly Breakage[] = [
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
