import type { OtherPart, Part } from '@sahay/protocol';
import { html } from 'lit';
import { defineElement } from '../define/define-element.ts';
import { completeEnglish } from '../locales/complete-english.ts';
import { carousel, cardPart } from './cards.ts';
import { SahayForm } from './form.ts';
import { hostPart } from './host-part.ts';
import { location } from './location.ts';
import { player } from './media.ts';
import { model3d } from './model.ts';
import type { PartPlace } from './part-place.ts';
import { surveyPart } from './survey-part.ts';
import { reasoning, toolStatus } from './tool-status.ts';

export { openLightbox } from './lightbox.ts';
export { partStyles } from './parts.styles.ts';

completeEnglish();
defineElement('sahay-form', SahayForm);

/** Draws the parts that most conversations do without. Nothing is returned for one it does not know. */
export function contentPart(part: Part, place: PartPlace): unknown {
  switch (part.type) {
    case 'card':
      return cardPart(part.card, part, place);
    case 'carousel':
      return carousel(part.cards, part, place);
    case 'form':
      return html`<sahay-form part="form" .form=${part} .messageId=${place.message.id}></sahay-form>`;
    case 'survey':
      return surveyPart(part, place);
    case 'tool_status':
      return toolStatus(part, place);
    case 'reasoning':
      return reasoning(part, place);
    case 'location':
      return location(part, place);
    case 'audio':
    case 'video':
      return player(part, place);
    case 'model3d':
      return model3d(part, place);
    default:
      return isHostPart(part) ? hostPart(part, place) : undefined;
  }
}

const isHostPart = (part: Part): part is OtherPart => part.type.startsWith('x-');
