import type { FaultName } from './fault-names.ts';

/** A fault that sits in this process. */
export interface Planted {
  /** @throws Error when the product did not load what the fault wraps, so that the run would prove nothing. */
  mustBePlanted(): void;
}

/** Plants a fault in the server of this process, before the server is loaded. */
export function plantServerFault(_name: FaultName): Planted {
  return { mustBePlanted: () => undefined };
}
