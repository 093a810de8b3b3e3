/**
 * The seam to a backend: what a connector implements, and what it is given.
 *
 * @packageDocumentation
 */
export type * from './log-connector.ts';
export type * from './turn-connector.ts';
export type { Clock } from '../clock.ts';
export type { ClientEnvironment, TabLocks } from '../environment.ts';
export type { ClientStorage, StorageReader, StorageWriter } from '../storage/client-storage.ts';
export { SahayError, type SahayErrorOptions } from '../sahay-error.ts';
export { turnConnector } from '../turn/turn-connector.ts';
export { sahayConnector, type SahayConnectorOptions } from '../sahay-connector/sahay-connector.ts';
