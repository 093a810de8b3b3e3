import type { SurveyPart } from '@sahay/protocol';
import { html, type TemplateResult } from 'lit';
import { textBubble } from '../message/message-parts.ts';
import { surveyQuestion } from '../survey/survey-question.ts';
import type { PartPlace } from './part-place.ts';

let here = false;

/** A survey in line. What asks it arrives when there is one; until then its question stands there. */
export function surveyPart(part: SurveyPart, { message, context }: PartPlace): TemplateResult {
  if (here)
    return html`<sahay-survey-in-line
      part="survey"
      .asked=${part}
      .conversationId=${message.conversationId}
    ></sahay-survey-in-line>`;
  import('../define/survey.ts').then(
    () => {
      here = true;
      context.arrived();
    },
    // It is asked for again with the next redraw.
    () => undefined,
  );
  return textBubble(surveyQuestion(part, context.locale) || (part.fallbackText ?? ''), context);
}
