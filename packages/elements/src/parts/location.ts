import type { LocationPart } from '@sahay/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { copyIcon, externalLinkIcon } from '../icons/late-icons.ts';
import { writeClipboard } from '../internal/write-clipboard.ts';
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
    const button = currentTarget as HTMLElement;
    const copied = await writeClipboard(coordinates);
    button.nextElementSibling!.textContent = copied ? strings.copied : strings.copyFailed;
  };
  return html`<div class="place" part="location">
    ${label ? html`<b dir="auto">${label}</b>` : nothing}
    <span dir="ltr">${coordinates}</span>
    <div class="acts">
      <a class="button" href=${map} target="_blank" rel="noopener noreferrer nofollow"
        >${strings.showOnMap} <small>(<bdi>www.openstreetmap.org</bdi>)</small>${externalLinkIcon()}</a
      ><button type="button" class="button" @click=${copy}>${copyIcon()}${strings.copy}</button
      ><small role="status"></small>
    </div>
  </div>`;
}
