import { chatPath } from '../icons/launcher-paths.ts';
import { chevronDownPath, sendPath } from '../icons/window-paths.ts';
import { loadLocale, matchLocale, type Locale } from '../locales/index.ts';
import { drawing, element, shadow, type Markup } from './markup.ts';
import { attributesOf, stylesheet, type RenderOptions } from './options.ts';

/** How a window is to be drawn. */
export interface ChatRenderOptions extends RenderOptions {
  /** Whether it has the button that closes it. */
  closable?: boolean | undefined;
}

/**
 * `<sahay-chat>` as HTML with a declarative shadow root: what stands in the window before the first message has come. When the script
 * arrives, the element takes it over in place; what was written meanwhile, and the focus, stay.
 *
 * @example response.write(await renderChat({ server: 'https://support.example.com', locale: 'bn' }));
 */
export async function renderChat(options: ChatRenderOptions = {}): Promise<string> {
  return (await chatMarkup(options)).html;
}

/** See {@link renderChat}. */
export async function chatMarkup(options: ChatRenderOptions): Promise<Markup> {
  const locale = await loadLocale(matchLocale([options.locale]));
  const { tag, direction } = locale;
  return element(
    'sahay-chat',
    { ...attributesOf(options), closable: options.closable ?? false },
    shadow(
      stylesheet('window', options),
      // Until its stylesheet is there, nothing of it is seen.
      element(
        'div',
        { class: 'window', lang: tag, dir: direction, hidden: true },
        header(options, locale),
        transcript(options, locale),
        composer(options, locale),
      ),
    ),
  );
}

function header({ heading, closable }: ChatRenderOptions, { strings }: Locale): Markup {
  return element(
    'div',
    { class: 'header', part: 'header' },
    element('span', { class: 'avatar bot', 'aria-hidden': 'true' }, drawing(chatPath, { class: 'icon' })),
    element(
      'div',
      { class: 'names' },
      element('h2', { part: 'title', dir: 'auto' }, heading ?? strings.title),
      element('div', { class: 'status', part: 'status' }),
    ),
    closable
      ? element(
          'button',
          { type: 'button', class: 'icon-button', part: 'minimize', 'aria-label': strings.closeChat },
          drawing(chevronDownPath, { class: 'icon' }),
        )
      : undefined,
  );
}

function transcript(options: RenderOptions, { strings }: Locale): Markup {
  const line = element('i', {});
  const skeleton = element(
    'div',
    { class: 'skeleton' },
    element('span', { class: 'hidden-visually' }, strings.loading),
    line,
    line,
    line,
  );
  return element(
    'div',
    { class: 'served-transcript' },
    shadow(
      stylesheet('transcript', options),
      element(
        'div',
        { class: 'scroller', 'aria-busy': 'true', hidden: true },
        element('div', { class: 'content' }, skeleton),
      ),
    ),
  );
}

function composer(options: RenderOptions, { strings }: Locale): Markup {
  const field = element('textarea', {
    rows: 1,
    dir: 'auto',
    enterkeyhint: 'send',
    autocomplete: 'off',
    'aria-label': strings.composerLabel,
    placeholder: strings.composerPlaceholder,
  });
  const send = element(
    'button',
    { type: 'button', class: 'icon-button primary send', 'aria-label': strings.send, disabled: true },
    drawing(sendPath, { class: 'icon mirror' }),
  );
  return element(
    'div',
    { class: 'served-composer' },
    shadow(
      stylesheet('composer', options),
      element('div', { class: 'line', hidden: true }, element('div', { class: 'field' }, field), send),
    ),
  );
}
