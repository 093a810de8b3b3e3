import { numberLimits, ticked, type FormField } from '@sahay/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Locale } from '../locales/locale.ts';
import { autocompleteOf, type Filled } from './form-fields.ts';

/** What drawing a field needs of its form. */
export interface FieldPlace {
  readonly id: string;
  readonly filled: Filled;
  readonly problem: string | undefined;
  readonly locale: Locale;
  readonly resting: boolean;
  readonly set: (name: string, value: string | number | boolean | File | undefined) => void;
}

/** A field with its label, its help and what is wrong with it. */
export function formField(field: FormField, place: FieldPlace): TemplateResult {
  const { id, problem, locale } = place;
  const group = ['radio', 'checkboxes', 'rating', 'scale'].includes(field.kind);
  const optional = field.required ? nothing : html` <small>${locale.strings.formOptional}</small>`;
  const help = html`${field.help ? html`<small id="${id}-help" dir="auto">${field.help}</small>` : nothing}
  ${problem ? html`<span class="problem" id="${id}-problem">${problem}</span>` : nothing}`;
  if (field.kind === 'checkbox')
    return html`<div class="field check">
      ${input(field, place)}<label for=${id} dir="auto">${field.label}</label>${help}
    </div>`;
  if (group)
    return html`<fieldset
      class="field"
      id=${id}
      tabindex="-1"
      aria-describedby=${described(field, place)}
      ?disabled=${place.resting}
    >
      <legend dir="auto">${field.label}${optional}</legend>
      <div class="choices ${field.kind}">${choices(field, place)}</div>
      ${help}
    </fieldset>`;
  return html`<div class="field">
    <label for=${id} dir="auto">${field.label}${optional}</label>${input(field, place)}${help}
  </div>`;
}

function described({ help }: FormField, { id, problem }: FieldPlace): string | typeof nothing {
  const ids = [help && `${id}-help`, problem && `${id}-problem`].filter(Boolean);
  return ids.length ? ids.join(' ') : nothing;
}

function input(field: FormField, place: FieldPlace): TemplateResult {
  const { name, kind, placeholder = '', required = false } = field;
  const { id, filled, problem, resting, set, locale } = place;
  const value = filled.get(name);
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const invalid = problem ? 'true' : 'false';
  const by = described(field, place);
  const typed = ({ currentTarget }: Event): void => set(name, (currentTarget as HTMLInputElement).value);
  switch (kind) {
    case 'textarea':
      return html`<textarea
        id=${id}
        rows="3"
        maxlength="4000"
        dir="auto"
        placeholder=${placeholder}
        .value=${live(text)}
        @input=${typed}
        ?required=${required}
        ?disabled=${resting}
        aria-invalid=${invalid}
        aria-describedby=${by}
      ></textarea>`;
    case 'select':
      return html`<select
        id=${id}
        @change=${typed}
        ?required=${required}
        ?disabled=${resting}
        aria-invalid=${invalid}
        aria-describedby=${by}
      >
        <option value="" ?selected=${!text}>${placeholder || locale.strings.formChoose}</option>
        ${field.options?.map((one) => html`<option value=${one.value} ?selected=${one.value === text}>${one.label}</option>`)}
      </select>`;
    case 'checkbox':
      return html`<input
        id=${id}
        type="checkbox"
        .checked=${live(value === true)}
        ?required=${required}
        ?disabled=${resting}
        aria-invalid=${invalid}
        aria-describedby=${by}
        @change=${({ currentTarget }: Event) => set(name, (currentTarget as HTMLInputElement).checked)}
      />`;
    case 'file':
      return html`<input
        id=${id}
        type="file"
        ?required=${required}
        ?disabled=${resting}
        aria-invalid=${invalid}
        aria-describedby=${by}
        @change=${({ currentTarget }: Event) => set(name, (currentTarget as HTMLInputElement).files?.[0])}
      />`;
    case 'number':
      return html`<input
        id=${id}
        type="number"
        step="any"
        min=${field.min ?? nothing}
        max=${field.max ?? nothing}
        .value=${live(text)}
        placeholder=${placeholder}
        ?required=${required}
        ?disabled=${resting}
        aria-invalid=${invalid}
        aria-describedby=${by}
        @input=${({ currentTarget }: Event) => {
          const { valueAsNumber } = currentTarget as HTMLInputElement;
          set(name, Number.isNaN(valueAsNumber) ? undefined : valueAsNumber);
        }}
      />`;
    default:
      return html`<input
        id=${id}
        type=${kind}
        maxlength="4000"
        dir=${kind === 'text' ? 'auto' : nothing}
        placeholder=${placeholder}
        autocomplete=${autocompleteOf(field)}
        .value=${live(text)}
        @input=${typed}
        ?required=${required}
        ?disabled=${resting}
        aria-invalid=${invalid}
        aria-describedby=${by}
      />`;
  }
}

type ChoicePlace = Pick<FieldPlace, 'id' | 'filled' | 'set'>;

function choices(field: FormField, { id, filled, set }: ChoicePlace): TemplateResult[] {
  const { name, kind, options = [] } = field;
  if (kind === 'checkboxes') return boxes(field, { id, filled, set });
  const { min, max } = numberLimits(field);
  const first = Math.ceil(min);
  const count = Math.max(0, Math.min(11, Math.floor(max) - first + 1));
  const offered: { value: string | number; label: string }[] =
    kind === 'radio'
      ? [...options]
      : Array.from({ length: count }, (_, index) => ({ value: first + index, label: String(first + index) }));
  return offered.map(
    ({ value, label }) =>
      html`<label
        ><input
          type="radio"
          name=${id}
          .checked=${live(filled.get(name) === value)}
          @change=${() => set(name, value)}
        /><span dir="auto">${label}</span></label
      >`,
  );
}

/** Several may be ticked; the answer has them in the order in which they are offered. */
function boxes({ name, options = [] }: FormField, { filled, set }: ChoicePlace): TemplateResult[] {
  const answer = filled.get(name);
  const before = new Set(typeof answer === 'string' ? ticked(answer) : []);
  const tick = (value: string, on: boolean): void => {
    const chosen = options.filter((one) => (one.value === value ? on : before.has(one.value)));
    set(name, chosen.length ? chosen.map((one) => one.value).join('\n') : undefined);
  };
  return options.map(
    ({ value, label }) =>
      html`<label
        ><input
          type="checkbox"
          .checked=${live(before.has(value))}
          @change=${({ currentTarget }: Event) => tick(value, (currentTarget as HTMLInputElement).checked)}
        /><span dir="auto">${label}</span></label
      >`,
  );
}
