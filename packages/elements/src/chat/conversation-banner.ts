import type { ConversationHandle, ConversationView } from '@sahay/client';
import { css, html, type TemplateResult } from 'lit';
import type { Formats } from '../internal/formats.ts';
import { completeEnglish } from '../locales/complete-english.ts';
import type { Locale } from '../locales/locale.ts';
import { defineSurvey } from './lazy-parts.ts';
import type { BannerFacts, ChatBanner } from './banner-of.ts';
import { duration } from '../internal/measures.ts';

completeEnglish();

export { buttons } from '../theme/controls.ts';

/** What can be done about the conversation's state. */
export interface BannerActions {
  startNew(): void;
  stopWaiting(): void;
}

/** What is worth saying while the connection stands: that the session or the conversation ended, or how long to wait. */
export function conversationBanner(
  facts: BannerFacts,
  locale: Locale,
  formats: Formats,
  { startNew, stopWaiting }: BannerActions,
): ChatBanner {
  const { strings } = locale;
  if (facts.connection?.state === 'stopped') return { kind: 'connection', text: strings.errorSession };
  if (facts.view?.conversation?.status === 'closed') {
    // The transcript's own last line says so already, where the backend writes one.
    const said = facts.view.messages.at(-1)?.message.parts.some((part) => part.type === 'notice');
    const action = button('primary', strings.startNew, startNew);
    return { kind: 'closed', text: said ? '' : strings.conversationClosed, action };
  }
  const action = button('quiet', strings.stopWaiting, stopWaiting);
  if (facts.availability?.open === false) return { kind: 'away', text: strings.nobodyHere, action };
  return { kind: 'queue', text: queueWords(facts.view, locale, formats), action };
}

function button(look: string, label: string, press: () => void): TemplateResult {
  return html`<button slot="action" type="button" class="button ${look}" @click=${press}>${label}</button>`;
}

function queueWords(view: ConversationView | undefined, locale: Locale, formats: Formats): string {
  const { position, estimatedWaitSeconds } = view?.queue ?? {};
  const place =
    position === undefined
      ? locale.strings.handoffRequested
      : position === 1
        ? locale.strings.queueNext
        : locale.text('queuePosition', { position });
  if (!estimatedWaitSeconds) return place;
  return `${place} ${locale.text('queueWait', { time: duration(formats, estimatedWaitSeconds.high * 1000) })}`;
}

/** The survey after the end, unless there is none or it was waved away. */
export function survey(
  view: ConversationView,
  handle: ConversationHandle | undefined,
  failed: (error: unknown) => void,
): TemplateResult | undefined {
  const asked = view.conversation?.survey;
  if (!asked || !handle || asked.state === 'dismissed') return undefined;
  defineSurvey().catch(failed);
  return html`<sahay-survey
    slot="after"
    part="survey"
    .conversation=${handle}
    .kind=${asked.kind}
  ></sahay-survey>`;
}

/** Looks of the above in the window. */
export const endStyles = css`
  sahay-banner .button {
    min-block-size: 36px;
    font-size: var(--_text-s);
  }
  sahay-survey {
    margin-block-start: var(--_space-4);
  }
`;
