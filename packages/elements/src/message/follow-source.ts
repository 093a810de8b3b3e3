import { rememberFocus } from '../internal/focus.ts';
import type { CitationDetail } from './row-context.ts';
import { safeUrl } from './safe-url.ts';

/** Opens a source that is no article in a tab of its own; for an article gives what later puts the focus back. */
export function followSource({
  articleId,
  url,
}: CitationDetail): ReturnType<typeof rememberFocus> | undefined {
  if (articleId) return rememberFocus();
  const safe = safeUrl(url, 'link');
  if (safe) window.open(safe, '_blank', 'noopener');
  return undefined;
}
