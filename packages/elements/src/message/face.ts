import type { Participant } from '@sahay/protocol';
import { html, type TemplateResult } from 'lit';
import { chatIcon } from '../icons/window-icons.ts';
import { renderer } from './lazy-renderers.ts';

/** Who speaks as a round picture: the mark of a bot at once, a person's face as soon as what draws faces has arrived. */
export function face(author: Participant, arrived: () => void): TemplateResult {
  if (author.role === 'bot' || author.role === 'system')
    return html`<span class="avatar bot" aria-hidden="true">${chatIcon()}</span>`;
  return (
    renderer('rich', arrived)?.personFace(author) ?? html`<span class="avatar" aria-hidden="true"></span>`
  );
}
