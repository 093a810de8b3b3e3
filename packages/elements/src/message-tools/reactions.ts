import type { MessageView } from '@sahay/client';
import { html, type TemplateResult } from 'lit';
import type { Formats } from '../internal/formats.ts';
import type { Locale } from '../locales/locale.ts';

/** Who chose what; one's own can be taken back, others' joined. */
export function reactions(
  { message }: MessageView,
  me: string | undefined,
  locale: Locale,
  formats: Formats,
  react: (emoji: string, active: boolean) => void,
): TemplateResult {
  const given = Object.entries(message.reactions ?? {});
  return html`<div class="reactions" part="reactions" role="group" aria-label=${locale.strings.reactions}>
    ${given.map(([emoji, ids]) => {
      const mine = me !== undefined && ids.includes(me);
      return html`<button
        type="button"
        aria-pressed=${mine}
        aria-label=${`${emoji} ${locale.text('reactionCount', { count: ids.length })}`}
        @click=${() => react(emoji, !mine)}
      >
        ${emoji}<span>${ids.length > 1 ? formats.number(ids.length) : ''}</span>
      </button>`;
    })}
  </div>`;
}
