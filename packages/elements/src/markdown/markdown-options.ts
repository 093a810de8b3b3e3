import type { LocaleStrings } from '../locales/locale-strings.ts';

/** The words that drawn Markdown needs. */
export type MarkdownStrings = Pick<
  LocaleStrings,
  'copy' | 'copied' | 'codeBlock' | 'imageLink' | 'opensInNewTab' | 'table' | 'taskDone' | 'taskOpen'
>;

/** How Markdown is drawn. */
export interface MarkdownOptions {
  strings: MarkdownStrings;
  /** Told whether a code block was copied, for a screen reader announcement; refused, its text is selected instead. */
  onCopy?: ((copied: boolean) => void) | undefined;
}
