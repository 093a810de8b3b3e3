export { createChatCompletionsWriter, type ChatCompletionsOptions } from './chat-completions-writer.ts';
export type { CompletionsEndpoint } from './request-completion.ts';
