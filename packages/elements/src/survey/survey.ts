import type { ConversationHandle, ConversationView } from '@sahay/client';
import type { Survey, SurveyAnswers, SurveyField } from '@sahay/protocol';
import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { ReadableController } from '../controllers/readable-controller.ts';
import { checkIcon } from '../icons/window-icons.ts';
import { isUnreachable } from '../internal/is-unreachable.ts';
import type { Listens } from '../internal/listens.ts';
import { SahayElement } from '../internal/sahay-element.ts';
import { completeEnglish } from '../locales/complete-english.ts';
import type { RateDetail, RatingKind, SahayRating } from '../rating/rating.ts';
import { base } from '../theme/base.ts';
import { controls } from '../theme/controls.ts';
import { colorScheme, tokens } from '../theme/tokens.ts';
import { surveyQuestion } from './survey-question.ts';
import { surveyStyles } from './survey.styles.ts';

completeEnglish();

/** What was answered. */
export interface SurveySubmitDetail {
  kind: Survey['kind'];
  answers: SurveyAnswers;
}

/** What the events of a survey carry. */
export interface SahaySurveyEventMap {
  'sahay-submit': CustomEvent<SurveySubmitDetail>;
  'sahay-dismiss': CustomEvent<undefined>;
  'sahay-error': CustomEvent<{ error: unknown }>;
}

const commentLimit = 2000;
/** Refusals after which no answer helps any more. */
const over: ReadonlySet<unknown> = new Set(['survey_expired', 'survey_unknown']);

/** What was answered and is not stored yet. */
interface Draft {
  surveyId?: string;
  score?: number | undefined;
  done?: boolean;
  gone?: boolean;
  readonly words: Map<string, string>;
  readonly scores: Map<string, number>;
  sending?: Promise<void>;
}

const emptyDraft = (surveyId?: string): Draft => ({
  words: new Map(),
  scores: new Map(),
  ...(surveyId !== undefined && { surveyId }),
});

/** A survey that is scrolled out of a long transcript and back is another element: it goes on where the one before stood. */
const drafts = new WeakMap<ConversationHandle, Draft>();

/**
 * Asks how it was: a score and a few words. Alone on any page it tells its answers by an event; given a conversation, it
 * answers that one's survey.
 *
 * @example
 * <sahay-survey kind="nps"></sahay-survey>
 *
 * @tagname sahay-survey
 * @fires {CustomEvent<SurveySubmitDetail>} sahay-submit - It was answered. Cancelled, the form stays.
 * @fires {CustomEvent} sahay-dismiss - "Not now".
 * @fires {CustomEvent<{ error: unknown }>} sahay-error - The answers could not be stored.
 * @slot - In place of the question.
 * @slot thanks - In place of the thanks.
 * @csspart form - The form.
 * @csspart submit - The button that sends it.
 */
export class SahaySurvey extends SahayElement {
  static override styles = [tokens, colorScheme, base, controls, surveyStyles];
  static override properties: PropertyDeclarations = {
    kind: {},
    question: {},
    fields: { attribute: false },
    conversation: { attribute: false },
    score: { state: true, attribute: false },
    done: { state: true, attribute: false },
    gone: { state: true, attribute: false },
    unanswered: { state: true, attribute: false },
    problem: { state: true, attribute: false },
  };

  declare addEventListener: Listens<SahaySurveyEventMap>;
  declare removeEventListener: Listens<SahaySurveyEventMap>;

  /** What is asked: satisfaction (1 to 5), recommendation (0 to 10), effort (1 to 7), or only `fields`. */
  kind: Survey['kind'] = 'csat';
  /** The question. Default: one for the kind, in the language in use. */
  question: string | undefined;
  /** Further questions. */
  fields: readonly SurveyField[] = [];
  /** The conversation whose survey is answered. */
  conversation: ConversationHandle | undefined;

  private get rating(): SahayRating | null | undefined {
    return this.shadowRoot?.querySelector<SahayRating>('sahay-rating');
  }
  private get form(): HTMLFormElement | null | undefined {
    return this.shadowRoot?.querySelector<HTMLFormElement>('form');
  }
  private score: number | undefined;
  private done = false;
  private gone = false;
  private unanswered = false;
  /** Why its answers could not be stored, in words. */
  private problem = '';
  readonly #view = new ReadableController<ConversationView>(this);
  #draft: Draft = emptyDraft();

  /** Empties the form and shows it again. */
  reset(): void {
    this.score = undefined;
    this.done = this.gone = this.unanswered = false;
    this.problem = '';
    this.#draft.words.clear();
    this.#draft.scores.clear();
    this.form?.reset();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('conversation')) this.#view.source = this.conversation;
    const survey = this.#survey;
    if (survey && survey.surveyId !== this.#draft.surveyId) this.#resume(survey.surveyId);
    if (survey?.state === 'submitted') this.done = true;
    const { score, done, gone } = this;
    Object.assign(this.#draft, { score, done, gone });
  }

  #resume(surveyId: string): void {
    const draft = drafts.get(this.conversation!);
    if (draft?.surveyId === surveyId) {
      this.#draft = draft;
      const { score, done = false, gone = false } = draft;
      Object.assign(this, { score, done, gone });
      draft.sending?.catch(() => (this.done = false));
    } else {
      const another = this.#draft.surveyId !== undefined;
      this.#draft = emptyDraft(surveyId);
      drafts.set(this.conversation!, this.#draft);
      if (another) this.reset();
    }
  }

  get #survey(): Survey | undefined {
    return this.#view.value?.conversation?.survey;
  }

