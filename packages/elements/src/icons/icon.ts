import { html, type TemplateResult } from 'lit';

/**
 * Draws one path of the family as a 20 px icon in the colour of the text, hidden from assistive technology:
 * the button around it carries the name. Looks come from `.icon` in `theme/base.ts`.
 *
 * @param path Path data on the 24 px grid, see `paths.ts`.
 * @param mirror Whether the icon points along the text and so turns round in right-to-left scripts.
 */
export function icon(path: string, mirror = false): TemplateResult {
  return html`<svg class=${mirror ? 'icon mirror' : 'icon'} viewBox="0 0 24 24" aria-hidden="true">
    <path d=${path}></path>
  </svg>`;
}
