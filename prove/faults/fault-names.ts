/** Each planted fault: where it sits, and what it does. The product holds nothing of this. */
export const faults = {
  'acknowledge-before-commit': 'server: a message is acknowledged from memory, and written a little later',
  'no-de-duplication': 'server: a command that comes again runs again',
  'lane-number-forgotten': 'server: a restart forgets the numbers of all lanes',
  'read-before-subscribe': 'server: the log is read first, and live delivery registered after that',
  'window-resend': 'server: a resume gets the last five events, however many were missed',
  'order-by-clock': 'server: history is sorted by the time on its messages, not by the log',
  'double-broadcast': 'server: one event in fifty is delivered twice',
  'shared-cursor': 'server: one cursor serves all streams of a connection',
  'stale-snapshot': 'server: a snapshot carries a newer cursor than its messages',
  'taken-before-stored': 'client: the composer lets go before storage has written',
  'outbox-number-forgotten': 'client: the number of a lane is lost with the page',
  'resend-as-new': 'client: what was not acknowledged is sent again as something new',
} as const;

/** The name of a planted fault. */
export type FaultName = keyof typeof faults;

export const faultNames = Object.keys(faults) as FaultName[];

export function isFault(name: string): name is FaultName {
  return Object.hasOwn(faults, name);
}
