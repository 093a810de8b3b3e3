import { createBot, type Bot } from '@sahay/bot';
import { createChatCompletionsWriter } from '@sahay/bot/llm';
import type { ServerConfig } from '../config/index.ts';
import type { Knowledge } from '../knowledge/index.ts';

/** The bot of an installation: over its knowledge base, in the words of its LLM when it has one. */
export function createConfiguredBot({ llm }: Pick<ServerConfig, 'llm'>, knowledge: Knowledge): Bot {
  const writer =
    llm && createChatCompletionsWriter({ url: llm.url, model: llm.model, ...(llm.key && { key: llm.key }) });
  return createBot({
    articles: knowledge.articles,
    defaultLanguage: knowledge.defaultLanguage,
    ...(writer && { writer }),
  });
}
