import { unsafeCSS, type CSSResultGroup } from 'lit';
import { lateTokensText } from './late-tokens-text.ts';
import { windowTokens } from './window-tokens.ts';

export { colorScheme } from './window-tokens.ts';

/**
 * Custom properties every component styles itself with: `static styles = [tokens, base, styles]`.
 *
 * @example css`:host { color: var(--_text); padding: var(--_space-3); }`
 */
export const tokens: CSSResultGroup = [windowTokens, unsafeCSS(lateTokensText)];
