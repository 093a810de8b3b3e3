import type { MessageView } from '@sahay/client';
import { html, nothing, type TemplateResult } from 'lit';
import { retryIcon, stopIcon, thumbDownIcon, thumbUpIcon } from '../icons/late-icons.ts';
import { conversationOf } from '../parts/conversation-of.ts';
import { whereAnswerable } from './where-answerable.ts';
import { checkIcon } from '../icons/window-icons.ts';
import type { LocaleStrings } from '../locales/locale-strings.ts';
import type { RowContext } from './row-context.ts';

/** What stands in place of a message that was deleted. */
export function deletedBubble({ locale }: RowContext): TemplateResult {
  return html`<div class="bubble quiet-text">${locale.strings.messageDeleted}</div>`;
}

/** What is said below another's message: that it was cut off, or whether it helped. */
export function afterword(
  view: MessageView,
  context: RowContext,
  last: boolean,
): TemplateResult | typeof nothing {
  const { status, supersededAt } = view.message;
  // What another answer stands for is neither rated nor asked for again.
  if (status === 'deleted' || supersededAt) return nothing;
  if (status === 'streaming') return stopButton(view, context);
  if (status === 'complete')
    return html`${feedback(view, context)}${view.message.feedback?.helpful === false ? againButton(view, context) : nothing}`;
  const { answerFailed, answerStopped } = context.locale.strings;
  return html`<div class="meta">${status === 'failed' ? answerFailed : answerStopped}</div>
    ${last ? againButton(view, context) : nothing}`;
}

function feedback(
  { message }: MessageView,
  { locale: { strings }, fire }: RowContext,
): TemplateResult | typeof nothing {
  if (message.feedback) {
    const { helpful, reason } = message.feedback;
    if (helpful) return html`<div class="feedback">${checkIcon()}${strings.solvedThanks}</div>`;
    // An apology of ours would only stand in the way of what the other side says next; why it did not help, people may say.
    return reason
      ? html`<div class="feedback">${strings.solvedReasonThanks}</div>`
      : reasons(message.id, strings);
  }
  const answer = (helpful: boolean) => fire('sahay-feedback', { messageId: message.id, helpful });
  return html`<div class="feedback" role="group" aria-label=${strings.solvedQuestion} part="feedback">
    <span>${strings.solvedQuestion}</span>
    <div class="pair">
      <button type="button" class="button quiet" @click=${() => answer(true)}>
        ${thumbUpIcon()}${strings.solvedYes}
      </button>
      <button type="button" class="button quiet" @click=${() => answer(false)}>
        ${thumbDownIcon()}${strings.solvedNo}
      </button>
    </div>
  </div>`;
}

/** Only a bot's answer is stopped; people stop by themselves. */
function stopButton({ message }: MessageView, { locale }: RowContext): TemplateResult | typeof nothing {
  if (message.author.role !== 'bot') return nothing;
  const stop = ({ currentTarget }: Event): void => {
    const button = currentTarget as HTMLButtonElement;
    button.disabled = true;
    // Refused, the answer goes on, and the button can be pressed again.
    conversationOf(button)
      ?.cancelMessage(message.id)
      .catch(() => (button.disabled = false));
  };
  return html`<div class="feedback">
    <button type="button" class="button quiet" part="stop" @click=${stop}>
      ${stopIcon()}${locale.strings.stop}
    </button>
  </div>`;
}

/** Another answer to the same question, where the backend can; until that is known there is no button. Also below an answer that did not
 * help, once a reason is given, or a bot has said something since. */
function againButton({ message }: MessageView, { locale }: RowContext): TemplateResult | typeof nothing {
  if (message.author.role !== 'bot') return nothing;
  const again = ({ currentTarget }: Event): void => {
    const button = currentTarget as HTMLButtonElement;
    button.disabled = true;
    // Refused, it can be asked for again.
    conversationOf(button)
      ?.do?.('message.regenerate', { messageId: message.id })
      .catch(() => (button.disabled = false));
  };
  return html`<div class="feedback" ?hidden=${whereAnswerable(message)}>
    <button type="button" class="button quiet" part="regenerate" @click=${again}>
      ${retryIcon()}${locale.strings.answerAgain}
    </button>
  </div>`;
}

const why = ['solvedNotMine', 'solvedIncomplete', 'solvedWrong'] as const;

function reasons(messageId: string, strings: LocaleStrings): TemplateResult {
  const say = (reason: string) => (event: Event) => {
    const group = (event.currentTarget as HTMLElement).closest<HTMLElement>('.feedback')!;
    group.inert = true;
    // Refused, it can be said again.
    conversationOf(group)
      ?.feedback(messageId, false, reason)
      .catch(() => (group.inert = false));
  };
  return html`<div class="feedback" role="group" aria-label=${strings.solvedWhy} part="feedback-reasons">
    <span>${strings.solvedWhy}</span>
    ${why.map((key) => html`<button type="button" class="button quiet" @click=${say(strings[key])}>${strings[key]}</button>`)}
  </div>`;
}
