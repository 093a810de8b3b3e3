import { chevronDownIcon } from '@sahay/elements/icons';
import type { Formats, Locale } from '@sahay/elements/internal';
import type { AnswerTrace } from '@sahay/protocol';
import { html, nothing, svg, type TemplateResult } from 'lit';
import { languageName } from '../internal/names.ts';
import type { ConsoleStrings } from '../locales/console-strings.ts';

/** What is needed to explain an answer. */
export interface TraceReader {
  words: Locale<ConsoleStrings>;
  formats: Formats;
}

/** "Why this answer?": what the bot considered, how sure it was, and how sure it had to be. Never for the visitor. */
export function whyAnswer(trace: AnswerTrace, reader: TraceReader): TemplateResult {
  const { words, formats } = reader;
  const { strings } = words;
  const { question, confidence, threshold, language, matchedBy, model, durationMs, note } = trace;
  return html`<details class="why">
    <summary>${strings.why}${chevronDownIcon()}</summary>
    <div class="trace">
      <p class="outcome">${outcomeWords(trace, strings)}</p>
      <p class="confidence">
        <span>${strings.confidence}</span>
        <span
          >${words.text('confidenceOf', {
            confidence: formats.percent(confidence),
            threshold: formats.percent(threshold),
          })}</span
        >
      </p>
      ${bar(confidence, threshold)} ${articles(trace, reader)}
      <dl>
        ${fact(strings.question, question)}
        ${fact(strings.language, language && languageName(language, words.tag))}
        ${fact(strings.matchedBy, matchedBy)} ${fact(strings.model, model)}
        ${fact(strings.took, durationMs === undefined ? undefined : milliseconds(durationMs, words.tag))}
        ${fact(strings.note, note)}
      </dl>
      <p class="only">${strings.whyNoted}</p>
    </div>
  </details>`;
}

function outcomeWords({ outcome, reason }: AnswerTrace, strings: ConsoleStrings): string {
  switch (outcome) {
    case 'answer':
      return strings.whyAnswer;
    case 'choose':
      return strings.whyChoose;
    case 'small_talk':
      return strings.whySmallTalk;
    default: {
      const why = {
        asked_for_person: strings.reasonAsked,
        not_covered: strings.reasonNotCovered,
        did_not_help: strings.reasonDidNotHelp,
      };
      return reason ? `${strings.whyHandover}: ${why[reason]}` : strings.whyHandover;
    }
  }
}

function articles({ articles: considered }: AnswerTrace, { words }: TraceReader): TemplateResult {
  const { strings } = words;
  if (!considered.length) return html`<p class="none">${strings.noArticles}</p>`;
  const best = Math.max(...considered.map(({ score }) => score), Number.MIN_VALUE);
  const number = new Intl.NumberFormat(words.tag, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return html`<p class="heading">${strings.articlesConsidered}</p>
    <ol>
      ${considered.map(
        ({ title, score, confidence }) =>
          html`<li>
            <span class="title" dir="auto">${title}</span>
            <span class="score"
              ><span class="hidden-visually">${strings.score}</span> ${number.format(score)}</span
            >
            ${bar(confidence ?? score / best)}
          </li>`,
      )}
    </ol>`;
}

/** A bar of 0 to 1 with a mark where the threshold is; the figures stand beside it as text. */
function bar(value: number, threshold?: number): TemplateResult {
  const width = Math.min(1, Math.max(0, value)) * 100;
  const mark = threshold === undefined ? undefined : Math.min(1, Math.max(0, threshold)) * 100;
  return html`<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
    <rect class="track" width="100" height="6" rx="1"></rect>
    <rect
      class=${threshold !== undefined && value < threshold ? 'value low' : 'value'}
      width=${width}
      height="6"
      rx="1"
    ></rect>
    ${mark === undefined ? nothing : svg`<rect class="mark" x=${Math.min(99, mark)} width="1" height="6"></rect>`}
  </svg>`;
}

function fact(name: string, value: string | undefined): TemplateResult | typeof nothing {
  return value
    ? html`<dt>${name}</dt>
        <dd dir="auto">${value}</dd>`
    : nothing;
}

function milliseconds(value: number, tag: string): string {
  const unit = {
    style: 'unit',
    unit: 'millisecond',
    unitDisplay: 'short',
    maximumFractionDigits: 0,
  } as const;
  return new Intl.NumberFormat(tag, unit).format(value);
}
