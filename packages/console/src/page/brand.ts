import { chatIcon } from '@sahay/elements/icons';
import { html, type TemplateResult } from 'lit';

/** The mark with the name. */
export function brand(): TemplateResult {
  return html`<p class="brand">${chatIcon()}<span>Sahay</span></p>`;
}
