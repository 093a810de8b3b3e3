import type { Participant } from '@sahay/protocol';
import type { TemplateResult } from 'lit';
import { face } from './face.ts';
import { personFace } from './person-face.ts';

/** A round picture, initials or the mark, where nothing need arrive first; the window itself uses `face`. */
export function authorFace(author: Participant): TemplateResult {
  return author.role === 'bot' || author.role === 'system'
    ? face(author, () => undefined)
    : personFace(author);
}
