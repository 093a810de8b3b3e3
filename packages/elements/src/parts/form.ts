import { numberLimits, ticked, type FormField, type FormPart } from '@sahay/protocol';
import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { fileRefusal, uploadFailure } from '../chat/file-refusal.ts';
import { checkIcon } from '../icons/window-icons.ts';
import { SahayElement } from '../internal/sahay-element.ts';
import { base } from '../theme/base.ts';
import { buttons } from '../theme/controls.ts';
import { readContact, type KnownContact } from '../contact/known-contact.ts';
import { clientOf, conversationOf } from './conversation-of.ts';
import { FormDraft, knownAnswers, knownFields } from './form-drafts.ts';
import { problemOf, valuesOf, type Filled } from './form-fields.ts';
import { formField } from './form-inputs.ts';
import { formStyles } from './form.styles.ts';

/** Answers about to be sent: the detail of `sahay-form-submit`. */
export interface FormSubmitDetail {
  messageId: string;
  partId: string;
  /** By the fields' names. */
  values: ReturnType<typeof valuesOf>;
}

/**
 * A form in a message: labels, validation with a summary, and its answers once they are sent. What was typed survives a reload of the
 * page, what an earlier form of the conversation was answered stands there already, as does how she can be reached if she told it before,
 * and nothing is sent twice.
 *
 * @fires {CustomEvent<FormSubmitDetail>} sahay-form-submit - About to be sent; cancel it to send the answers yourself.
 */
export class SahayForm extends SahayElement {
  static override styles = [base, buttons, formStyles];
  static override properties: PropertyDeclarations = {
    form: { attribute: false },
    messageId: { attribute: false },
    problems: { state: true, attribute: false },
    state: { state: true, attribute: false },
  };

  form: FormPart | undefined;
  messageId = '';
  private problems: ReadonlyMap<string, string> = new Map();
  private state: 'open' | 'sending' | 'sent' | 'failed' = 'open';
  #filled: Filled = new Map();
  #draft: FormDraft | undefined;
  /** The ids of files that have arrived. */
  readonly #uploads = new Map<File, string>();
  /** Whether it was refused because the conversation is over. */
  #closed = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.#draft || !this.form) return;
    this.#draft = new FormDraft(this.messageId, this.form.partId);
    this.#filled = new Map([...knownAnswers(this.form, conversationOf(this)), ...this.#draft.read()]);
    const client = clientOf(this);
    if (client && !this.form.submitted) void readContact(client).then((contact) => this.#know(contact));
  }

  /** Whom to answer she told before; what stands in a field already stays. */
  #know(contact: KnownContact): void {
    for (const [name, value] of knownFields(this.form!, contact))
      if (!this.#filled.has(name)) this.#filled.set(name, value);
    this.requestUpdate();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { form } = this;
    if (!form) return nothing;
    if (form.submitted || this.state === 'sent') return this.#answers(form);
    if (this.#perspective === 'agent') return this.#asked(form);
    const { strings } = this.localized;
    const resting = this.state === 'sending';
    return html`<form novalidate @submit=${this.#submit}>
      <div class="fields" role="group" aria-label=${form.title ?? strings.form}>
        ${form.title ? html`<h3 dir="auto">${form.title}</h3>` : nothing} ${this.#summary(form)}
        ${form.fields.map((field, index) =>
          formField(field, {
            id: `f${index}`,
            filled: this.#filled,
            problem: this.problems.get(field.name),
            locale: this.localized,
            resting,
            set: (name, value) => this.#set(name, value),
          }),
        )}
        <button class="button primary" ?disabled=${resting}>
          ${resting ? strings.sending : (form.submitLabel ?? strings.formSubmit)}
        </button>
        <p class="problem" role="alert">
          ${this.state === 'failed' ? (this.#closed ? strings.composerClosed : strings.formFailed) : nothing}
        </p>
      </div>
    </form>`;
  }

  get #perspective(): string | null {
    const root = this.getRootNode();
    return root instanceof ShadowRoot ? root.host.getAttribute('perspective') : null;
  }

