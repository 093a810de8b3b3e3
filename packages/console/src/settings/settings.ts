import type { SupportClient } from '@sahay/client';
import { base, colorScheme, controls, tokens } from '@sahay/elements/theme';
import type { HoursAnswer, Settings, SettingsAnswer } from '@sahay/protocol';
import { html, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { ConsoleElement } from '../internal/console-element.ts';
import type { HoursDraft } from './hours-section.ts';
import { settingsStyles } from './settings.styles.ts';

/**
 * What holds for the whole installation: opening hours, what is asked before a conversation, consent, the survey, e-mail. What is saved
 * holds at once, also for windows that stand open.
 *
 * @example
 * document.querySelector('sahay-settings').client = client;
 *
 * @tagname sahay-settings
 * @fires {CustomEvent<{ error: unknown }>} sahay-error - The settings could not be loaded or saved.
 */
export class SahaySettings extends ConsoleElement {
  static override styles = [tokens, colorScheme, base, controls, settingsStyles];

  /** The client of the agent who looks. */
  @property({ attribute: false }) client: SupportClient | undefined;
  @state() private hours: HoursAnswer | undefined;
  @state() private settings: Settings | undefined;
  @state() private failed = false;

  /** Loads the settings again. */
  async reload(): Promise<void> {
    const { client } = this;
    if (!client) return;
    this.failed = false;
    try {
      const read = async (path: string): Promise<unknown> => (await client.fetch(path)).json();
      const [hours, settings] = await Promise.all([read('/v1/hours'), read('/v1/settings')]);
      if (client !== this.client) return;
      this.hours = hours as HoursAnswer;
      this.settings = (settings as SettingsAnswer).settings;
    } catch (error) {
      this.failed = true;
      this.fire('sahay-error', { error });
    }
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!changed.has('client')) return;
    this.hours = this.settings = undefined;
    void this.reload();
  }

  protected override render(): TemplateResult {
    return html`<div class="page">
      <h2>${this.words.strings.settings}</h2>
      ${this.#body()}
    </div>`;
  }

  #body(): TemplateResult {
    const { client, hours, settings } = this;
    const { strings } = this.words;
    if (this.failed)
      return html`<div class="state" role="alert">
        <p>${strings.settingsFailed}</p>
        <button type="button" class="button" @click=${() => this.reload()}>${strings.retry}</button>
      </div>`;
    if (!hours || !settings)
      return html`<div aria-busy="true"><span class="hidden-visually">${strings.loading}</span></div>`;
    return html`<sahay-hours-settings
        .client=${client}
        .value=${draftOf(hours)}
        .availability=${hours.availability}
      ></sahay-hours-settings>
      <sahay-pre-chat-settings .client=${client} .value=${settings.preChat}></sahay-pre-chat-settings>
      <sahay-consent-settings .client=${client} .value=${settings.consent}></sahay-consent-settings>
      <sahay-survey-settings .client=${client} .value=${settings.survey}></sahay-survey-settings>
      <sahay-email-settings .client=${client} .value=${settings.email}></sahay-email-settings>`;
  }
}

const drafts = new WeakMap<HoursAnswer, HoursDraft>();

/** The same draft for the same answer, so that a redraw does not take away what was written. */
function draftOf(answer: HoursAnswer): HoursDraft | undefined {
  const { hours } = answer;
  if (!hours) return undefined;
  const draft = drafts.get(answer) ?? { on: true, hours };
  drafts.set(answer, draft);
  return draft;
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-settings': SahaySettings;
  }
}
