import type { ConnectionSnapshot, ConversationView } from '@sahay/client';
import type { Availability } from '@sahay/protocol';
import type { TemplateResult } from 'lit';
import type { BannerKind } from '../banner/banner.ts';
import type { LocaleStrings } from '../locales/locale-strings.ts';

/** What stands between transcript and composer, and what can be done about it. */
export interface ChatBanner {
  kind: BannerKind;
  text: string;
  /** Default: that something is wrong. */
  icon?: TemplateResult | undefined;
  action?: TemplateResult | undefined;
}

/** What decides about the banner. */
export interface BannerFacts {
  connection: ConnectionSnapshot | undefined;
  view: ConversationView | undefined;
  availability: Availability | undefined;
  /** Whether a bot answers, whatever the hour. */
  byBot: boolean;
}

/** That there is no connection, in words; they are here from the start, since nothing can be fetched then. */
export function connectionBanner(
  connection: ConnectionSnapshot | undefined,
  strings: LocaleStrings,
): ChatBanner | undefined {
  const { state, cause } = connection ?? {};
  if (state !== 'offline' && state !== 'waiting') return undefined;
  const unreachable = cause === 'connect_failed' || cause === 'connect_timeout';
  const { offline, errorUnreachable, reconnecting } = strings;
  return {
    kind: 'connection',
    text: state === 'offline' ? offline : unreachable ? errorUnreachable : reconnecting,
  };
}

/** Whether the session, the conversation or the wait for a person has something to say, see `conversation-banner.ts`. */
export function hasConversationBanner({ connection, view, availability, byBot }: BannerFacts): boolean {
  const { status, assignment } = view?.conversation ?? {};
  return (
    (connection?.state === 'stopped' &&
      (connection.cause === 'session_ended' || connection.cause === 'token_refused')) ||
    status === 'closed' ||
    assignment?.state === 'queued' ||
    assignment?.state === 'ringing' ||
    (availability?.opensAt !== undefined && !byBot && assignment?.state !== 'assigned')
  );
}
