import type { applyToConversation, applyToMessage, applyToUser } from '@sahay/protocol/core';
import type { DrainLock } from '../outbox/drain-lock.ts';
import type { leaveResult } from '../outbox/left-result.ts';
import type { StreamText } from './stream-text.ts';

/** What comes with the reserve and is used as soon as it is there; until then there is a plainer way. */
export interface Late {
  applyToConversation: typeof applyToConversation;
  applyToMessage: typeof applyToMessage;
  applyToUser: typeof applyToUser;
  StreamText: typeof StreamText;
  DrainLock: typeof DrainLock;
  leaveResult: typeof leaveResult;
}
