import type { MessageView } from '@sahay/client';
import { html, type TemplateResult } from 'lit';
import { alertIcon } from '../icons/window-icons.ts';
import type { Locale } from '../locales/locale.ts';
import type { RowContext } from './row-context.ts';

/** What went wrong with one's own message, and the two ways on. */
export function failureLine({ key, problem }: MessageView, { locale, fire }: RowContext): TemplateResult {
  const { failed, retry, discard } = locale.strings;
  const reason = problem && failureReason(problem.code, locale);
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

/** Why the other side refused a message, for people; nothing when there is no more to say than that it was not sent. */
function failureReason(code: string, { strings }: Locale): string | undefined {
  if (code === 'rate_limited') return strings.errorTooMany;
  if (code === 'conversation_closed') return strings.composerClosed;
  if (code === 'token_expired' || code === 'token_invalid') return strings.errorSession;
  if (code.startsWith('message_') || code === 'invalid_command') return strings.errorRefused;
  return undefined;
}
