import type { EmailSettings, SurveySettings } from '@sahay/protocol';
import { html, type TemplateResult } from 'lit';
import { SettingsSection, sendSection } from './settings-section.ts';

const surveys = ['csat', 'nps', 'ces', 'none'] as const;

/** Which survey follows a close. */
export class SahaySurveySettings extends SettingsSection<SurveySettings> {
  protected override get empty(): SurveySettings {
    return { kind: 'csat' };
  }
  protected override get heading(): string {
    return this.words.strings.survey;
  }

  protected override send(draft: SurveySettings): Promise<SurveySettings | undefined> {
    return sendSection(this.client!, 'survey', draft);
  }

  protected override fields(): TemplateResult {
    const { strings } = this.words;
    return html`<div role="radiogroup" aria-labelledby="title">
      ${surveys.map(
        (kind) =>
          html`<label class="check">
            <input
              type="radio"
              name="kind"
              data-field="survey.kind"
              .checked=${kind === this.draft.kind}
              @change=${() => this.change((draft) => (draft.kind = kind))}
            />
            ${strings[`survey_${kind}`]}
          </label>`,
      )}
    </div>`;
  }
}

/** Whether answers are e-mailed to visitors who have gone. */
export class SahayEmailSettings extends SettingsSection<EmailSettings> {
  protected override get empty(): EmailSettings {
    return { enabled: false };
  }
  protected override get heading(): string {
    return this.words.strings.emailAnswers;
  }

  protected override send(draft: EmailSettings): Promise<EmailSettings | undefined> {
    return sendSection(this.client!, 'email', draft);
  }

  protected override fields(): TemplateResult {
    const { strings } = this.words;
    const { enabled, senderName = '', quietMinutes } = this.draft;
    return html`<p class="hint">${strings.emailHint}</p>
      <label class="check">
        <input
          type="checkbox"
          .checked=${enabled}
          @change=${() => this.change((draft) => (draft.enabled = !draft.enabled))}
        />
        ${strings.emailEnabled}
      </label>
      <div class="field">
        <label for="sender">${strings.emailSender}</label>
        <input
          id="sender"
          dir="auto"
          maxlength="120"
          data-field="email.senderName"
          .value=${senderName}
          @input=${(event: Event) =>
            this.change((draft) => {
              const { value } = event.target as HTMLInputElement;
              if (value.trim()) draft.senderName = value;
              else delete draft.senderName;
            })}
        />
      </div>
      <div class="field">
        <label for="quiet">${strings.emailQuiet}</label>
        <input
          id="quiet"
          type="number"
          min="1"
          max="1440"
          placeholder="15"
          data-field="email.quietMinutes"
          .value=${quietMinutes === undefined ? '' : String(quietMinutes)}
          @input=${(event: Event) =>
            this.change((draft) => {
              const { value } = event.target as HTMLInputElement;
              if (value === '') delete draft.quietMinutes;
              else draft.quietMinutes = Number(value);
            })}
        />
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-survey-settings': SahaySurveySettings;
    'sahay-email-settings': SahayEmailSettings;
  }
}
