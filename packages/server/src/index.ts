/**
 * The reference Sahay backend: a web-standard `fetch` and a WebSocket upgrade to mount in any Node server, or a server
 * of its own.
 *
 * @packageDocumentation
 */
export { verifyTranscript, type TranscriptVerdict } from './transcript/verify-transcript.ts';
export { ConfigError, type ServerConfig, type ServerConfigInput, type WebhookInput } from './config/index.ts';
export type { RateLimit, ServerTuning } from './context.ts';
export { createSupportServer } from './create-support-server.ts';
export { contentSecurityPolicy } from './http/index.ts';
export type { Durations, Insights, TopArticle, UnansweredQuestion } from './insights/index.ts';
export { StorageFailedError } from './storage/storage-failed-error.ts';
export type {
  ListeningServer,
  ListenOptions,
  SupportServer,
  SupportServerOptions,
} from './support-server.ts';
export type { MailMessage, MailTransport } from './mail/mail-transport.ts';
