import type { MessageDelivery, MessageView } from '@sahay/client';
import { html, type TemplateResult } from 'lit';
import { alertIcon, checkIcon, clockIcon, doubleCheckIcon } from '../icons/window-icons.ts';
import type { StringKey } from '../locales/locale-strings.ts';
import { messageTime } from './message-time.ts';
import type { RowContext } from './row-context.ts';

const marks = {
  pending: { icon: clockIcon, word: 'sending' },
  unsaved: { icon: clockIcon, word: 'notSaved' },
  sent: { icon: checkIcon, word: 'sent' },
  delivered: { icon: doubleCheckIcon, word: 'delivered' },
  read: { icon: doubleCheckIcon, word: 'read' },
  failed: { icon: alertIcon, word: 'failed' },
} as const satisfies Partial<Record<MessageDelivery, { icon: () => TemplateResult; word: StringKey }>>;

/** Time and tick under one's own words; the tick also as a word, for those who don't see it. */
export function deliveryMark({ message, delivery }: MessageView, context: RowContext): TemplateResult {
  const { locale } = context;
  const known = delivery === 'received' ? 'sent' : delivery;
  const { icon, word } = marks[known];
  return html`<div class="meta ${known}" part="meta">
    ${messageTime(message, context)}${icon()}<span
      class=${known === 'unsaved' || known === 'failed' ? '' : 'hidden-visually'}
      >${locale.text(word)}</span
    >
  </div>`;
}
