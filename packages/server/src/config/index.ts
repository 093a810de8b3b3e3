export { ConfigError } from './config-error.ts';
export type { HostKey } from './host-key.ts';
export { configFromEnvironment, resolveConfig } from './resolve-config.ts';
export { typesMeantBy, type WebhookInput } from './webhooks.ts';
export type { KnowledgeConfig, LlmConfig, ServerConfig, ServerConfigInput } from './server-config.ts';
