import type { ConversationView } from '@sahay/client';
import { html, nothing, type TemplateResult } from 'lit';
import type { SahayComposer } from '../composer/composer.ts';
import { knownContact } from '../contact/known-contact.ts';
import { closedWords } from '../hours/closed-words.ts';
import { load } from '../message/lazy-renderers.ts';
import type { Formats } from '../internal/formats.ts';
import { moonIcon } from '../icons/late-icons.ts';
import { checkIcon, clockIcon } from '../icons/window-icons.ts';
import type { SahayElement } from '../internal/sahay-element.ts';
import type { Locale } from '../locales/locale.ts';
import type { ChatRoom } from './later.ts';
import type { BannerFacts, ChatBanner } from './banner-of.ts';
import { duration } from '../internal/measures.ts';

/** What is worth saying while the connection stands: that the session or the conversation ended, or how long to wait. */
export function conversationBanner(facts: BannerFacts, room: ChatRoom): ChatBanner {
  const { locale, formats, handle } = room;
  const { strings } = locale;
  if (facts.connection?.state === 'stopped') return { kind: 'connection', text: strings.errorSession };
  if (facts.view?.conversation?.status === 'closed') {
    // The transcript's own last line says so already, where the backend writes one; a survey may stand below it.
    const said = isSaid(facts.view);
    ended(room);
    // The rating comes first as long as it is asked for.
    const isAsked = facts.view.conversation.survey?.state === 'requested';
    const action = button(isAsked ? '' : 'primary', strings.startNew, room.startNew);
    return { kind: 'closed', icon: checkIcon(), text: said ? '' : strings.conversationClosed, action };
  }
  const { availability, view } = facts;
  const { state } = view?.conversation?.assignment ?? {};
  const waits = state === 'queued' || state === 'ringing';
  const away = availability?.open === false;
  const mail = (): unknown => load('around').then(({ act }) => act('email', room), room.failed);
  const { email } = room.settings?.email && waits ? addressOf(room) : {};
  const kept = email ? ` ${locale.text('emailKept', { email })}` : '';
  const action = html`${
    room.settings?.email && waits
      ? button('quiet', kept ? strings.emailChange : away ? strings.emailMe : strings.emailLeave, mail)
      : nothing
  }${waits ? button('quiet', strings.stopWaiting, () => void room.attempt(() => handle?.cancelHandoff())) : nothing}`;
  if (away)
    return {
      kind: 'away',
      icon: moonIcon(),
      text: closedWords(availability, locale, formats) + kept,
      action,
    };
  return { kind: 'queue', icon: clockIcon(), text: queueWords(facts.view, locale, formats) + kept, action };
}

/** Each end takes a composer away; a conversation that is opened again brings another one. */
const told = new WeakSet<SahayComposer>();
/** How long the backend's own words may take after the end itself, in milliseconds. */
const grace = 500;

const isSaid = ({ messages }: ConversationView): boolean =>
  messages.slice(-2).some(({ message }) => message.parts.some((part) => part.type === 'notice'));

/** The end takes the composer away: whoever was in it is led to the transcript, and hears of the end once. */
function ended({ root, composer, handle, locale, say }: ChatRoom): void {
  if (!handle || !composer || told.has(composer)) return;
  told.add(composer);
  const wrote = root.activeElement === composer;
  setTimeout(() => {
    if (wrote && !root.activeElement) root.querySelector('sahay-message-list')?.focus();
    if (!isSaid(handle.getSnapshot())) say(locale.strings.conversationClosed);
  }, grace);
}

/** Whoever told an address before is not asked for it again. */
function addressOf({ client, root }: ChatRoom): { email?: string | undefined } {
  return client ? knownContact(client, () => (root.host as SahayElement).requestUpdate()) : {};
}

function button(look: string, label: string, press: () => void): TemplateResult {
  return html`<button type="button" class="button ${look}" @click=${press}>${label}</button>`;
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
  const [low, high] = [estimatedWaitSeconds.low, estimatedWaitSeconds.high].map((seconds) =>
    duration(formats, seconds * 1000),
  ) as [string, string];
  // What was measured is a range, and is said as one, unless both ends are said with the same words.
  return `${place} ${low === high ? locale.text('queueWait', { time: high }) : locale.text('queueWaitRange', { low, high })}`;
}
