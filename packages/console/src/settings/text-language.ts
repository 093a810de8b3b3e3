import { html, type TemplateResult } from 'lit';
import { languageName } from '../internal/names.ts';

/** The languages that texts for visitors are written in here; others that were set by other means stay as they are. */
export const textLanguages = ['en', 'bn', 'ar'] as const;

/** Chooses the language of the texts that are edited. */
export function languageChoice(
  label: string,
  chosen: string,
  reader: string,
  choose: (tag: string) => void,
): TemplateResult {
  return html`<div class="field">
    <label for="language">${label}</label>
    <select id="language" @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
      ${textLanguages.map(
        (tag) => html`<option value=${tag} ?selected=${tag === chosen}>${languageName(tag, reader)}</option>`,
      )}
    </select>
  </div>`;
}

/** A text with the words of one language changed; a language without words is left out. */
export function withText(
  texts: Readonly<Record<string, string>>,
  tag: string,
  words: string,
): Record<string, string> {
  const { [tag]: _before, ...others } = texts;
  return words.trim() ? { ...others, [tag]: words } : others;
}