  get #kind(): Survey['kind'] {
    return this.#survey?.kind ?? this.kind;
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.gone) return nothing;
    const { strings } = this.localized;
    if (this.done) {
      return html`<div class="thanks" role="status">
        <slot name="thanks">${checkIcon()}${strings.surveyThanks}</slot>
      </div>`;
    }
    const kind = this.#kind;
    const question = surveyQuestion(
      { kind, question: this.question ?? this.#survey?.question },
      this.localized,
    );
    const fields = this.#survey?.fields ?? this.fields;
    return html`<form part="form" novalidate @input=${this.#typed} @submit=${this.#submitted}>
      ${question || this.childNodes.length > 0 ? html`<h3><slot>${question}</slot></h3>` : nothing}
      ${kind === 'custom' ? nothing : this.#rating(kind, question)}
      ${this.unanswered ? html`<p class="hint" role="alert">${strings.surveyChoose}</p>` : nothing}
      ${this.score === undefined && kind !== 'custom' ? nothing : this.#more(fields)}
      ${this.problem ? html`<p class="hint" role="alert">${this.problem}</p>` : nothing}
      <div class="buttons">
        <button type="button" class="button quiet" @click=${this.#dismissed}>${strings.surveySkip}</button>
        <button type="submit" class="button primary" part="submit">${strings.surveySubmit}</button>
      </div>
    </form>`;
  }

  #rating(kind: RatingKind, question: string): TemplateResult {
    return html`<sahay-rating
      .kind=${kind}
      .label=${question}
      .value=${this.score}
      @sahay-rate=${(event: CustomEvent<RateDetail>) => {
        this.score = event.detail.score;
        this.unanswered = false;
      }}
    ></sahay-rating>`;
  }

  #more(fields: readonly SurveyField[]): TemplateResult {
    const comment = fields.some(({ kind }) => kind === 'comment');
    return html`${fields.map((field) => this.#field(field))}
    ${comment ? nothing : this.#comment('comment', this.localized.strings.surveyComment)}`;
  }

  #field({ name, kind, label, options = [] }: SurveyField): TemplateResult {
    if (kind === 'comment') return this.#comment(name, label);
    if (kind === 'score') return this.#scored(name, label);
    return html`<label dir="auto"
      >${label}<select name=${name}>
        <option value=""></option>
        ${options.map((option) => html`<option ?selected=${this.#draft.words.get(name) === option}>${option}</option>`)}
      </select></label
    >`;
  }

  /** A number of its own, beside the score of the survey. */
  #scored(name: string, label: string): TemplateResult {
    const given = this.#draft.scores.get(name);
    return html`<div class="scored">
      <span dir="auto">${label}</span>
      <sahay-rating
        kind="score"
        .label=${label}
        .value=${given}
        @sahay-rate=${(event: CustomEvent<RateDetail>) => void this.#draft.scores.set(name, event.detail.score)}
      ></sahay-rating>
    </div>`;
  }

  #comment(name: string, label: string): TemplateResult {
    return html`<label dir="auto"
      >${label}<textarea
        name=${name}
        rows="2"
        maxlength=${commentLimit}
        dir="auto"
        .value=${this.#draft.words.get(name) ?? ''}
      ></textarea>
    </label>`;
  }

  readonly #typed = ({ target }: Event): void => {
    if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
      this.#draft.words.set(target.name, target.value);
  };

  #answers(): SurveyAnswers {
    const values = new FormData(this.form!);
    const fields: Record<string, string | number> = Object.fromEntries(this.#draft.scores);
    let comment: string | undefined;
    for (const [name, value] of values) {
      if (typeof value !== 'string' || !value.trim()) continue;
      if (name === 'comment') comment = value.trim();
      else fields[name] = value.trim();
    }
    return {
      ...(this.score !== undefined && { score: this.score }),
      ...(comment && { comment }),
      ...(Object.keys(fields).length > 0 && { fields }),
    };
  }

  readonly #submitted = (event: SubmitEvent): void => {
    event.preventDefault();
    if (this.score === undefined && this.#kind !== 'custom') {
      this.unanswered = true;
      this.rating?.focus();
      return;
    }
    const answers = this.#answers();
    if (Object.keys(answers).length === 0) {
      this.problem = this.localized.strings.formRequired;
      this.form?.querySelector<HTMLElement>('select, textarea, sahay-rating')?.focus();
      return;
    }
    const detail: SurveySubmitDetail = { kind: this.#kind, answers };
    if (!this.#fire('sahay-submit', detail)) return;
    this.done = true;
    this.problem = '';
    const survey = this.#survey;
    if (survey && this.conversation) {
      this.#draft.sending = this.conversation.submitSurvey(survey.surveyId, answers);
      this.#draft.sending.catch((error: unknown) => this.#failed(error));
    }
  };

  /** The form comes back with what was answered, and says why. */
  #failed(error: unknown): void {
    const { strings } = this.localized;
    const isOver = over.has((error as { code?: unknown }).code);
    this.done = false;
    this.problem = isOver
      ? strings.surveyOver
      : strings[isUnreachable(error) ? 'errorUnreachable' : 'errorUnknown'];
    this.#fire('sahay-error', { error });
  }

  readonly #dismissed = (): void => {
    this.gone = true;
    this.#fire('sahay-dismiss', undefined);
    const survey = this.#survey;
    if (survey) {
      this.conversation
        ?.dismissSurvey(survey.surveyId)
        .catch((error: unknown) => this.#fire('sahay-error', { error }));
    }
  };

  #fire(type: string, detail: unknown): boolean {
    return this.dispatchEvent(
      new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable: type === 'sahay-submit' }),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-survey': SahaySurvey;
  }
}
