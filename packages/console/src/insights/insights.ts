import type { Clock, SupportClient } from '@sahay/client';
import { alertIcon, chartIcon } from '@sahay/elements/icons';
import { relativeTime, type Listens } from '@sahay/elements/internal';
import { base, colorScheme, controls, tokens } from '@sahay/elements/theme';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { InboxSelectDetail, SahayInboxEventMap } from '../inbox/inbox.ts';
import { ConsoleElement } from '../internal/console-element.ts';
import { pageClock } from '../internal/page-clock.ts';
import { periods, type InsightsData } from './insights-data.ts';
import { figures } from './insights-figures.ts';
import { insightsStyles } from './insights.styles.ts';

/**
 * How support is doing: four figures, what the bot could not answer, and what it was asked most.
 *
 * @example
 * document.querySelector('sahay-insights').client = client;
 *
 * @tagname sahay-insights
 * @fires {CustomEvent<InboxSelectDetail>} sahay-select - A conversation behind a figure was asked for.
 * @fires {CustomEvent<{ error: unknown }>} sahay-error - The figures could not be loaded.
 * @csspart figure - One figure's card.
 * @csspart list - One list's card.
 * @cssprop [--sahay-accent=#0b6452] - The brand's colour; everything else follows.
 * @cssprop [--sahay-surface=#f4f2ee] - The ground.
 */
export class SahayInsights extends ConsoleElement {
  static override styles = [tokens, colorScheme, base, controls, insightsStyles];

  declare addEventListener: Listens<SahayInboxEventMap>;
  declare removeEventListener: Listens<SahayInboxEventMap>;

  /** The client of the agent who looks. */
  @property({ attribute: false }) client: SupportClient | undefined;
  /** How many days to look back: 7, 30 (default) or 90. */
  @property({ type: Number }) days = 30;
  /** Tells the time; tests bring their own. */
  @property({ attribute: false }) clock: Clock = pageClock;

  @state() private data: InsightsData | undefined;
  @state() private failed = false;
  #asked = 0;

  /** Loads the figures again. */
  async reload(): Promise<void> {
    const { client } = this;
    if (!client) return;
    const turn = ++this.#asked;
    this.failed = false;
    try {
      const response = await client.fetch(`/v1/insights?days=${this.days}`);
      const data = (await response.json()) as InsightsData;
      if (turn === this.#asked) this.data = data;
    } catch (error) {
      if (turn !== this.#asked) return;
      this.failed = true;
      this.fire('sahay-error', { error });
    }
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!changed.has('client') && !changed.has('days')) return;
    this.data = undefined;
    void this.reload();
  }

  protected override render(): TemplateResult {
    const { strings } = this.words;
    return html`<div class="page">
      <header>
        <h2>${strings.insights}</h2>
        ${this.#range()}
      </header>
      ${this.#body()}
    </div>`;
  }

  #range(): TemplateResult {
    const { strings } = this.words;
    return html`<div class="range" role="radiogroup" aria-label=${strings.range}>
      ${periods.map(
        (days) =>
          html`<label
            ><input
              type="radio"
              name="range"
              value=${days}
              .checked=${days === this.days}
              @change=${() => {
                this.days = days;
              }}
            />${this.words.text('days', { count: days })}</label
          >`,
      )}
    </div>`;
  }

  #body(): TemplateResult {
    const { strings } = this.words;
    if (this.failed) {
      return html`<div class="state" role="alert">
        ${alertIcon()}
        <p>${strings.insightsFailed}</p>
        <button type="button" class="button" @click=${() => this.reload()}>${strings.retry}</button>
      </div>`;
    }
    const { data } = this;
    if (!data) return this.#skeleton();
    if (!data.conversations) {
      return html`<div class="state">
        ${chartIcon()}
        <h3>${strings.nothingYet}</h3>
        <p>${strings.nothingYetHint}</p>
      </div>`;
    }
    return html`${figures(data, { words: this.words, formats: this.formats })}
      <div class="lists">${this.#unanswered(data)}${this.#topArticles(data)}</div>`;
  }

  #unanswered({ unanswered }: InsightsData): TemplateResult {
    const { strings } = this.words;
    return html`<section class="card" part="list">
      <h3>${strings.unanswered}</h3>
      <p class="hint">${strings.unansweredHint}</p>
      ${
        unanswered.length
          ? html`<ol>
              ${unanswered.map(
                ({ question, count, lastAskedAt, conversationIds }) =>
                  html`<li>
                    <p class="question" dir="auto" title=${question}>${question}</p>
                    <p class="about">
                      <span>${this.words.text('timesAsked', { count })}</span>${this.#ago(lastAskedAt)}
                      ${conversationIds.map((id, index) => this.#link(id, index, conversationIds.length, question))}
                    </p>
                  </li>`,
              )}
            </ol>`
          : html`<p class="none">${strings.noUnanswered}</p>`
      }
    </section>`;
  }

  #link(conversationId: string, index: number, count: number, question: string): TemplateResult {
    const { words } = this;
    const label = count > 1 ? words.text('openConversation', { number: index + 1 }) : words.strings.openOnly;
    return html`<button
      type="button"
      class="link"
      aria-label=${`${label}: ${question}`}
      @click=${() => this.fire('sahay-select', { conversationId } satisfies InboxSelectDetail)}
    >
      ${index ? this.formats.number(index + 1) : label}
    </button>`;
  }

  #topArticles({ topArticles }: InsightsData): TemplateResult {
    const { strings } = this.words;
    return html`<section class="card" part="list">
      <h3>${strings.topQuestions}</h3>
      <p class="hint">${strings.topQuestionsHint}</p>
      ${
        topArticles.length
          ? html`<ol>
              ${topArticles.map(
                ({ title, count, lastQuestion, lastAskedAt }) =>
                  html`<li>
                    <p class="question" dir="auto">${title}</p>
                    <p class="about">
                      <span>${this.words.text('timesAsked', { count })}</span>${this.#ago(lastAskedAt)}
                      ${lastQuestion && lastQuestion !== title ? html`<span>${strings.lastAsked}: <q dir="auto">${lastQuestion}</q></span>` : nothing}
                    </p>
                  </li>`,
              )}
            </ol>`
          : html`<p class="none">${strings.noTop}</p>`
      }
    </section>`;
  }

  #ago(time: string): TemplateResult | typeof nothing {
    const instant = Date.parse(time);
    if (Number.isNaN(instant)) return nothing;
    return html`<time datetime=${time}>${relativeTime(this.formats, instant, this.clock.now())}</time>`;
  }

  #skeleton(): TemplateResult {
    return html`<div class="figures" aria-busy="true">
        <span class="hidden-visually" role="status">${this.words.strings.loading}</span>
        ${[1, 2, 3, 4].map(() => html`<div class="card skeleton"><i></i><i></i><i></i></div>`)}
      </div>
      <div class="lists">
        ${[1, 2].map(() => html`<div class="card skeleton tall"><i></i><i></i><i></i><i></i></div>`)}
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-insights': SahayInsights;
  }
}
