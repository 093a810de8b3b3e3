import type { Breakage } from '../breakage.ts';
import { commandBreakages } from './commands.ts';
import { conversationBreakages } from './conversation.ts';
import { httpBreakages } from './http.ts';
import { identityBreakages } from './identity.ts';
import { resumeBreakages } from './resume.ts';
import { signalBreakages } from './signals.ts';
import { streamBreakages } from './streams.ts';
import { streamingBreakages } from './streaming.ts';
import { transportBreakages } from './transports.ts';
import { webhookBreakages } from './webhooks.ts';

/** Every breakage; each check has one at least. */
export const breakages: readonly Breakage[] = [
  ...streamBreakages,
  ...resumeBreakages,
  ...commandBreakages,
  ...conversationBreakages,
  ...streamingBreakages,
  ...signalBreakages,
  ...transportBreakages,
  ...identityBreakages,
  ...httpBreakages,
  ...webhookBreakages,
];
