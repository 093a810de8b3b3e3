import type { Part } from '@sahay/protocol';
import type { MessageInput } from '../conversation-handle.ts';
import { freshId } from '../ids.ts';
import { SahayError } from '../sahay-error.ts';

/** The parts of what somebody wants to say. */
export function partsOf(input: MessageInput): Part[] {
  const { text = '', parts = [] } = typeof input === 'string' ? { text: input } : input;
  const all: Part[] = text.trim() ? [{ partId: freshId('p'), type: 'text', text }, ...parts] : [...parts];
  if (all.length === 0) throw new SahayError('message_empty', 'Write something, or attach a file.');
  return all;
}
