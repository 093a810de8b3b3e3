/**
 * Speaks to any endpoint that streams the AI SDK's UI message stream, version 1.
 *
 * @packageDocumentation
 */
export { aiSdkConnector, type AiSdkConnectorOptions } from './ai-sdk-connector.ts';
