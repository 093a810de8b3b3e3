export { createBotRuntime, type BotRuntime, type BotRuntimeOptions } from './bot-runtime.ts';
export { createConfiguredBot } from './configured-bot.ts';
export { botId, createPolicy } from './create-policy.ts';
export { gentlePace, type Pace } from './pace.ts';
