import { html, type TemplateResult } from 'lit';

const address = /\bhttps?:\/\/[^\s<>"']+/gi;
const trailing = /[)\].,:;!?…'"»”]+$/u;

/** Text as it was written, with bare web addresses made links. */
export function plainText(text: string): string | (string | TemplateResult)[] {
  if (!text.includes('://')) return text;
  const pieces: (string | TemplateResult)[] = [];
  let end = 0;
  for (const match of text.matchAll(address)) {
    const url = withoutTrailing(match[0]);
    pieces.push(
      text.slice(end, match.index),
      html`<a href=${url} target="_blank" rel="noopener noreferrer nofollow">${url}</a>`,
    );
    end = match.index + url.length;
  }
  pieces.push(text.slice(end));
  return pieces;
}

/** Drops what ends the sentence rather than the address, but keeps a bracket that the address opened. */
function withoutTrailing(url: string): string {
  const tail = trailing.exec(url)?.[0] ?? '';
  const bare = url.slice(0, url.length - tail.length);
  return tail.startsWith(')') && bare.includes('(') && !bare.includes(')') ? `${bare})` : bare;
}
