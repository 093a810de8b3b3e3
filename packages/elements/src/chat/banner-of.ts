import type { ConnectionSnapshot, ConversationView } from '@sahay/client';
import type { Availability } from '@sahay/protocol';
import type { BannerKind } from '../banner/banner.ts';
import type { Formats } from '../internal/formats.ts';
import type { Locale } from '../locales/locale.ts';

/** What stands between transcript and composer, and what can be done about it. */
export interface ChatBanner {
  kind: BannerKind;
  text: string;
  action?: 'start-new' | 'stop-waiting' | undefined;
}

/** What decides about the banner. */
export interface BannerFacts {
  connection: ConnectionSnapshot | undefined;
  view: ConversationView | undefined;
  availability: Availability | undefined;
}

/** The one thing most worth saying about the conversation's state: no network first, then its end, then the wait. */
export function bannerOf(facts: BannerFacts, locale: Locale, formats: Formats): ChatBanner | undefined {
  const { strings } = locale;
  const lost = connectionWords(facts.connection, locale);
  if (lost) return { kind: 'connection', text: lost };
  const { conversation } = facts.view ?? {};
  if (conversation?.status === 'closed') {
    // The transcript's own last line says so already, where the backend writes one.
    const said = facts.view?.messages.at(-1)?.message.parts.some((part) => part.type === 'notice');
    return { kind: 'closed', text: said ? '' : strings.conversationClosed, action: 'start-new' };
  }
  const { state } = conversation?.assignment ?? {};
  if (state !== 'queued' && state !== 'ringing') return undefined;
  if (facts.availability?.open === false) {
    return { kind: 'away', text: strings.nobodyHere, action: 'stop-waiting' };
  }
  return { kind: 'queue', text: queueWords(facts.view, locale, formats), action: 'stop-waiting' };
}

function connectionWords(
  connection: ConnectionSnapshot | undefined,
  { strings }: Locale,
): string | undefined {
  switch (connection?.state) {
    case 'offline':
      return strings.offline;
    case 'waiting':
      return connection.cause === 'connect_failed' || connection.cause === 'connect_timeout'
        ? strings.errorUnreachable
        : strings.reconnecting;
    case 'stopped':
      return connection.cause === 'session_ended' || connection.cause === 'token_refused'
        ? strings.errorSession
        : undefined;
    default:
      return undefined;
  }
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
  return `${place} ${locale.text('queueWait', { time: formats.duration(estimatedWaitSeconds.high * 1000) })}`;
}
