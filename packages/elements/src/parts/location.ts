import type { LocationPart } from '@sahay/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { copyIcon, externalLinkIcon } from '../icons/late-icons.ts';
import { writeClipboard } from '../internal/write-clipboard.ts';
import { linkRow } from './link-row.ts';
import type { PartPlace } from './part-place.ts';

/** A place as its name and coordinates. No map is drawn, since its tiles would tell a stranger which place is looked at, and by whom. */
export function location(
  { latitude, longitude, label }: LocationPart,
  { context }: PartPlace,
): TemplateResult {
  const { strings } = context.locale;
  const coordinates = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  const map = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
  const copy = async ({ currentTarget }: Event): Promise<void> => {
    const said = (currentTarget as HTMLElement).querySelector('small')!;
    said.textContent = (await writeClipboard(coordinates)) ? strings.copied : strings.copyFailed;
  };
  return html`<div class="place" part="location">
    <div class="words">
      ${label ? html`<b dir="auto">${label}</b>` : nothing}
      <span dir="ltr">${coordinates}</span>
    </div>
    <div class="ways">
      ${linkRow(map, strings.showOnMap, externalLinkIcon())}
      <button type="button" class="way" @click=${copy}>
        <span>${strings.copy} <small role="status"></small></span>${copyIcon()}
      </button>
    </div>
  </div>`;
}
