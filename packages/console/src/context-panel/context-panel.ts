import type { ConversationView } from '@sahay/client';
import { arrowBackIcon, externalLinkIcon, lockIcon, starIcon } from '@sahay/elements/icons';
import { safeUrl } from '@sahay/elements/internal';
import { base, controls, tokens } from '@sahay/elements/theme';
import type { Conversation, Handoff, HandoffContext, Note, Page, VisitorContext } from '@sahay/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { durationWords } from '../internal/durations.ts';
import { ConsoleElement } from '../internal/console-element.ts';
import { languageName, reasonWords, visitorName } from '../internal/names.ts';
import { contextPanelStyles } from './context-panel.styles.ts';

/**
 * What is known of the conversation on screen: why it was handed over, who the visitor is and where, how she rated it, and the notes.
 *
 * @fires {CustomEvent} sahay-back - The agent has seen enough (narrow screens).
 */
export class SahayContextPanel extends ConsoleElement {
  static override styles = [tokens, base, controls, contextPanelStyles];

  /** The conversation. */
  @property({ attribute: false }) view: ConversationView | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.role ??= 'complementary';
  }

  protected override render(): TemplateResult | typeof nothing {
    const { strings } = this.words;
    this.ariaLabel = strings.details;
    const { conversation, staff } = this.view ?? {};
    if (!conversation) return nothing;
    return html`<button type="button" class="button quiet back" @click=${() => this.fire('sahay-back')}>
        ${arrowBackIcon()}${strings.backToConversation}
      </button>
      ${this.#handoff(conversation.handoff, staff?.handoffContext)}
      ${this.#visitor(conversation, staff?.context, staff?.handoffContext)} ${this.#rating(conversation)}
      ${this.#notes(staff?.notes ?? [])}`;
  }

  #handoff(
    handoff: Handoff | undefined,
    context: HandoffContext | undefined,
  ): TemplateResult | typeof nothing {
    if (!handoff && !context) return nothing;
    const { strings } = this.words;
    const { question, goal, tried, sentiment, note } = context ?? {};
    const moods = {
      positive: strings.sentimentPositive,
      neutral: strings.sentimentNeutral,
      negative: strings.sentimentNegative,
    };
    return html`<section>
      <h2>${strings.handoff}</h2>
      <dl>
        ${fact(strings.reason, handoff && reasonWords(handoff.reason, this.words))}
        ${fact(strings.question, question)} ${fact(strings.goal, goal)}
        ${fact(strings.sentiment, sentiment && moods[sentiment])} ${fact(strings.note, note)}
        ${
          tried?.length
            ? html`<dt>${strings.tried}</dt>
                <dd>
                  <ul>
                    ${tried.map((title) => html`<li dir="auto">${title}</li>`)}
                  </ul>
                </dd>`
            : nothing
        }
      </dl>
    </section>`;
  }

  #visitor(
    { visitor, locale, startedAt, askedAt, answeredAt }: Conversation,
    context: VisitorContext | undefined,
    handoff: HandoffContext | undefined,
  ): TemplateResult {
    const { strings, tag } = this.words;
    const { contact, attributes } = context ?? {};
    const language = context?.locale ?? handoff?.language ?? locale;
    const answered = askedAt && answeredAt ? Date.parse(answeredAt) - Date.parse(askedAt) : undefined;
    return html`<section>
      <h2>${strings.visitor}</h2>
      <dl>
        ${fact(strings.contact, contact?.name ?? visitorName(visitor, this.words))}
        ${fact(strings.email, contact?.email)} ${fact(strings.phone, contact?.phone)}
        ${this.#page(context?.page ?? handoff?.page)}
        ${fact(strings.language, language && languageName(language, tag))}
        ${fact(strings.startedAt, this.#instant(startedAt))}
        ${fact(strings.firstAnswer, answered === undefined ? undefined : durationWords(answered / 1000, this.words.tag))}
        ${Object.entries(attributes ?? {}).map(([name, value]) => fact(name, value === null ? '' : String(value)))}
      </dl>
    </section>`;
  }

  #page(page: Page | undefined): TemplateResult | typeof nothing {
    if (!page?.url && !page?.title) return nothing;
    const url = safeUrl(page.url, 'link');
    const shown = page.title?.trim() || page.url;
    return html`<dt>${this.words.strings.page}</dt>
      <dd dir="auto">
        ${
          url
            ? html`<a href=${url} target="_blank" rel="noopener noreferrer" title=${page.url ?? ''}
                >${shown}${externalLinkIcon()}<span class="hidden-visually"
                  >${this.localized.strings.opensInNewTab}</span
                ></a
              >`
            : shown
        }
      </dd>`;
  }

  #rating({ survey }: Conversation): TemplateResult {
    const { strings } = this.words;
    const { score, comment } = survey?.answers ?? {};
    const max = survey?.kind === 'nps' ? 10 : survey?.kind === 'ces' ? 7 : 5;
    const text = !survey
      ? strings.noRating
      : survey.state === 'dismissed'
        ? strings.ratingDismissed
        : strings.ratingAsked;
    return html`<section>
      <h2>${strings.rating}</h2>
      ${
        score === undefined
          ? html`<p class="quiet-text">${text}</p>`
          : html`<p class="score">${starIcon()}${this.words.text('ratingOf', { score, max })}</p>`
      }
      ${comment ? html`<p class="comment" dir="auto">${comment}</p>` : nothing}
    </section>`;
  }

  #notes(notes: readonly Note[]): TemplateResult {
    const { strings } = this.words;
    return html`<section>
      <h2>${strings.notes}</h2>
      ${
        notes.length
          ? notes.map(
              ({ text, author, createdAt }) =>
                html`<article class="note">
                  <p class="about">
                    ${lockIcon()}<bdi>${author.name ?? strings.agent}</bdi
                    ><time datetime=${createdAt}>${this.#instant(createdAt)}</time>
                  </p>
                  <p class="text" dir="auto">${text}</p>
                </article>`,
            )
          : html`<p class="quiet-text">${strings.noNotes}</p>`
      }
      <p class="only">${strings.noteSeenBy}</p>
    </section>`;
  }

  #instant(time: string): string {
    const value = Date.parse(time);
    return Number.isNaN(value) ? '' : this.formats.dateTime(value);
  }
}

function fact(name: string, value: string | undefined): TemplateResult | typeof nothing {
  return value
    ? html`<dt dir="auto">${name}</dt>
        <dd dir="auto">${value}</dd>`
    : nothing;
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-context-panel': SahayContextPanel;
  }
}
