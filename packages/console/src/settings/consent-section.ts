import { closeIcon, plusIcon } from '@sahay/elements/icons';
import type { ConsentPurpose, ConsentSettings } from '@sahay/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { SettingsSection, sendSection } from './settings-section.ts';
import { languageChoice, withText } from './text-language.ts';

/** What visitors are asked to consent to. */
export class SahayConsentSettings extends SettingsSection<ConsentSettings> {
  @state() private language: string | undefined;

  protected override get empty(): ConsentSettings {
    return { purposes: [], policyVersion: '1' };
  }
  protected override get heading(): string {
    return this.words.strings.consent;
  }
  get #tag(): string {
    return this.language ?? this.localeTag.split('-')[0]!;
  }

  protected override send(draft: ConsentSettings): Promise<ConsentSettings | undefined> {
    return sendSection(this.client!, 'consent', draft);
  }

  protected override fields(): TemplateResult {
    const { strings } = this.words;
    const { purposes, policyVersion, policyUrl = '' } = this.draft;
    const edit = (work: (draft: ConsentSettings, value: string) => void) => (event: Event) =>
      this.change((draft) => work(draft, (event.target as HTMLInputElement).value));
    return html`<p class="hint">${strings.consentHint}</p>
      ${purposes.length > 0 ? languageChoice(strings.textLanguage, this.#tag, this.localeTag, (tag) => (this.language = tag)) : nothing}
      ${purposes.map((purpose, at) => this.#purpose(purpose, at))}
      <div>
        <button type="button" class="button quiet" @click=${() => this.#add()}>
          ${plusIcon()}${strings.addPurpose}
        </button>
      </div>
      <div class="field">
        <label for="policy">${strings.policyUrl}</label>
        <input
          id="policy"
          type="url"
          dir="ltr"
          placeholder="https://"
          data-field="consent.policyUrl"
          .value=${policyUrl}
          @input=${edit((draft, value) => {
            if (value.trim()) draft.policyUrl = value.trim();
            else delete draft.policyUrl;
          })}
        />
      </div>
      <div class="field">
        <label for="version">${strings.policyVersion}</label>
        <input
          id="version"
          dir="ltr"
          maxlength="64"
          data-field="consent.policyVersion"
          aria-describedby="version-hint"
          .value=${policyVersion}
          @input=${edit((draft, value) => (draft.policyVersion = value))}
        />
        <span class="hint" id="version-hint">${strings.policyVersionHint}</span>
      </div>`;
  }

  #purpose(
    { purpose, label, description = {}, required = false }: ConsentPurpose,
    at: number,
  ): TemplateResult {
    const { strings } = this.words;
    const place = `consent.purposes[${at}]`;
    const edit = (work: (one: ConsentPurpose, value: string) => void) => (event: Event) =>
      this.change(({ purposes }) => work(purposes[at]!, (event.target as HTMLInputElement).value));
    return html`<fieldset class="item">
      <div class="line">
        <div class="field grow">
          <label for="purpose-${at}">${strings.purposeId}</label>
          <input
            id="purpose-${at}"
            dir="ltr"
            spellcheck="false"
            autocapitalize="none"
            maxlength="64"
            data-field="${place}.purpose"
            .value=${purpose}
            @input=${edit((one, value) => (one.purpose = value))}
          />
        </div>
        <button
          type="button"
          class="icon-button"
          aria-label="${strings.removePurpose}: ${purpose}"
          @click=${() => this.change(({ purposes }) => void purposes.splice(at, 1))}
        >
          ${closeIcon()}
        </button>
      </div>
      <div class="field">
        <label for="purpose-label-${at}">${strings.purposeLabel}</label>
        <input
          id="purpose-label-${at}"
          dir="auto"
          lang=${this.#tag}
          maxlength="200"
          data-field="${place}.label"
          placeholder=${Object.values(label)[0] ?? ''}
          .value=${label[this.#tag] ?? ''}
          @input=${edit((one, value) => (one.label = withText(one.label, this.#tag, value)))}
        />
      </div>
      <div class="field">
        <label for="purpose-text-${at}">${strings.purposeText}</label>
        <textarea
          id="purpose-text-${at}"
          rows="2"
          dir="auto"
          lang=${this.#tag}
          data-field="${place}.description"
          .value=${description[this.#tag] ?? ''}
          @input=${edit((one, value) => {
            const texts = withText(one.description ?? {}, this.#tag, value);
            if (Object.keys(texts).length > 0) one.description = texts;
            else delete one.description;
          })}
        ></textarea>
      </div>
      <label class="check">
        <input
          type="checkbox"
          .checked=${required}
          @change=${() => this.change(({ purposes }) => (purposes[at]!.required = !required))}
        />
        ${strings.purposeRequired}
      </label>
    </fieldset>`;
  }

  #add(): void {
    this.change(
      ({ purposes }) => void purposes.push({ purpose: `purpose-${purposes.length + 1}`, label: {} }),
    );
    const last = this.draft.purposes.length - 1;
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>(`#purpose-label-${last}`)?.focus(),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-consent-settings': SahayConsentSettings;
  }
}
