import { storageWithFault } from '../faults/client-faults.ts';
import type { FaultName } from '../faults/fault-names.ts';
import { BrowserLocks } from './browser-locks.ts';
import type { BrowserStorage } from './browser-storage.ts';

/** What the pages of one browser share, whoever sits in front of it. */
export class Browser {
  readonly namespace: string;
  readonly storage: BrowserStorage;
  readonly locks = new BrowserLocks();

  constructor(namespace: string, fault: FaultName | undefined) {
    this.namespace = namespace;
    this.storage = storageWithFault(fault);
  }
}
