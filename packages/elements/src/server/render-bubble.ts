import { chatPath, closePath } from '../icons/launcher-paths.ts';
import { launcherStringsFor } from '../locales/launcher-strings.ts';
import { drawing, element, shadow } from './markup.ts';
import { attributesOf, stylesheet, type RenderOptions } from './options.ts';
import { chatMarkup } from './render-chat.ts';

/** How a bubble is to be drawn. */
export interface BubbleRenderOptions extends RenderOptions {
  /** Whether its window is open. */
  open?: boolean | undefined;
  position?: 'end' | 'start' | undefined;
  /** A selector of what it keeps off. */
  avoid?: string | undefined;
  layer?: 'auto' | 'top' | undefined;
}

/**
 * `<sahay-bubble>` as HTML with a declarative shadow root, closed or with its window open: it is seen before any script has arrived. The script
 * takes the same nodes over, so nothing flashes and nothing loses the focus. Offsets and z-index: set the custom properties.
 *
 * @example response.write(await renderBubble({ server: 'https://support.example.com', locale: 'ar' }));
 */
export async function renderBubble(options: BubbleRenderOptions = {}): Promise<string> {
  const { open = false, position, avoid, layer, heading } = options;
  const { tag, strings } = launcherStringsFor([options.locale]);
  const panel = element(
    'div',
    { class: 'panel', part: 'panel', role: 'dialog', 'aria-label': heading || strings.chat, hidden: !open },
    open ? await chatMarkup({ ...options, closable: true }) : undefined,
  );
  const launcher = element(
    'button',
    {
      class: 'launcher',
      part: 'launcher',
      type: 'button',
      'aria-haspopup': 'dialog',
      'aria-expanded': String(open),
      'aria-label': open ? strings.closeChat : strings.openChat,
      lang: tag,
      // Until its stylesheet is there, it is not seen.
      hidden: true,
    },
    element('slot', {}, drawing(open ? closePath : chatPath)),
  );
  return element(
    'sahay-bubble',
    { ...attributesOf(options), position, avoid, layer, open },
    shadow(stylesheet('bubble', options), panel, launcher),
  ).html;
}
