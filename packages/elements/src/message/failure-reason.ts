import type { Locale } from '../locales/locale.ts';

/** Why the other side refused a message, for people; nothing when there is no more to say than that it was not sent. */
export function failureReason(code: string, { strings }: Locale): string | undefined {
  if (code === 'rate_limited') return strings.errorTooMany;
  if (code === 'conversation_closed') return strings.composerClosed;
  if (code === 'token_expired' || code === 'token_invalid') return strings.errorSession;
  if (code.startsWith('message_') || code === 'invalid_command') return strings.errorRefused;
  return undefined;
}
