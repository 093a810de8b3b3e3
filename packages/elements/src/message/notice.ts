import type { NoticePart, Part } from '@sahay/protocol';
import { html, type TemplateResult } from 'lit';
import { handoffIcon } from '../icons/late-icons.ts';
import { checkIcon } from '../icons/window-icons.ts';
import type { Locale } from '../locales/locale.ts';

/** The words of a line of the transcript, in the reader's own language; an unknown kind shows its fallback. */
export function noticeText({ kind, participant, fallbackText }: NoticePart, locale: Locale): string {
  const name = participant?.name;
  switch (kind) {
    case 'handoff_requested':
    case 'transferred':
      return locale.strings.handedOver;
    case 'agent_joined':
      return name ? locale.text('joined', { name }) : locale.strings.joinedSomeone;
    case 'handoff_failed':
      return locale.strings.nobodyThereYet;
    case 'returned_to_bot':
      return locale.strings.returnedToBot;
    case 'closed':
      return locale.strings.conversationClosed;
    case 'reopened':
      return locale.strings.conversationReopened;
    default:
      return fallbackText;
  }
}

/** A line of the transcript that nobody said. */
export function notice(parts: readonly Part[], locale: Locale): TemplateResult {
  const notices = parts.filter((part) => part.type === 'notice');
  const ends = notices.some(({ kind }) => kind === 'closed');
  return html`${ends ? checkIcon() : handoffIcon()}<span
      >${notices.map((part) => noticeText(part, locale)).join(' ')}</span
    >`;
}
