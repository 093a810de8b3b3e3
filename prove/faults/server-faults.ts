import type { LiveHub } from '../../packages/server/src/hub/live-hub.ts';
import type { Store } from '../../packages/server/src/storage/store.ts';
import { acknowledgeBeforeCommit, laneNumberForgotten, noDeDuplication } from './command-faults.ts';
import { doubleBroadcast, readBeforeSubscribe, sharedCursor } from './delivery-faults.ts';
import type { FaultName } from './fault-names.ts';
import { orderByClock, slowReading, staleSnapshot, windowResend } from './reading-faults.ts';

/** A fault as decorators around the server's ports. */
interface ServerFault {
  store?: (store: Store) => Store;
  hub?: (hub: LiveHub) => LiveHub;
}

export const serverFaults: Partial<Record<FaultName, ServerFault>> = {
  'acknowledge-before-commit': { store: acknowledgeBeforeCommit },
  'no-de-duplication': { store: noDeDuplication },
  'lane-number-forgotten': { store: laneNumberForgotten },
  'read-before-subscribe': { store: slowReading, hub: readBeforeSubscribe },
  'window-resend': { store: windowResend },
  'order-by-clock': { store: orderByClock },
  'double-broadcast': { hub: doubleBroadcast },
  'shared-cursor': { hub: sharedCursor },
  'stale-snapshot': { store: staleSnapshot },
};

let planted: ServerFault = {};
const used = new Set<'store' | 'hub'>();

/** Chooses the fault of this process. */
export function chooseServerFault(fault: ServerFault): void {
  planted = fault;
}

export function withStoreFault(store: Store): Store {
  used.add('store');
  return planted.store?.(store) ?? store;
}

export function withHubFault(hub: LiveHub): LiveHub {
  used.add('hub');
  return planted.hub?.(hub) ?? hub;
}

/** @throws Error when the server was built without what the fault wraps, so that the run would prove nothing */
export function mustBePlanted(): void {
  for (const port of ['store', 'hub'] as const)
    if (planted[port] && !used.has(port))
      throw new Error(`The fault was not planted: nothing asked for the ${port}. See plant-server-fault.ts.`);
}
