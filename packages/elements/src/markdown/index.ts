/**
 * The Markdown renderer. Nothing else in the package may import it but by `import('./markdown/index.ts')`: it arrives
 * with the first message that needs it.
 */
export { MarkdownStream, parseMarkdown } from './markdown-stream.ts';
export { renderMarkdown } from './render-markdown.ts';
export { markdownStyles } from './markdown.styles.ts';
export type { MarkdownOptions, MarkdownStrings } from './markdown-options.ts';
export type { Block, Inline } from './tree.ts';