  #asked({ title, fields }: FormPart): TemplateResult {
    return html`<h3 dir="auto">${title ?? this.localized.strings.form}</h3>
      <ul>
        ${fields.map(({ label }) => html`<li dir="auto">${label}</li>`)}
      </ul>`;
  }

  #answers({ title, fields, submitted }: FormPart): TemplateResult {
    const { strings } = this.localized;
    const answer = ({ name, kind, options }: FormField): string => {
      const value = submitted && Object.hasOwn(submitted, name) ? submitted[name] : this.#filled.get(name);
      if (value instanceof File) return value.name;
      if (kind === 'file') return value ? strings.formFile : '–';
      if (typeof value === 'boolean') return value ? strings.formYes : strings.formNo;
      const labelOf = (chosen: string): string =>
        options?.find((one) => one.value === chosen)?.label ?? chosen;
      if (kind === 'checkboxes' && typeof value === 'string')
        return new Intl.ListFormat(this.formats.tag).format(ticked(value).map(labelOf));
      return labelOf(String(value ?? '–'));
    };
    return html`<p class="sent" role="status">
        ${checkIcon()}<b dir="auto">${title ?? strings.form}</b> ${strings.formSent}
      </p>
      <dl>
        ${fields.map(
          (field) =>
            html`<dt dir="auto">${field.label}</dt>
              <dd dir="auto">${answer(field)}</dd>`,
        )}
      </dl>`;
  }

  #summary({ fields }: FormPart): TemplateResult | typeof nothing {
    if (!this.problems.size) return nothing;
    return html`<div class="summary" role="alert" tabindex="-1">
      <b>${this.text('formProblems', { count: this.problems.size })}</b>
      <ul>
        ${fields.map((field, index) =>
          this.problems.has(field.name)
            ? html`<li>
                <button
                  type="button"
                  @click=${() => this.renderRoot.querySelector<HTMLElement>(`#f${index}`)?.focus()}
                >
                  <span><bdi>${field.label}</bdi> – ${this.problems.get(field.name)}</span>
                </button>
              </li>`
            : nothing,
        )}
      </ul>
    </div>`;
  }

  #set(name: string, value: string | number | boolean | File | undefined): void {
    if (value === undefined) this.#filled.delete(name);
    else this.#filled.set(name, value);
    this.#draft?.keep(this.#filled);
    if (this.problems.has(name))
      this.#check(this.form!.fields.filter((field) => this.problems.has(field.name)));
    else this.requestUpdate();
  }

  #check(fields: readonly FormField[]): void {
    const found = fields.flatMap((field): [string, string][] => {
      const words = this.#problemOf(field);
      return words ? [[field.name, words]] : [];
    });
    this.problems = new Map(found);
  }

  #problemOf(field: FormField): string | undefined {
    const file = this.#filled.get(field.name);
    const refusal = file instanceof File && fileRefusal(file, this.localized, this.formats);
    if (refusal) return refusal;
    const place = this.form!.fields.indexOf(field);
    const { validity } = this.renderRoot.querySelector<HTMLInputElement>(`#f${place}`) ?? {};
    const problem = problemOf(field, this.#filled, validity?.badInput);
    const { min, max } = numberLimits(field);
    const bound = (value: number) => (Number.isFinite(value) ? value : '…');
    return problem && this.text(problem, { min: bound(min), max: bound(max) });
  }

  /** Leads to what is wrong. */
  async #lead(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.summary')?.focus();
  }

  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { form, messageId } = this;
    if (!form || this.state === 'sending') return;
    this.#check(form.fields);
    if (this.problems.size) return this.#lead();
    this.state = 'sending';
    try {
      await this.#upload(form);
      if (this.problems.size) {
        this.state = 'open';
        return await this.#lead();
      }
      await this.#send(form, messageId);
      this.#draft?.forget();
      this.state = 'sent';
    } catch (error) {
      // Trying again would be refused again.
      this.#closed = (error as { code?: unknown }).code === 'conversation_closed';
      this.state = 'failed';
      this.fire('sahay-error', { error });
    }
  };

  /** Each file once, however often the form is sent; one that does not arrive is a problem of its field. */
  async #upload({ fields }: FormPart): Promise<void> {
    const conversation = conversationOf(this);
    const failed = new Map<string, string>();
    for (const { name } of fields) {
      const file = this.#filled.get(name);
      if (!(file instanceof File) || !conversation || this.#uploads.has(file)) continue;
      try {
        this.#uploads.set(file, (await conversation.upload(file, { name: file.name })).attachmentId);
      } catch (error) {
        // The end of the conversation is no matter of the file.
        if ((error as { code?: unknown }).code === 'conversation_closed') throw error;
        failed.set(name, uploadFailure(error, file, this.localized, this.formats));
        this.fire('sahay-error', { error });
      }
    }
    this.problems = failed;
  }

  async #send({ partId, fields }: FormPart, messageId: string): Promise<void> {
    const conversation = conversationOf(this);
    const detail: FormSubmitDetail = {
      messageId,
      partId,
      values: valuesOf(fields, this.#filled, this.#uploads),
    };
    if (!this.fire('sahay-form-submit', detail, true)) return;
    if (!conversation?.do)
      throw new Error('No conversation here takes forms: handle "sahay-form-submit" and cancel it.');
    await conversation.do('form.submit', detail);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-form': SahayForm;
  }
}
