import type { ConversationView } from '@sahay/client';
import type { Survey, SurveyPart } from '@sahay/protocol';
import { css, html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { ReadableController } from '../controllers/readable-controller.ts';
import { checkIcon } from '../icons/window-icons.ts';
import { SahayElement } from '../internal/sahay-element.ts';
import { conversationOf } from '../parts/conversation-of.ts';
import { base } from '../theme/base.ts';
import type { SahaySurvey } from './survey.ts';
import { surveyQuestion } from './survey-question.ts';

/**
 * A survey in the transcript: asked where it stands, and once it is answered what was answered, for good. The console shows what was
 * asked, and the answer.
 *
 * @csspart answered - What became of it.
 */
export class SahaySurveyInLine extends SahayElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        inline-size: min(100%, 340px);
      }
      .answered {
        display: grid;
        gap: 2px;
        padding: var(--_space-3) 14px;
        border: 1px solid var(--_border);
        border-radius: var(--_radius-bubble);
        background: var(--_raised);
        color: var(--_text);
        font-size: var(--_text-s);
        box-shadow: var(--_lift);
        overflow-wrap: anywhere;
      }
      p {
        display: flex;
        gap: var(--_space-1);
        margin: 0;
      }
      .quiet {
        color: var(--_muted);
      }
      .icon {
        flex: none;
        inline-size: 1.2em;
        block-size: 1.2em;
        margin-block-start: 0.2em;
        color: var(--_success);
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    asked: { attribute: false },
    conversationId: { attribute: false },
  };

  asked: SurveyPart | undefined;
  conversationId = '';
  readonly #view = new ReadableController<ConversationView>(this);

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const conversation = conversationOf(this);
    // A preview stands in a conversation that it is no part of.
    this.#view.source = conversation?.id === this.conversationId ? conversation : undefined;
  }

  protected override render(): TemplateResult | typeof nothing {
    const part = this.asked;
    if (!part) return nothing;
    const { strings } = this.localized;
    if (part.state === 'submitted') return this.#answered(part);
    if (part.state === 'dismissed') return this.#line(part, strings.surveySkipped);
    if (this.#asks) return this.#line(part, '');
    const { conversation } = this.#view.value ?? {};
    // Another one was asked since, or nobody waits for the answer any more.
    if (conversation && !isOpen(conversation.survey, part)) return this.#line(part, strings.surveyOver);
    return html`<sahay-survey
      part="survey"
      .kind=${part.kind ?? 'csat'}
      .question=${part.question}
      .fields=${part.fields ?? []}
      .conversation=${this.#view.source}
      @sahay-submit=${this.#answers}
      @sahay-dismiss=${this.#answers}
    ></sahay-survey>`;
  }

  /** The buttons go with the answer: whoever was at one of them stays in the transcript. */
  readonly #answers = async ({ currentTarget }: Event): Promise<void> => {
    const survey = currentTarget as SahaySurvey;
    const root = this.getRootNode();
    if (this.shadowRoot?.activeElement !== survey) return;
    // It takes what the event says once all have heard it.
    await Promise.resolve();
    await survey.updateComplete;
    if (!this.shadowRoot.activeElement && root instanceof ShadowRoot) (root.host as HTMLElement).focus();
  };

  /** Whether it is seen from the side that asks. */
  get #asks(): boolean {
    const root = this.getRootNode();
    return root instanceof ShadowRoot && root.host.getAttribute('perspective') === 'agent';
  }

  #line(part: SurveyPart, words: string): TemplateResult {
    return html`<div class="answered" part="answered">
      <p dir="auto">${surveyQuestion(part, this.localized)}</p>
      ${words ? html`<p class="quiet">${words}</p>` : nothing}
    </div>`;
  }

  #answered(part: SurveyPart): TemplateResult {
    const { kind = 'csat', answers = {}, fields = [] } = part;
    const { score, comment } = answers;
    const max = kind === 'ces' ? 7 : kind === 'csat' ? 5 : 10;
    const rated =
      score === undefined
        ? ''
        : kind === 'csat'
          ? this.text(`csat${score as 1 | 2 | 3 | 4 | 5}`)
          : this.text('scoreOf', { score, max });
    const others = fields.flatMap(({ name, label }) => {
      const value = answers.fields && Object.hasOwn(answers.fields, name) ? answers.fields[name] : undefined;
      return value === undefined || value === null
        ? []
        : [html`<p dir="auto">${label}: ${String(value)}</p>`];
    });
    return html`<div class="answered" part="answered">
      <p class="quiet" dir="auto">${surveyQuestion(part, this.localized)}</p>
      ${rated ? html`<p>${checkIcon()}<b>${rated}</b></p>` : nothing}
      ${comment ? html`<p dir="auto">${comment}</p>` : nothing} ${others}
      ${this.#asks ? nothing : html`<p class="quiet">${this.localized.strings.surveyThanks}</p>`}
    </div>`;
  }
}

function isOpen(current: Survey | undefined, { surveyId }: SurveyPart): boolean {
  return current?.surveyId === surveyId && Date.parse(current.expiresAt) > Date.now();
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-survey-in-line': SahaySurveyInLine;
  }
}
