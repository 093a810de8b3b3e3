import {
  faceAwfulIcon,
  faceBadIcon,
  faceGoodIcon,
  faceGreatIcon,
  faceNeutralIcon,
} from '@sahay/elements/icons';
import type { Formats, Locale } from '@sahay/elements/internal';
import { html, nothing, type TemplateResult } from 'lit';
import { durationWords } from '../internal/durations.ts';
import type { ConsoleStrings } from '../locales/console-strings.ts';
import type { InsightsData } from './insights-data.ts';

/** What the figures are written with. */
export interface FigureWords {
  words: Locale<ConsoleStrings>;
  formats: Formats;
}

/** The four figures. Where nothing was counted they say so instead of showing a zero that means nothing. */
export function figures(data: InsightsData, around: FigureWords): TemplateResult {
  return html`<div class="figures">
    ${conversations(data, around)}${satisfaction(data, around)}${firstAnswer(data, around)}${resolved(data, around)}
  </div>`;
}

function card(
  title: string,
  value: string | undefined,
  hint: string,
  more: unknown,
  { words }: FigureWords,
): TemplateResult {
  return html`<section class="card" part="figure">
    <h3>${title}</h3>
    <p class=${value === undefined ? 'value none' : 'value'}>${value ?? words.strings.noData}</p>
    <p class="hint">${hint}</p>
    ${more}
  </section>`;
}

function conversations({ conversations, firstResponse }: InsightsData, around: FigureWords): TemplateResult {
  const { words, formats } = around;
  const { strings } = words;
  const waiting = firstResponse.waiting
    ? html`<p class="more">${words.text('stillWaiting', { count: firstResponse.waiting })}</p>`
    : nothing;
  return card(
    strings.figureConversations,
    formats.number(conversations),
    strings.figureConversationsHint,
    waiting,
    around,
  );
}

function satisfaction({ rating }: InsightsData, around: FigureWords): TemplateResult {
  const { words, formats } = around;
  const { strings } = words;
  const average = rating.average === undefined ? undefined : oneDigit(rating.average, words.tag);
  const most = Math.max(...Object.values(rating.distribution), 1);
  const faces = [faceAwfulIcon, faceBadIcon, faceNeutralIcon, faceGoodIcon, faceGreatIcon];
  const rows = ([5, 4, 3, 2, 1] as const).map((score) => {
    const count = rating.distribution[`${score}`];
    return html`<li>
      <span class="hidden-visually"
        >${words.text('csatShare', { label: strings[`csat${score}`], count })}</span
      >${faces[score - 1]!()}${bar(count / most)}<span aria-hidden="true">${formats.number(count)}</span>
    </li>`;
  });
  const more = rating.count
    ? html`<p class="more">${words.text('csatAnswers', { count: rating.count })}</p>
        <ul class="distribution">
          ${rows}
        </ul>`
    : nothing;
  return card(strings.figureCsat, average, strings.figureCsatHint, more, around);
}

function firstAnswer({ firstResponse: { median, p90 } }: InsightsData, around: FigureWords): TemplateResult {
  const { words } = around;
  const { strings, tag } = words;
  const more =
    p90 === undefined
      ? nothing
      : html`<p class="more">${words.text('p90', { time: durationWords(p90, tag) })}</p>`;
  const value = median === undefined ? undefined : durationWords(median, tag);
  return card(strings.figureFirst, value, strings.figureFirstHint, more, around);
}

function resolved({ outcome }: InsightsData, around: FigureWords): TemplateResult {
  const { words, formats } = around;
  const { strings } = words;
  const { resolvedByBot, handedOver, resolvedByBotShare: share } = outcome;
  const more =
    share === undefined
      ? nothing
      : html`${bar(share)}
          <ul class="legend">
            <li class="bot">${strings.byBot}: <b>${formats.number(resolvedByBot)}</b></li>
            <li>${strings.handedOver}: <b>${formats.number(handedOver)}</b></li>
          </ul>`;
  return card(
    strings.figureResolved,
    share === undefined ? undefined : formats.percent(share),
    strings.figureResolvedHint,
    more,
    around,
  );
}

/** A bar of 0 to 1; the figures stand beside it as text. */
function bar(share: number): TemplateResult {
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
    <rect class="track" width="100" height="8" rx="1"></rect>
    <rect class="share" width=${Math.min(1, Math.max(0, share)) * 100} height="8" rx="1"></rect>
  </svg>`;
}

function oneDigit(value: number, tag: string): string {
  return new Intl.NumberFormat(tag, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value);
}
