/**
 * The URL, resolved against the page, if its scheme may stand there; else `undefined`. Links may go to `http`, `https`, `mailto`
 * and `tel`, pictures may come from `http`, `https`, `blob` and `data:image/…` (never SVG, which can hold script).
 */
export function safeUrl(url: string | undefined, use: 'link' | 'picture'): string | undefined {
  if (!url) return undefined;
  let parsed: URL;
  try {
    parsed = new URL(url, document.baseURI);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
  const allowed =
    use === 'link' ? /^(?:https?|mailto|tel):/ : /^(?:https?:|blob:|data:image\/(?:png|jpe?g|gif|webp)[;,])/;
  return allowed.test(parsed.href) ? parsed.href : undefined;
}

/** Whether following the URL leaves the page's own origin, so that its host should be shown. */
export function isForeign(url: string): boolean {
  return new URL(url, document.baseURI).origin !== location.origin;
}

/** The address of a picture that tells no other host who looks at it, and when; else `undefined`. */
export function ownPicture(url: string | undefined): string | undefined {
  // What is relative means nothing to whoever wrote it elsewhere, and would ask this page's server for whatever is named.
  const safe = url && URL.canParse(url) ? safeUrl(url, 'picture') : undefined;
  return safe && (safe.startsWith('data:') || !isForeign(safe)) ? safe : undefined;
}
