/** Markup that needs no escaping any more. */
export interface Markup {
  readonly html: string;
}

type Attribute = string | number | boolean | null | undefined;

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => escapes[sign]!);
const empty = new Set(['link']);

/** An element of a page that is written on a server. Texts are escaped; `true` writes an attribute without a value, `false` none. */
export function element(
  name: string,
  attributes: Record<string, Attribute>,
  ...content: (Markup | string | undefined)[]
): Markup {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== null && value !== undefined && value !== false)
    .map(([key, value]) => (value === true ? ` ${key}` : ` ${key}="${escaped(String(value))}"`));
  const inner = content.map((part) => (typeof part === 'string' ? escaped(part) : (part?.html ?? '')));
  return { html: `<${name}${written.join('')}>${empty.has(name) ? '' : `${inner.join('')}</${name}>`}` };
}

/** A shadow root that the browser attaches while it reads the page. Its stylesheet comes first: see `firstUpdated` of the window. */
export function shadow(stylesheet: string, ...content: (Markup | undefined)[]): Markup {
  return element(
    'template',
    { shadowrootmode: 'open' },
    element('link', { rel: 'stylesheet', href: stylesheet }),
    ...content,
  );
}

/** An icon of the family. */
export const drawing = (path: string, attributes: Record<string, Attribute> = {}): Markup =>
  element(
    'svg',
    { ...attributes, viewBox: '0 0 24 24', 'aria-hidden': 'true' },
    element('path', { d: path }),
  );
