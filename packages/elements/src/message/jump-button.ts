import type { MessageList, MessageView } from '@sahay/client';
import { html, nothing, type TemplateResult } from 'lit';
import { arrowDownIcon } from '../icons/late-icons.ts';
import type { Locale } from '../locales/locale.ts';

/** Leads to the newest message, and says how many came since the one with the key `lastSeen`. */
export function jumpButton(
  messages: MessageList | readonly MessageView[],
  lastSeen: string | undefined,
  locale: Locale,
  jump: () => void,
): TemplateResult {
  const seen = lastSeen === undefined ? -1 : indexOf(messages, lastSeen);
  const fresh = messages.length - 1 - seen;
  const label = fresh > 0 ? locale.text('newMessages', { count: fresh }) : locale.strings.jumpToLatest;
  return html`<button
    type="button"
    class="icon-button jump"
    part="jump"
    ?data-new=${fresh > 0}
    aria-label=${label}
    @click=${jump}
  >
    ${arrowDownIcon()}${fresh > 0 ? label : nothing}
  </button>`;
}

function indexOf(views: MessageList | readonly MessageView[], key: string): number {
  return Array.isArray(views)
    ? (views as readonly MessageView[]).findIndex((view) => view.key === key)
    : (views as MessageList).indexOf(key);
}
