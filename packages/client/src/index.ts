/**
 * The headless support client: connection, outbox, event log and store over any backend that speaks the Sahay protocol,
 * or that a connector speaks to.
 *
 * @packageDocumentation
 */
export type * from './support-client.ts';
export type * from './conversation-handle.ts';
export type { MessageDelivery, MessageList, MessageView } from './store/message-list.ts';
export type { Readable } from './readable.ts';
export type { Clock } from './clock.ts';
export type { ClientEnvironment, TabLocks } from './environment.ts';
export type { ClientStorage, StorageReader, StorageWriter } from './storage/client-storage.ts';
export type {
  ConnectionCause,
  ConnectionChange,
  ConnectionState,
  GetToken,
  LogConnector,
  TokenReason,
} from './connector/log-connector.ts';
export type { TransportName } from './transport/transport.ts';
export type { TurnBackend, TurnConnector, TurnPiece } from './connector/turn-connector.ts';
export type { Inspection } from './inspect/inspect.ts';
export { SahayError, type SahayErrorOptions } from './sahay-error.ts';
export { createSupportClient } from './client.ts';
export { MemoryStorage } from './storage/memory-storage.ts';
