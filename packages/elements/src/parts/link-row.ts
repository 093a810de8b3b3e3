import { html, nothing, type TemplateResult } from 'lit';
import { isForeign } from '../message/safe-url.ts';

/** A row of a card that leads elsewhere: what it does, and below it the host it leads to, unless that is this page's own. */
export function linkRow(url: string, label: unknown, icon: TemplateResult): TemplateResult {
  const host = isForeign(url) ? new URL(url).host : '';
  return html`<a class="way" href=${url} target="_blank" rel="noopener noreferrer nofollow"
    ><span>${label}${host ? html` <small>(<bdi>${host}</bdi>)</small>` : nothing}</span>${icon}</a
  >`;
}
