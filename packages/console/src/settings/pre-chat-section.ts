import { closeIcon, plusIcon } from '@sahay/elements/icons';
import type { PreChatField, PreChatSettings } from '@sahay/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { SettingsSection, sendSection } from './settings-section.ts';
import { languageChoice, withText } from './text-language.ts';

const kinds = ['text', 'textarea', 'email', 'tel', 'number', 'select', 'checkbox'] as const;

/** What visitors are asked before their first message. */
export class SahayPreChatSettings extends SettingsSection<PreChatSettings> {
  @state() private language: string | undefined;

  protected override get empty(): PreChatSettings {
    return { fields: [] };
  }
  protected override get heading(): string {
    return this.words.strings.preChat;
  }
  get #tag(): string {
    return this.language ?? this.localeTag.split('-')[0]!;
  }

  protected override send(draft: PreChatSettings): Promise<PreChatSettings | undefined> {
    return sendSection(this.client!, 'preChat', draft);
  }

  protected override fields(): TemplateResult {
    const { strings } = this.words;
    const { fields, onlyWhileClosed = false } = this.draft;
    return html`<p class="hint">${strings.preChatHint}</p>
      ${fields.length > 0 ? languageChoice(strings.textLanguage, this.#tag, this.localeTag, (tag) => (this.language = tag)) : nothing}
      ${fields.map((field, at) => this.#field(field, at))}
      <div>
        <button type="button" class="button quiet" @click=${() => this.#add()}>
          ${plusIcon()}${strings.addField}
        </button>
      </div>
      <label class="check">
        <input
          type="checkbox"
          .checked=${onlyWhileClosed}
          @change=${() => this.change((draft) => (draft.onlyWhileClosed = !draft.onlyWhileClosed))}
        />
        ${strings.preChatOnlyClosed}
      </label>`;
  }

  #field({ name, kind, label, required = false, options = [] }: PreChatField, at: number): TemplateResult {
    const { strings } = this.words;
    const place = `preChat.fields[${at}]`;
    const edit = (work: (field: PreChatField, value: string) => void) => (event: Event) =>
      this.change(({ fields }) => work(fields[at]!, (event.target as HTMLInputElement).value));
    return html`<fieldset class="item">
      <div class="line">
        <div class="field grow">
          <label for="label-${at}">${strings.fieldLabel}</label>
          <input
            id="label-${at}"
            dir="auto"
            lang=${this.#tag}
            data-field="${place}.label"
            maxlength="200"
            placeholder=${Object.values(label)[0] ?? ''}
            .value=${label[this.#tag] ?? ''}
            @input=${edit((field, value) => (field.label = withText(field.label, this.#tag, value)))}
          />
        </div>
        <button
          type="button"
          class="icon-button"
          aria-label="${strings.removeField}: ${label[this.#tag] ?? name}"
          @click=${() => this.change(({ fields }) => void fields.splice(at, 1))}
        >
          ${closeIcon()}
        </button>
      </div>
      <div class="line">
        <div class="field grow">
          <label for="name-${at}">${strings.fieldName}</label>
          <input
            id="name-${at}"
            dir="ltr"
            spellcheck="false"
            autocapitalize="none"
            data-field="${place}.name"
            maxlength="64"
            .value=${name}
            @input=${edit((field, value) => (field.name = value))}
          />
        </div>
        <div class="field grow">
          <label for="kind-${at}">${strings.fieldKind}</label>
          <select
            id="kind-${at}"
            data-field="${place}.kind"
            @change=${edit((field, value) => {
              field.kind = value as PreChatField['kind'];
              if (field.kind === 'select')
                field.options = [{ value: 'option-1', label: { [this.#tag]: '' } }];
              else delete field.options;
            })}
          >
            ${kinds.map((one) => html`<option value=${one} ?selected=${one === kind}>${strings[`kind_${one}`]}</option>`)}
          </select>
        </div>
      </div>
      ${kind === 'select' ? this.#options(options, at) : nothing}
      <label class="check">
        <input
          type="checkbox"
          .checked=${required}
          @change=${() => this.change(({ fields }) => (fields[at]!.required = !required))}
        />
        ${strings.fieldRequired}
      </label>
    </fieldset>`;
  }

  /** One choice a line, in the language that is edited; what a choice is called for staff stays as it was first written. */
  #options(options: NonNullable<PreChatField['options']>, at: number): TemplateResult {
    return html`<div class="field">
      <label for="options-${at}">${this.words.strings.fieldOptions}</label>
      <textarea
        id="options-${at}"
        rows="4"
        dir="auto"
        lang=${this.#tag}
        data-field="preChat.fields[${at}].options"
        .value=${options.map(({ label }) => label[this.#tag] ?? '').join('\n')}
        @change=${(event: Event) =>
          this.change(({ fields }) => {
            const lines = (event.target as HTMLTextAreaElement).value.split('\n').map((line) => line.trim());
            fields[at]!.options = lines.flatMap((line, index) => {
              const before = options[index];
              const label = withText(before?.label ?? {}, this.#tag, line);
              return Object.keys(label).length > 0
                ? [{ value: before?.value ?? (line || `option-${index + 1}`), label }]
                : [];
            });
          })}
      ></textarea>
    </div>`;
  }

  #add(): void {
    const { strings } = this.words;
    const known: PreChatField[] = [
      { name: 'name', kind: 'text', label: { [this.#tag]: strings.fieldPresetName } },
      { name: 'email', kind: 'email', label: { [this.#tag]: strings.fieldPresetEmail }, required: true },
    ];
    this.change(({ fields }) => {
      const next = known.find(({ name }) => !fields.some((field) => field.name === name));
      fields.push(next ?? { name: `field_${fields.length + 1}`, kind: 'text', label: {} });
    });
    const last = this.draft.fields.length - 1;
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>(`#label-${last}`)?.focus(),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-pre-chat-settings': SahayPreChatSettings;
  }
}
