import { html, nothing, type TemplateResult } from 'lit';
import { safeUrl } from './safe-url.ts';

const address = /\bhttps?:\/\/[^\s<>"']+/gi;
/** Characters that turn the reading direction can make one address look like another. */
const turning = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const trailing = /[)\].,:;!?…'"»”]+$/u;

/** Text as it was written, with bare web addresses made links. */
export function plainText(text: string): string | (string | TemplateResult)[] {
  if (!text.includes('://')) return text;
  const pieces: (string | TemplateResult)[] = [];
  let end = 0;
  for (const match of text.matchAll(address)) {
    const url = withoutTrailing(match[0]);
    pieces.push(text.slice(end, match.index), link(url));
    end = match.index + url.length;
  }
  pieces.push(text.slice(end));
  return pieces;
}

/** A link that shows its host where the address as written could be read as another's: `https://shop.example@other.example`. */
function link(url: string): string | TemplateResult {
  const safe = safeUrl(url, 'link');
  if (!safe) return url;
  const { host } = new URL(safe);
  const plain = url.replace(/^https?:\/\//i, '').toLowerCase();
  const clear = plain.startsWith(host) && /^(?:[/?#]|$)/.test(plain.slice(host.length)) && !turning.test(url);
  return html`<a href=${safe} title=${safe} target="_blank" rel="noopener noreferrer nofollow"
      ><bdi>${url}</bdi></a
    >${clear ? nothing : html`<span class="link-host" part="link-host"> (<bdi>${host}</bdi>)</span>`}`;
}

/** Drops what ends the sentence rather than the address, but keeps a bracket that the address opened. */
function withoutTrailing(url: string): string {
  const tail = trailing.exec(url)?.[0] ?? '';
  const bare = url.slice(0, url.length - tail.length);
  return tail.startsWith(')') && bare.includes('(') && !bare.includes(')') ? `${bare})` : bare;
}
