import { html, type TemplateResult } from 'lit';
import type { RowContext } from './row-context.ts';

/** Asks for what was said before. */
export function earlierButton(busy: boolean, { locale }: RowContext, load: () => void): TemplateResult {
  const { loadEarlier, loading } = locale.strings;
  return html`<button type="button" class="button quiet earlier" ?disabled=${busy} @click=${load}>
    ${busy ? loading : loadEarlier}
  </button>`;
}
