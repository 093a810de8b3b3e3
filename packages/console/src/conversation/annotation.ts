import { lockIcon, thumbDownIcon, thumbUpIcon } from '@sahay/elements/icons';
import type { Formats, Locale } from '@sahay/elements/internal';
import type { Message, Note } from '@sahay/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import type { ConsoleStrings } from '../locales/console-strings.ts';
import { whyAnswer } from '../why-answer/why-answer.ts';
import type { Annotation } from './annotations.ts';

/** What an annotation needs to be drawn. */
export interface AnnotationSurroundings {
  words: Locale<ConsoleStrings>;
  formats: Formats;
  /** Notes that are still on their way. */
  pending: readonly Note[];
}

/** What stands below one message, for the list's slot of that message. */
export function annotation(
  { messageId, message, trace, notes }: Annotation,
  around: AnnotationSurroundings,
): TemplateResult {
  return html`<div class="annotation" slot=${messageId === undefined ? 'before' : `after-${messageId}`}>
    ${message ? offered(message, around) : nothing}${message ? helped(message, around) : nothing}
    ${trace ? whyAnswer(trace, around) : nothing}${notes.map((note) => noteCard(note, around))}
  </div>`;
}

function offered({ parts }: Message, { words }: AnnotationSurroundings): TemplateResult | typeof nothing {
  const labels = parts.flatMap((part) =>
    part.type === 'quick_replies' ? part.options.map(({ label }) => label) : [],
  );
  if (!labels.length) return nothing;
  return html`<p class="aside">
    ${words.strings.offered}:
    ${labels.map((label, index) => html`${index ? ' · ' : nothing}<bdi>${label}</bdi>`)}
  </p>`;
}

function helped(
  { feedback }: Message,
  { words: { strings } }: AnnotationSurroundings,
): TemplateResult | typeof nothing {
  if (!feedback) return nothing;
  return html`<p class="aside">
    ${feedback.helpful ? thumbUpIcon() : thumbDownIcon()}${feedback.helpful ? strings.helpedYes : strings.helpedNo}
  </p>`;
}

/** A note: its colour, a lock and words say that the visitor never sees it. */
function noteCard(note: Note, { words, formats, pending }: AnnotationSurroundings): TemplateResult {
  const { strings } = words;
  const time = Date.parse(note.createdAt);
  return html`<section class="note" aria-label=${strings.noteTitle}>
    <p class="about">
      ${lockIcon()}<span>${strings.noteTitle}</span>
      <span class="by"
        ><bdi>${note.author.name ?? strings.agent}</bdi> ·
        ${pending.includes(note) ? strings.saving : html`<time datetime=${note.createdAt}>${formats.time(time)}</time>`}</span
      >
    </p>
    <p class="text" dir="auto">${note.text}</p>
  </section>`;
}
