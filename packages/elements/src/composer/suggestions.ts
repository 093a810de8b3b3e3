/** One thing that can be put in place of what was begun. */
export interface Suggestion {
  /** What people read. */
  label: string;
  /** What is put into the text. Default: the trigger and the label. */
  text?: string;
  /** A second line: what it does, who it is. */
  detail?: string;
}

/** Where suggestions come from. */
export interface SuggestionSource {
  /** The character that begins one: `@` anywhere after a space, `/` only at the beginning of the text. */
  trigger: '@' | '/' | '#' | ':';
  /**
   * What fits what was written after the trigger. `signal` aborts when it is no longer asked for.
   *
   * @example (query) => people.filter(({ label }) => label.toLowerCase().startsWith(query.toLowerCase()))
   */
  suggest(query: string, signal: AbortSignal): readonly Suggestion[] | Promise<readonly Suggestion[]>;
}

const sources = new Set<SuggestionSource>();

/**
 * Offers suggestions in every composer of the page, such as names after `@` or commands after `/`.
 *
 * @returns takes them away again
 * @example
 * registerSuggestions({
 *   trigger: '/',
 *   suggest: (query) => [{ label: 'refund', text: 'I would like a refund for order ' }].filter(({ label }) => label.startsWith(query)),
 * });
 */
export function registerSuggestions(source: SuggestionSource): () => void {
  sources.add(source);
  return () => sources.delete(source);
}

/** All that are registered for a character. */
export const sourcesFor = (trigger: string): SuggestionSource[] =>
  [...sources].filter((source) => source.trigger === trigger);

/** Whether there are any. */
export const hasSources = (): boolean => sources.size > 0;
