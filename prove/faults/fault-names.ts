/** Each planted fault: where it sits, and what it does. The product holds none of this. */
export const faults = {
  'acknowledge-before-commit': 'server: a message is acknowledged from memory and written a little later',
  'no-de-duplication': 'server: a command that comes again runs again',
  'lane-number-forgotten': 'server: after a restart the numbers of all lanes are unknown',
  'read-before-subscribe': 'server: the log is read first, and live delivery registered after',
  'window-resend': 'server: a resume gets the last few events, however many were missed',
  'order-by-clock': 'server: history is sorted by the time on its messages, not by the log',
  'double-broadcast': 'server: some events are delivered twice',
  'shared-cursor': 'server: one cursor serves all streams of a connection',
  'stale-snapshot': 'server: a snapshot carries a newer cursor than its messages',
  'taken-before-stored': 'client: the composer lets go before the outbox has stored',
  'outbox-number-forgotten': 'client: the number of a lane is lost with the page',
  'acknowledged-is-shown':
    'client: events after a reconnect are dropped when their number looks old in another stream',
} as const;

/** The name of a planted fault. */
export type FaultName = keyof typeof faults;

export const faultNames = Object.keys(faults) as FaultName[];

export function isFault(name: string): name is FaultName {
  return Object.hasOwn(faults, name);
}
