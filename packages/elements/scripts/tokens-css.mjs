// Writes the design tokens as a plain stylesheet for pages (product page, console page).
// Run after every change of src/theme/*-text.ts: node packages/elements/scripts/tokens-css.mjs
import { writeFileSync } from 'node:fs';
import { pageTokensText } from '../src/theme/page-tokens-text.ts';

const banner =
  '/* Written by packages/elements/scripts/tokens-css.mjs from packages/elements/src/theme: change it there. */\n';
for (const path of ['../src/theme/tokens.css', '../../../examples/demo/site/tokens.css']) {
  writeFileSync(new URL(path, import.meta.url), banner + pageTokensText);
}
