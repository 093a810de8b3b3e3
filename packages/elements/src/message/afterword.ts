import type { MessageView } from '@sahay/client';
import { html, nothing, type TemplateResult } from 'lit';
import { checkIcon } from '../icons/window-icons.ts';
import type { RowContext } from './row-context.ts';

/** What stands in place of a message that was deleted. */
export function deletedBubble({ locale }: RowContext): TemplateResult {
  return html`<div class="bubble quiet-text">${locale.strings.messageDeleted}</div>`;
}

/** What is said below another's message: that it was cut off, or whether it helped. */
export function afterword(view: MessageView, context: RowContext): TemplateResult | typeof nothing {
  const { status } = view.message;
  if (status !== 'failed' && status !== 'cancelled') return feedback(view, context);
  const { answerFailed, answerStopped } = context.locale.strings;
  return html`<div class="meta">${status === 'failed' ? answerFailed : answerStopped}</div>`;
}

function feedback(
  { message }: MessageView,
  { locale: { strings }, fire }: RowContext,
): TemplateResult | typeof nothing {
  if (message.feedback) {
    // After a "no" the next word is the other side's: an apology of ours would only stand in its way.
    return message.feedback.helpful
      ? html`<div class="feedback">${checkIcon()}${strings.solvedThanks}</div>`
      : nothing;
  }
  const answer = (helpful: boolean) => fire('sahay-feedback', { messageId: message.id, helpful });
  return html`<div class="feedback" role="group" aria-label=${strings.solvedQuestion} part="feedback">
    <span>${strings.solvedQuestion}</span>
    <button type="button" class="button quiet" @click=${() => answer(true)}>
      ${checkIcon()}${strings.solvedYes}
    </button>
    <button type="button" class="button quiet" @click=${() => answer(false)}>${strings.solvedNo}</button>
  </div>`;
}
