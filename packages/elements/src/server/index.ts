/**
 * Draws the bubble and the window on a server, as HTML with declarative shadow roots. Needs no DOM and imports no element; safe under a
 * Content Security Policy, since styles are linked and nothing is inline.
 *
 * @packageDocumentation
 */
import { element } from './markup.ts';
import { stylesheet, type RenderOptions, type ServedStyle } from './options.ts';

export type { RenderOptions } from './options.ts';
export { renderBubble, type BubbleRenderOptions } from './render-bubble.ts';
export { renderChat, type ChatRenderOptions } from './render-chat.ts';

const ofBubble: readonly ServedStyle[] = ['bubble'];
const ofWindow: readonly ServedStyle[] = ['window', 'transcript', 'composer'];

/**
 * Links for the page's head that fetch the stylesheets early, so that what is drawn is seen at once.
 *
 * @example renderPreloads({ server: 'https://support.example.com' }, 'bubble')
 */
export function renderPreloads(
  options: Pick<RenderOptions, 'server' | 'stylesheets'>,
  ...parts: ('bubble' | 'window')[]
): string {
  const wanted = parts.flatMap((part) => (part === 'bubble' ? ofBubble : ofWindow));
  return wanted
    .map((part) => element('link', { rel: 'preload', as: 'style', href: stylesheet(part, options) }).html)
    .join('');
}
