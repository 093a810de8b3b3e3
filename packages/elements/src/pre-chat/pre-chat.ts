import type { ConsentPurpose, PreChatField } from '@sahay/protocol';
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { asksForPrivacy } from '../consent/privacy-signal.ts';
import { SahayElement } from '../internal/sahay-element.ts';
import { completeAround } from '../locales/complete-around.ts';
import { safeUrl } from '../message/safe-url.ts';
import { autocompleteOf, problemOf } from '../parts/form-fields.ts';
import { base } from '../theme/base.ts';
import { controls } from '../theme/controls.ts';
import { colorScheme, tokens } from '../theme/tokens.ts';
import type { Asked } from './asked.ts';
import type { KnownContact } from '../contact/known-contact.ts';
import { localText } from './local-text.ts';
import { preChatStyles } from './pre-chat.styles.ts';

completeAround();

/** What a visitor answered before she begins. */
export interface PreChatDetail {
  /** By the names of the fields; what was left empty is left out. */
  readonly answers: Readonly<Record<string, string | number | boolean>>;
  readonly consents: readonly { purpose: string; granted: boolean }[];
}

type InputKind = Exclude<PreChatField['kind'], 'textarea' | 'select'>;

/** How much of an answer is kept, see "Bounds" in the protocol. */
const bounds = { line: 320, attributeText: 1000 };
const isContact = (name: string): name is keyof KnownContact => Object.hasOwn(autocompletes, name);
const autocompletes: Readonly<Record<string, string>> = { name: 'name', email: 'email', phone: 'tel' };

/**
 * What is asked before the first message: a few fields, and consent to purposes. It stores and sends nothing; what was answered is
 * told by an event.
 *
 * @tagname sahay-pre-chat
 * @fires {CustomEvent<PreChatDetail>} sahay-begin - She answered and wants to begin.
 * @csspart form - The form.
 */
export class SahayPreChat extends SahayElement {
  static override styles = [tokens, colorScheme, base, controls, preChatStyles];
  static override properties: PropertyDeclarations = {
    asked: { attribute: false },
    known: { attribute: false },
    busy: { type: Boolean },
    problem: {},
    wrong: { state: true, attribute: false },
  };

  /** What is asked. */
  asked: Asked | undefined;
  /** What she told before: it stands in the fields already. */
  known: KnownContact = {};
  /** While what was answered is on its way. */
  busy = false;
  /** What failed, in words. */
  problem = '';
  /** What is wrong, by the names of the fields. */
  private wrong: ReadonlyMap<string, string> = new Map();

