import type { FindingName } from '../history/check-history.ts';

/** A planted fault: what it does, and the checks of which at least one has to catch it. */
interface PlantedFault {
  what: string;
  caughtBy: readonly FindingName[];
}

/** Each planted fault. The product holds nothing of this. */
export const faults = {
  'acknowledge-before-commit': {
    what: 'server: a message is acknowledged from memory, and written a little later',
    caughtBy: ['acknowledged, not stored'],
  },
  'no-de-duplication': {
    what: 'server: a command that comes again runs again',
    caughtBy: ['duplicated'],
  },
  'lane-number-forgotten': {
    what: 'server: a restart forgets the numbers of all lanes',
    caughtBy: ['duplicated'],
  },
  'read-before-subscribe': {
    what: 'server: the log is read first, and live delivery registered after that',
    caughtBy: ['wire gaps'],
  },
  'window-resend': {
    what: 'server: a resume gets the last five events, however many were missed',
    caughtBy: ['wire gaps'],
  },
  'order-by-clock': {
    what: 'server: history is sorted by the time on its messages, not by the log',
    caughtBy: ['reordered'],
  },
  'double-broadcast': {
    what: 'server: one event in fifty is delivered twice',
    caughtBy: ['wire repeats'],
  },
  'shared-cursor': {
    what: 'server: one cursor serves all streams of a connection',
    caughtBy: ['diverging views', 'wire gaps'],
  },
  'stale-snapshot': {
    what: 'server: a snapshot carries a newer cursor than its messages',
    caughtBy: ['diverging views'],
  },
  'taken-before-stored': {
    what: 'client: the composer lets go before storage has written',
    caughtBy: ['lost'],
  },
  'outbox-number-forgotten': {
    what: 'client: the number of a lane is lost with the page',
    caughtBy: ['lost'],
  },
  'apart-forgotten': {
    what: 'client: what a page keeps apart goes when somebody else is welcomed in its browser',
    caughtBy: ['lost'],
  },
  'resend-as-new': {
    what: 'client: what was not acknowledged is sent again as something new',
    caughtBy: ['duplicated'],
  },
} as const satisfies Record<string, PlantedFault>;

/** The name of a planted fault. */
export type FaultName = keyof typeof faults;

export const faultNames = Object.keys(faults) as FaultName[];

export function isFault(name: string): name is FaultName {
  return Object.hasOwn(faults, name);
}
