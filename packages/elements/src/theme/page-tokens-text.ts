import { colorSchemeText } from './color-scheme-text.ts';
import { lateTokensText } from './late-tokens-text.ts';
import { windowTokensText } from './tokens-text.ts';

/** The same tokens for whole pages: on `:root` instead of a component's host. `tokens.css` is this text in a file. */
export const pageTokensText = `${windowTokensText}\n${lateTokensText}\n${colorSchemeText}\n`
  .replace(/:host\((\[[^\]]+\]|:lang\(\w+\))\)/g, ':root$1')
  .replaceAll('[color-scheme', '[data-color-scheme')
  .replaceAll(':host', ':root');
