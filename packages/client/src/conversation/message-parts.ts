import type { Part } from '@sahay/protocol';
import { freshId } from '../ids.ts';
import { SahayError } from '../sahay-error.ts';

/** The parts of what somebody wants to say. */
export function partsOf(text = '', parts: readonly Part[] = []): Part[] {
  const all: Part[] = text.trim() ? [{ partId: freshId('p'), type: 'text', text }, ...parts] : [...parts];
  if (!all.length) throw new SahayError('message_empty', 'Write something, or attach a file.');
  return all;
}
