// Stands in for the server's sqlite-store.ts where a fault is planted in it.
import * as real from '../../packages/server/src/storage/sqlite/sqlite-store.ts';
import { withStoreFault } from './server-faults.ts';

export const openSqliteStore: typeof real.openSqliteStore = async (options) =>
  withStoreFault(await real.openSqliteStore(options));
