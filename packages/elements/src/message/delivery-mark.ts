import type { MessageDelivery, MessageView } from '@sahay/client';
import { html, type TemplateResult } from 'lit';
import { alertIcon, checkIcon, clockIcon, doubleCheckIcon } from '../icons/window-icons.ts';
import type { StringKey } from '../locales/locale-strings.ts';
import { renderer } from './lazy-renderers.ts';
import { messageTime } from './message-time.ts';
import type { RowContext } from './row-context.ts';

const marks = {
  pending: { icon: clockIcon, word: 'sending' },
  unsaved: { icon: clockIcon, word: 'notSaved' },
  sent: { icon: checkIcon, word: 'sent' },
  delivered: { icon: doubleCheckIcon, word: 'delivered' },
  read: { icon: doubleCheckIcon, word: 'read' },
} as const satisfies Partial<Record<MessageDelivery, { icon: () => TemplateResult; word: StringKey }>>;

/** Time and tick under one's own words; the tick also as a word, for those who don't see it. */
export function deliveryMark(
  { message, delivery }: MessageView,
  { locale, formats }: RowContext,
): TemplateResult {
  const known = delivery === 'failed' || delivery === 'received' ? 'sent' : delivery;
  const { icon, word } = marks[known];
  return html`<div class="meta ${known}" part="meta">
    ${messageTime(message, formats)}${icon()}<span class=${known === 'unsaved' ? '' : 'hidden-visually'}
      >${locale.text(word)}</span
    >
  </div>`;
}

/** What went wrong with one's own message, and the two ways on. */
export function failureLine(
  { key, problem }: MessageView,
  { locale, fire, arrived }: RowContext,
): TemplateResult {
  const { failed, retry, discard } = locale.strings;
  const reason = problem && renderer('rich', arrived)?.failureReason(problem.code, locale);
  return html`<div class="meta failed" part="meta">
    ${alertIcon()}<span>${reason ? `${failed}. ${reason}` : failed}</span>
    <div class="actions">
      <button type="button" class="text-button" @click=${() => fire('sahay-retry', { key })}>${retry}</button>
      <button type="button" class="text-button" @click=${() => fire('sahay-discard', { key })}>
        ${discard}
      </button>
    </div>
  </div>`;
}
