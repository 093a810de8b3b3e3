import type { MessageView } from '@sahay/client';
import { closeIcon, plusIcon } from '@sahay/elements/icons';
import { rememberFocus } from '@sahay/elements/internal';
import { base, controls, tokens } from '@sahay/elements/theme';
import type { Part, Participant } from '@sahay/protocol';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { ConsoleElement } from '../internal/console-element.ts';
import { dialogStyles } from '../internal/dialog.styles.ts';
import {
  fieldKinds,
  hasOptions,
  richParts,
  richProblem,
  surveyKinds,
  type DraftField,
  type RichDraft,
  type RichKind,
  type RichProblem,
  wordsOf,
} from './rich-draft.ts';
import { draftOf } from './rich-draft-of.ts';
import { richReplyStyles } from './rich-reply.styles.ts';

/** What is to be sent: the words first, if there are any. */
export interface RichReplyDetail {
  parts: Part[];
}

const kinds: readonly RichKind[] = ['replies', 'card', 'form', 'survey'];

/**
 * Writes a message with quick replies, a card, a form or a survey, beside a preview drawn as the visitor will see it; or what of it a canned reply
 * keeps.
 *
 * @fires {CustomEvent<RichReplyDetail>} sahay-rich-reply - It is to be sent, or kept.
 * @fires {CustomEvent} sahay-close - The dialog was closed.
 */
export class SahayRichReply extends ConsoleElement {
  static override styles = [tokens, base, controls, dialogStyles, richReplyStyles];

  /** The words to begin with, such as a canned reply that stands in the reply box. */
  @property() beginning = '';
  /** What is to stand below them from the start, such as a canned reply's. */
  @property({ attribute: false }) below: readonly Part[] | undefined;
  /** Nothing is sent: it is kept with a canned reply. */
  @property({ type: Boolean }) keeping = false;
  /** Who sends it. */
  @property({ attribute: false }) author: Participant = { id: 'agent', role: 'agent' };

