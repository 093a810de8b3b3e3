import type { LogConnector } from '@sahay/client/connector';
import { BrowserStorage } from '../world/browser-storage.ts';
import type { FaultName } from './fault-names.ts';

/** What a planted fault wraps a client's connector in; nothing for most. */
export function decorationOf(
  _fault: FaultName | undefined,
): ((connector: LogConnector) => LogConnector) | undefined {
  return undefined;
}

/** A browser's storage, with the fault that is planted in it. */
export function storageWithFault(_fault: FaultName | undefined): BrowserStorage {
  return new BrowserStorage();
}
