/** A link that may be drawn. */
export interface SafeLink {
  /** The address in its normal form. */
  href: string;
  /** Where it leads, to be shown after its text; empty when the text already says so. */
  host: string;
  /** Whether it leads to a page, and so opens in a new tab. */
  page: boolean;
}

/** Only these are ever followed: anything else could run code, read files or start a program. */
const schemes = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/** Whether a text is itself the address, so that it hides nothing about where the link leads. */
function shows(text: string, url: URL): boolean {
  const visible = text
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '');
  if (url.protocol === 'mailto:' || url.protocol === 'tel:') return visible === url.pathname.toLowerCase();
  const host = url.host.replace(/^www\./, '');
  return (
    !url.username &&
    visible.startsWith(host) &&
    /^(?:[/?#]|$)/.test(visible.slice(host.length)) &&
    // Characters that turn the reading direction can make one address look like another.
    !/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(text)
  );
}

/**
 * Decides whether a link from a message is drawn as one: `http`, `https`, `mailto` and `tel` are, everything else and
 * every relative address is not (nothing is returned).
 *
 * @param url The destination as written.
 * @param text The words the link stands on.
 */
export function safeLink(url: string, text: string): SafeLink | undefined {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !schemes.has(parsed.protocol)) return undefined;
  const page = parsed.protocol.startsWith('http');
  return { href: parsed.href, host: shows(text, parsed) ? '' : page ? parsed.host : parsed.pathname, page };
}
