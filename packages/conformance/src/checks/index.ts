import type { Check } from '../check.ts';
import { commandChecks, linkChecks } from './commands.ts';
import { conversationChecks } from './conversation.ts';
import { attachmentChecks, historyChecks, problemChecks, rateChecks, searchChecks } from './http.ts';
import { accessChecks, identityChecks } from './identity.ts';
import { invitationChecks } from './invitations.ts';
import { questionChecks } from './questions.ts';
import { resumeChecks } from './resume.ts';
import { signalChecks } from './signals.ts';
import { closeCodeChecks, socketChecks } from './socket.ts';
import { partChecks, readingChecks, streamChecks } from './streams.ts';
import { streamingChecks } from './streaming.ts';
import { transportChecks } from './transports.ts';
import { dataChecks } from './data.ts';
import { discoveryChecks, versionChecks } from './versions.ts';
import { webhookChecks } from './webhooks.ts';

/** Every check for backends, in the order of the specification. */
export const checks: readonly Check[] = [
  ...dataChecks,
  ...partChecks,
  ...streamChecks,
  ...resumeChecks,
  ...readingChecks,
  ...historyChecks,
  ...commandChecks,
  ...accessChecks,
  ...conversationChecks,
  ...questionChecks,
  ...invitationChecks,
  ...streamingChecks,
  ...signalChecks,
  ...transportChecks,
  ...socketChecks,
  ...discoveryChecks,
  ...rateChecks,
  ...webhookChecks,
  ...searchChecks,
  ...identityChecks,
  ...linkChecks,
  ...attachmentChecks,
  ...problemChecks,
  ...closeCodeChecks,
  ...versionChecks,
];
