// Stands in for the server's live-hub.ts where a fault is planted in it.
import * as real from '../../packages/server/src/hub/live-hub.ts';
import { withHubFault } from './server-faults.ts';

/** The hub, opened with the fault around it. */
export const LiveHub = {
  open: async (parts: Parameters<typeof real.LiveHub.open>[0]) =>
    withHubFault(await real.LiveHub.open(parts)),
};