  override focus(options?: FocusOptions): void {
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>('input, select, textarea, button')?.focus(options),
    );
  }

  protected override render(): TemplateResult | typeof nothing {
    const { asked } = this;
    if (!asked) return nothing;
    const { strings } = this.localized;
    const policy = safeUrl(asked.policyUrl, 'link');
    return html`<form part="form" novalidate aria-labelledby="title" @submit=${this.#submitted}>
      <h3 id="title">${asked.fields.length > 0 ? strings.beginTitle : strings.consentTitle}</h3>
      ${asked.fields.map((field) => this.#field(field))}${asked.purposes.map((one) => this.#purpose(one))}
      ${
        policy && asked.purposes.length > 0
          ? html`<p>
              <a href=${policy} target="_blank" rel="noopener noreferrer">${strings.consentPolicy}</a>
            </p>`
          : nothing
      }
      ${asksForPrivacy() ? html`<p class="signal">${strings.consentSignal}</p>` : nothing}
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
      <button type="submit" class="button primary" ?disabled=${this.busy}>
        ${asked.purposes.some(({ required }) => required) ? strings.agreeAndBegin : strings.begin}
      </button>
    </form>`;
  }

  #field(field: PreChatField): TemplateResult {
    const { name, kind, required = false } = field;
    const wrong = this.#wrongLine(name);
    const label = html`<label for="f-${name}" dir="auto"
      >${localText(field.label, this.localeTag)}
      ${required ? nothing : html`<small>${this.localized.strings.formOptional}</small>`}</label
    >`;
    if (kind === 'checkbox')
      return html`<div class="field check">${this.#input(field, 'checkbox')}${label}${wrong}</div>`;
    return html`<div class="field">
      ${label}${
        kind === 'textarea'
          ? html`<textarea
              id="f-${name}"
              name="f:${name}"
              rows="3"
              maxlength=${bounds.attributeText}
              dir="auto"
              aria-required=${required}
              aria-invalid=${this.wrong.has(name) ? 'true' : 'false'}
              aria-describedby="w-${name}"
            ></textarea>`
          : kind === 'select'
            ? this.#select(field)
            : this.#input(field, kind)
      }${wrong}
    </div>`;
  }

  #input({ name, required = false }: PreChatField, type: InputKind): TemplateResult {
    return html`<input
      id="f-${name}"
      name="f:${name}"
      type=${type}
      dir="auto"
      maxlength=${isContact(name) ? bounds.line : bounds.attributeText}
      value=${(isContact(name) && this.known[name]) || nothing}
      autocomplete=${autocompleteOf({ name, kind: 'text', label: name, autocomplete: autocompletes[name] ?? 'off' })}
      aria-required=${required}
      aria-invalid=${this.wrong.has(name) ? 'true' : 'false'}
      aria-describedby="w-${name}"
    />`;
  }

  #select({ name, required = false, options = [] }: PreChatField): TemplateResult {
    return html`<select
      id="f-${name}"
      name="f:${name}"
      aria-required=${required}
      aria-invalid=${this.wrong.has(name) ? 'true' : 'false'}
      aria-describedby="w-${name}"
    >
      <option value="">${this.localized.strings.formChoose}</option>
      ${options.map(({ value, label }) => html`<option value=${value}>${localText(label, this.localeTag)}</option>`)}
    </select>`;
  }

  #purpose({ purpose, label, description, required = false }: ConsentPurpose): TemplateResult {
    const id = `p-${purpose}`;
    return html`<div class="field check">
      <input
        id=${id}
        name="p:${purpose}"
        type="checkbox"
        aria-required=${required}
        aria-invalid=${this.wrong.has(id) ? 'true' : 'false'}
        aria-describedby="d-${purpose} w-${id}"
      />
      <label for=${id} dir="auto"
        >${localText(label, this.localeTag)}
        <small
          >${required ? `(${this.localized.strings.consentNeeded})` : this.localized.strings.formOptional}</small
        ></label
      >
      <small id="d-${purpose}" dir="auto">${localText(description, this.localeTag)}</small>
      ${this.#wrongLine(id)}
    </div>`;
  }

  #wrongLine(name: string): TemplateResult {
    const words = this.wrong.get(name);
    return html`<span class="problem" id="w-${name}" ?hidden=${!words}>${words}</span>`;
  }

  readonly #submitted = (event: SubmitEvent): void => {
    event.preventDefault();
    const { asked } = this;
    if (!asked || this.busy) return;
    const values = new FormData(event.currentTarget as HTMLFormElement);
    const answers = answersOf(asked.fields, values);
    const consents = asked.purposes.map(({ purpose }) => ({ purpose, granted: values.has(`p:${purpose}`) }));
    this.wrong = this.#check(asked, answers, consents);
    const [first] = this.wrong.keys();
    if (first === undefined) this.fire('sahay-begin', { answers, consents } satisfies PreChatDetail);
    else
      void this.updateComplete.then(() =>
        this.renderRoot.querySelector<HTMLElement>('[aria-invalid=true]')?.focus(),
      );
  };

  #check(
    asked: Asked,
    answers: PreChatDetail['answers'],
    consents: PreChatDetail['consents'],
  ): Map<string, string> {
    const { strings } = this.localized;
    const wrong = new Map<string, string>();
    for (const { name, kind, required, options } of asked.fields) {
      const problem = problemOf(
        {
          name,
          kind,
          label: name,
          ...(required && { required }),
          ...(options && { options: options.map(({ value }) => ({ value, label: value })) }),
        },
        new Map(Object.entries(answers)),
      );
      if (problem) wrong.set(name, strings[problem]);
    }
    for (const { purpose, required } of asked.purposes)
      if (required && !consents.some((one) => one.purpose === purpose && one.granted))
        wrong.set(`p-${purpose}`, strings.consentMissing);
    return wrong;
  }
}

function answersOf(
  fields: readonly PreChatField[],
  values: FormData,
): Record<string, string | number | boolean> {
  const answers: Record<string, string | number | boolean> = {};
  for (const { name, kind } of fields) {
    const value = values.get(`f:${name}`);
    if (kind === 'checkbox') answers[name] = value !== null;
    else if (typeof value === 'string' && value.trim())
      answers[name] = kind === 'number' ? Number(value) : value.trim();
  }
  return answers;
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-pre-chat': SahayPreChat;
  }
}
