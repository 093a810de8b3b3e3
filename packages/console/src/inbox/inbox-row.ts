import type { Formats, Locale } from '@sahay/elements/internal';
import { authorFace, duration, relativeTime } from '@sahay/elements/internal';
import type { InboxEntry } from '@sahay/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { languageName, reasonWords, visitorName } from '../internal/names.ts';
import type { ConsoleStrings } from '../locales/console-strings.ts';

/** What a row needs beside its entry. */
export interface RowSurroundings {
  words: Locale<ConsoleStrings>;
  formats: Formats;
  /** Milliseconds since 1970. */
  now: number;
  me: string | undefined;
}

/** What an option shows of a conversation: who, since when, the last words, why and in which language. */
export function inboxRow(entry: InboxEntry, isNew: boolean, around: RowSurroundings): TemplateResult {
  const { words } = around;
  const name = visitorName(entry.visitor, words);
  return html`${authorFace({ ...entry.visitor, name })}
    <span class="line who"><bdi class="name">${name}</bdi>${when(entry, around)}</span>
    <span class="line words">
      ${lastWords(entry, around)} ${isNew ? html`<span class="new">${words.strings.isNew}</span>` : nothing}
    </span>
    ${marks(entry, around)}`;
}

/** How long somebody has been waiting, else when something was said last. */
function when(
  { waitingSince, lastMessage, startedAt, status }: InboxEntry,
  around: RowSurroundings,
): TemplateResult {
  const { words, formats, now } = around;
  const since = status === 'open' ? waitingSince : undefined;
  const instant = since ?? lastMessage?.time ?? startedAt;
  const time = Date.parse(instant);
  if (Number.isNaN(time)) return html``;
  const waited = Math.max(0, now - time);
  const label = since
    ? words.text('waitingFor', { time: duration(formats, waited) })
    : formats.dateTime(time);
  const shown = since ? duration(formats, waited) : relativeTime(formats, time, now);
  return html`<time class=${since ? 'waits' : ''} datetime=${instant} title=${label}
    ><span aria-hidden="true">${shown}</span
    ><span class="hidden-visually">${since ? label : shown}</span></time
  >`;
}

/** The speaker stands outside the words, so that these run in their own direction. */
function lastWords({ lastMessage }: InboxEntry, { words: { strings } }: RowSurroundings): TemplateResult {
  if (!lastMessage) return html`<span class="last">${strings.noWordsYet}</span>`;
  const { role, text } = lastMessage;
  const speaker = role === 'bot' ? strings.bot : role === 'agent' ? strings.agent : '';
  // Enough for the one line there is; the whole of a long message need not become text on screen.
  return html`${speaker ? html`<span class="speaker">${speaker}:</span>` : nothing}<span
      class="last"
      dir="auto"
      >${text.slice(0, 200)}</span
    >`;
}

function marks(entry: InboxEntry, { words, me }: RowSurroundings): TemplateResult | typeof nothing {
  const { handoff, assignment, locale, score, status } = entry;
  const isWanted = handoff?.state === 'requested' || handoff?.state === 'failed';
  const reason = isWanted && status === 'open' ? handoff.reason : undefined;
  const offered = assignment.state === 'ringing' && assignment.offeredTo === me;
  const list = [
    offered ? words.strings.stateOffered : reason && reasonWords(reason, words),
    locale && languageName(locale, words.tag),
    score !== undefined && `${words.strings.rating}: ${words.text('ratingOf', { score, max: 5 })}`,
  ].filter(Boolean);
  if (!list.length) return nothing;
  return html`<span class="line marks">${list.map((mark) => html`<span>${mark}</span>`)}</span>`;
}
