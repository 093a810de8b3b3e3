import { defaultLimits, type Part } from '@sahay/protocol';
import type { ServerConfig } from '../config/index.ts';
import type { Knowledge } from '../knowledge/index.ts';
import type { PolicyData } from '../policy.ts';
import { replyForArticle } from './choices.ts';
import { runtimeSentences } from './sentences.ts';

/** The bot's participant id. It can be nobody else's: those of visitors and agents begin with a prefix. */
export const botId = 'bot';

/**
 * The rules of an installation: its bot, what that says first in each language, and the survey after a close. Languages
 * that only the knowledge base speaks are greeted in English, with questions in their own.
 */
export function createPolicy(
  config: Pick<ServerConfig, 'botName' | 'consentPurpose'>,
  knowledge: Knowledge,
): PolicyData {
  const languages = new Set([...Object.keys(runtimeSentences), ...knowledge.languages]);
  return {
    limits: defaultLimits,
    bot: { id: botId, role: 'bot', name: config.botName },
    greetings: Object.fromEntries(
      [...languages].map((lang) => [lang, greetingIn(lang, config.botName, knowledge)]),
    ),
    regenerates: true,
    fallbackLocale: 'en',
    surveyOnClose: 'csat',
    ...(config.consentPurpose && {
      consent: [
        {
          purpose: config.consentPurpose,
          commands: ['conversation.start', 'message.send', 'attachment.create'],
        },
      ],
    }),
  };
}

function greetingIn(lang: string, botName: string, knowledge: Knowledge): Part[] {
  const { greeting } = runtimeSentences[lang.split('-')[0] ?? lang] ??
    runtimeSentences['en'] ?? { greeting: '{name}' };
  const options = knowledge.suggestions(lang).map(replyForArticle);
  const text: Part = { partId: 'greeting', type: 'text', text: greeting.replace('{name}', botName) };
  return options.length ? [text, { partId: 'suggestions', type: 'quick_replies', options }] : [text];
}
