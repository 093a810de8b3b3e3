const SILENT = /<(script|style|template|iframe|object|noscript)\b[\s\S]*?(?:<\/\1\s*>|$)/giu;
const BREAK = /<(?:br|\/p|\/div|\/li|\/h[1-6]|\/tr)\b[^>]*>/giu;
const TAG = /<\/?[a-z!?][^>]*(?:>|$)/giu;

/** What raw HTML would say to a reader: tags go, and with them whatever was never meant to be read. */
export function htmlText(html: string): string {
  return html
    .replace(SILENT, '')
    .replace(BREAK, '\n')
    .replace(TAG, '')
    .replace(/\n{2,}/gu, '\n')
    .trim();
}
