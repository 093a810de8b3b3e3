import { unsafeCSS } from 'lit';
import { colorSchemeText } from './color-scheme-text.ts';
import { tokensText } from './tokens-text.ts';

/**
 * Custom properties every component styles itself with: `static styles = [tokens, base, styles]`.
 *
 * @example css`:host { color: var(--_text); padding: var(--_space-3); }`
 */
export const tokens = unsafeCSS(tokensText);

/** Light, dark or automatic by the `color-scheme` attribute; for outermost elements only, parts inherit it. */
export const colorScheme = unsafeCSS(colorSchemeText);
