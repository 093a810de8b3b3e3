/**
 * The Markdown renderer. Nothing else in the package may import it but by `import('./markdown/index.ts')`: it arrives
 * with the first message that needs it.
 *
 * The parser is our own because none that is to be had does what a chat needs: parse again only the last open block, hold
 * back unfinished marks, and never take long over hostile text. Measured, minified and brotli: `marked` 18.2's lexer alone
 * 14.1 kB, 10 to 15 s for 100,000 characters of `_a` or `a.…@` and a stack overflow on `>`; micromark with mdast and no
 * GFM 14.7 kB; markdown-it 44.5 kB. This one is 6.7 kB (9.2 kB with drawing and styles), and 0.2 s at worst for that size.
 */
export { markdownText } from './markdown-text.ts';
export { MarkdownStream, parseMarkdown } from './markdown-stream.ts';
export { renderMarkdown } from './render-markdown.ts';
export { markdownStyles } from './markdown.styles.ts';
export type { MarkdownOptions, MarkdownStrings } from './markdown-options.ts';
export type { Block, Inline } from './tree.ts';
