import { unsafeCSS } from 'lit';
import { colorSchemeText } from './color-scheme-text.ts';
import { windowTokensText } from './tokens-text.ts';

/** The custom properties of `tokens` that the window has from the first moment. */
export const windowTokens = unsafeCSS(windowTokensText);

/** Light, dark or automatic by the `color-scheme` attribute; for outermost elements only, parts inherit it. */
export const colorScheme = unsafeCSS(colorSchemeText);
