import { SahayError, type SupportClient } from '@sahay/client';
import { checkIcon } from '@sahay/elements/icons';
import { base, controls, tokens } from '@sahay/elements/theme';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { ConsoleElement } from '../internal/console-element.ts';
import { sectionStyles } from './settings.styles.ts';

/** Which setting is wrong, and why. */
interface Wrong {
  field: string;
  message: string;
}

/**
 * One section of the settings: a draft of it, saved as a whole. What the server refuses is shown beside the field that it names.
 *
 * @fires {CustomEvent} sahay-saved - The section was saved; what holds now is in `value`.
 * @fires {CustomEvent<{ error: unknown }>} sahay-error - It could not be saved.
 */
export abstract class SettingsSection<T> extends ConsoleElement {
  static override styles = [tokens, base, controls, sectionStyles];

  @property({ attribute: false }) client: SupportClient | undefined;
  /** What holds now; absent when it was never set. */
  @property({ attribute: false }) value: T | undefined;
  @state() protected draft!: T;
  @state() private busy = false;
  @state() private saved = false;
  @state() private problem = '';
  @state() private wrong: Wrong | undefined;

  /** What the form begins with where nothing is set. */
  protected abstract get empty(): T;
  protected abstract get heading(): string;
  protected abstract fields(): TemplateResult;
  /** Sends the draft; resolves with what holds from now on. */
  protected abstract send(draft: T): Promise<T | undefined>;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('value') || !this.hasUpdated) this.draft = structuredClone(this.value ?? this.empty);
  }

  protected override updated(): void {
    for (const input of this.renderRoot.querySelectorAll<HTMLElement>('[data-field]'))
      input.setAttribute('aria-invalid', String(this.#isWrong(input.dataset.field!)));
  }

  #isWrong(field: string): boolean {
    const { wrong } = this;
    if (!wrong) return false;
    // A wrong list is shown at its fields, and a text at the field that holds all its languages.
    return (
      wrong.field === field || wrong.field.startsWith(`${field}.`) || field.startsWith(`${wrong.field}[`)
    );
  }

  protected override render(): TemplateResult {
    const { strings } = this.words;
    return html`<form novalidate aria-labelledby="title" @submit=${this.#submitted}>
      <h3 id="title">${this.heading}</h3>
      ${this.fields()}
      <div class="foot">
        <button type="submit" class="button primary" ?disabled=${this.busy}>${strings.settingsSave}</button>
        <span role="status"
          >${this.saved ? html`<span class="saved">${checkIcon()}${strings.settingsSaved}</span>` : nothing}</span
        >
      </div>
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
    </form>`;
  }

  /** Changes the draft, by working on a copy of it. */
  protected change(work: (draft: T) => void): void {
    const draft = structuredClone(this.draft);
    work(draft);
    this.draft = draft;
    this.saved = false;
  }

  readonly #submitted = (event: Event): void => {
    event.preventDefault();
    void this.#save();
  };

  async #save(): Promise<void> {
    if (this.busy || !this.client) return;
    this.busy = true;
    this.saved = false;
    this.problem = '';
    this.wrong = undefined;
    try {
      this.value = await this.send(this.draft);
      this.saved = true;
      this.fire('sahay-saved');
    } catch (error) {
      this.#refused(error);
    } finally {
      this.busy = false;
    }
  }

  #refused(error: unknown): void {
    const { problem } = error instanceof SahayError ? error : {};
    const { field, detail } = problem ?? {};
    this.wrong = field === undefined ? undefined : { field, message: detail ?? '' };
    this.problem =
      detail === undefined
        ? this.words.strings.settingsNotSaved
        : this.words.text('settingsRefused', { detail });
    this.fire('sahay-error', { error });
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>('[data-field][aria-invalid=true]')?.focus(),
    );
  }
}

/** Sends one section to the server; resolves with what it is now. */
export async function sendSection<T>(client: SupportClient, name: string, draft: T): Promise<T | undefined> {
  const response = await client.fetch('/v1/settings', {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ [name]: draft }),
  });
  const { settings } = (await response.json()) as { settings: Record<string, T | undefined> };
  return settings[name];
}
