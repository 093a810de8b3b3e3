import { registerHooks } from 'node:module';
import type { FaultName } from './fault-names.ts';
import { chooseServerFault, serverFaults } from './server-faults.ts';

/** Modules of the server that something stands in for, when `open-core.ts` asks for them. */
const standIns: Record<string, string> = {
  './storage/sqlite/sqlite-store.ts': new URL('./faulty-store.ts', import.meta.url).href,
  './hub/live-hub.ts': new URL('./faulty-hub.ts', import.meta.url).href,
};

/**
 * Plants a fault in the server of this process, before the server is loaded: where it is put together, decorated ports
 * stand in for its own. So the product needs no switch for it. Client faults change nothing here.
 */
export function plantServerFault(name: FaultName): void {
  const fault = serverFaults[name];
  if (!fault) return;
  chooseServerFault(fault);
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const standIn = context.parentURL?.endsWith('/server/src/open-core.ts')
        ? standIns[specifier]
        : undefined;
      return standIn
        ? { url: standIn, shortCircuit: true, format: 'module-typescript' }
        : nextResolve(specifier, context);
    },
  });
}