  @query('dialog') private dialog!: HTMLDialogElement;
  @state() private draft!: RichDraft;
  @state() private problem: RichProblem | undefined;
  #lastKey = 0;
  readonly #giveBackFocus = rememberFocus();

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.hasUpdated) return;
    const { strings } = this.words;
    const { fields, ...draft } = draftOf(this.below ?? []);
    const { below, beginning: text } = this;
    this.draft = {
      ...draft,
      text,
      given: below && draft.given,
      fields: fields.length
        ? fields.map((field) => ({ ...field, key: ++this.#lastKey }))
        : [this.#field(strings.richEmailQuestion, 'email'), this.#field('', 'text')],
    };
  }

  protected override firstUpdated(): void {
    this.dialog.showModal();
  }

  protected override render(): TemplateResult {
    const { strings } = this.words;
    const { given } = this.draft;
    const preview = this.#preview();
    return html`<dialog aria-labelledby="heading" @close=${this.#closed}>
      <h2 id="heading">${this.keeping ? strings.cannedAddParts : strings.richReply}</h2>
      <form @submit=${this.#submit} novalidate>
        ${given ? nothing : this.#kinds()}
        <div class="sides">
          <div class="fields">${this.#area('text', strings.richText)} ${given ? nothing : this.#rich()}</div>
          <section class="preview" aria-label=${strings.richPreview}>
            <p>${strings.richPreview}</p>
            <sahay-message-list inert .messages=${preview} .loading=${!preview.length}></sahay-message-list>
          </section>
        </div>
        <p class="problem" role="alert">${this.problem ? strings[this.problem] : nothing}</p>
        <div class="buttons">
          <button type="button" class="button" @click=${() => this.dialog.close()}>${strings.cancel}</button>
          <button type="submit" class="button primary">
            ${this.keeping ? strings.cannedKeepParts : strings.richSend}
          </button>
        </div>
      </form>
    </dialog>`;
  }

  #kinds(): TemplateResult {
    const { strings } = this.words;
    const labels = {
      replies: strings.richReplies,
      card: strings.richCard,
      form: strings.richForm,
      survey: strings.richSurvey,
    };
    return html`<fieldset class="kinds" aria-label=${strings.richKind}>
      ${this.#offered.map(
        (one) =>
          html`<label
            ><input
              type="radio"
              name="kind"
              .checked=${one === this.draft.kind}
              @change=${() => this.#change({ kind: one })}
            />${labels[one]}</label
          >`,
      )}
    </fieldset>`;
  }

  /** A survey is asked of somebody: there is none to keep. */
  get #offered(): readonly RichKind[] {
    return this.keeping ? kinds.filter((one) => one !== 'survey') : kinds;
  }

  #rich(): TemplateResult {
    const { strings } = this.words;
    const { kind } = this.draft;
    if (kind === 'replies') return this.#area('replies', strings.richRepliesEach);
    if (kind === 'survey')
      return html`${this.#surveyKinds()} ${this.#line('title', strings.richSurveyQuestion)}`;
    const rest = kind === 'card' ? this.#card() : this.#questions();
    return html`${this.#line('title', strings.richTitle)} ${rest}`;
  }

  #surveyKinds(): TemplateResult {
    const { strings } = this.words;
    return html`<div>
      <label for="survey">${strings.richSurveyKind}</label>
      <select
        id="survey"
        @change=${(event: Event) => this.#change({ survey: valueOf(event) as RichDraft['survey'] })}
      >
        ${surveyKinds.map(
          (one) =>
            html`<option value=${one} ?selected=${one === this.draft.survey}>
              ${strings[`survey_${one}`]}
            </option>`,
        )}
      </select>
    </div>`;
  }

  #card(): TemplateResult {
    const { strings } = this.words;
    return html`${this.#line('subtitle', strings.richSubtitle)} ${this.#area('body', strings.richBody)}
    ${this.#line('link', strings.richLink, 'url')} ${this.#line('linkLabel', strings.richLinkLabel)}`;
  }

  #questions(): TemplateResult {
    const { strings } = this.words;
    return html`${repeat(
        this.draft.fields,
        ({ key }) => key,
        (field) => this.#question(field),
      )}
      <button
        type="button"
        class="button quiet"
        @click=${() => this.#change({ fields: [...this.draft.fields, this.#field('', 'text')] })}
      >
        ${plusIcon()}${strings.richAddQuestion}
      </button>`;
  }

  #question(field: DraftField): TemplateResult {
    const { strings } = this.words;
    const { key, label, kind, required, options } = field;
    const change = (about: Partial<DraftField>): void =>
      this.#change({
        fields: this.draft.fields.map((one) => (one.key === key ? { ...one, ...about } : one)),
      });
    return html`<fieldset class="question">
      <div>
        <label for=${`q${key}`}>${strings.richQuestion}</label>
        <input
          id=${`q${key}`}
          maxlength="200"
          dir="auto"
          .value=${label}
          @input=${(event: Event) => change({ label: valueOf(event) })}
        />
      </div>
      <button
        type="button"
        class="icon-button"
        aria-label=${this.words.text('richRemoveQuestion', { name: label })}
        @click=${() => this.#change({ fields: this.draft.fields.filter((one) => one.key !== key) })}
      >
        ${closeIcon()}
      </button>
      <div class="row wide">
        <select
          aria-label=${strings.richAnswerKind}
          @change=${(event: Event) => change({ kind: valueOf(event) as DraftField['kind'] })}
        >
          ${fieldKinds.map(
            (one) =>
              html`<option value=${one} ?selected=${one === kind}>${strings[`richKind_${one}`]}</option>`,
          )}
        </select>
        <label
          ><input
            type="checkbox"
            .checked=${required}
            @change=${(event: Event) => change({ required: (event.target as HTMLInputElement).checked })}
          />${strings.richRequired}</label
        >
      </div>
      ${
        hasOptions(kind)
          ? html`<div class="wide">
              <label for=${`o${key}`}>${strings.richOptions}</label>
              <textarea
                id=${`o${key}`}
                dir="auto"
                .value=${options}
                @input=${(event: Event) => change({ options: valueOf(event) })}
              ></textarea>
            </div>`
          : nothing
      }
    </fieldset>`;
  }

  #line(name: TextKey, label: string, type: 'text' | 'url' = 'text'): TemplateResult {
    return html`<div>
      <label for=${name}>${label}</label>
      <input
        id=${name}
        type=${type}
        maxlength="500"
        dir=${type === 'url' ? 'ltr' : 'auto'}
        .value=${this.draft[name]}
        @input=${(event: Event) => this.#change({ [name]: valueOf(event) })}
      />
    </div>`;
  }

  #area(name: TextKey, label: string): TemplateResult {
    return html`<div>
      <label for=${name}>${label}</label>
      <textarea
        id=${name}
        maxlength="4000"
        dir="auto"
        .value=${this.draft[name]}
        @input=${(event: Event) => this.#change({ [name]: valueOf(event) })}
      ></textarea>
    </div>`;
  }

  #field(label: string, kind: DraftField['kind']): DraftField {
    return { key: ++this.#lastKey, label, kind, required: kind === 'email', options: '' };
  }

  #change(about: Partial<RichDraft>): void {
    this.draft = { ...this.draft, ...about };
    if (this.problem) this.problem = richProblem(this.draft);
  }

  /** A message as the visitor's window would be given it. */
  #preview(): MessageView[] {
    const message = {
      id: 'preview',
      conversationId: 'preview',
      author: this.author,
      status: 'complete' as const,
      createdAt: new Date().toISOString(),
      parts: richParts(this.draft),
    };
    // Until there is something to see, what stands there is its outline.
    const { kind, given } = this.draft;
    const isWritten = given ?? !(kind === 'replies' || kind === 'card');
    if (!isWritten && !wordsOf(message.parts).trim()) return [];
    return [{ key: 'preview', own: false, delivery: 'received', message }];
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    this.problem = richProblem(this.draft);
    if (this.problem) return;
    this.fire('sahay-rich-reply', { parts: richParts(this.draft) } satisfies RichReplyDetail);
    this.dialog.close();
  };

  readonly #closed = (): void => {
    this.#giveBackFocus();
    this.fire('sahay-close');
  };
}

type TextKey = Exclude<keyof RichDraft, 'kind' | 'fields' | 'given' | 'survey'>;

const valueOf = ({ target }: Event): string =>
  (target as HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement).value;

declare global {
  interface HTMLElementTagNameMap {
    'sahay-rich-reply': SahayRichReply;
  }
}
