// Writes the stylesheets of what is drawn on a server (src/server) into the bundle's folder `served`: those of the elements, and what shows the
// parts that stay hidden until a stylesheet is there. Run after tsc and rollup.
import { mkdirSync, writeFileSync } from 'node:fs';
import { transform } from 'esbuild';
import { shortenProperties } from '../../../scripts/shorten-names.mjs';

const { bubbleStyles } = await import('../dist/bubble/bubble.styles.js');
const { SahayChat } = await import('../dist/chat/chat.js');
const { SahayComposer } = await import('../dist/composer/composer.js');
const { SahayMessageList } = await import('../dist/message-list/message-list.js');

const textOf = ({ styles }) => [styles].flat(Infinity).map(({ cssText }) => cssText);
const sheets = {
  bubble: [bubbleStyles, '.launcher[hidden]{display:grid!important}'],
  window: [
    ...textOf(SahayChat),
    '.window[hidden]{display:contents!important}',
    // What stands in the place of elements is laid out as they are.
    '.served-transcript{flex:1}.served-composer{flex:none}',
  ],
  transcript: [...textOf(SahayMessageList), '.scroller[hidden]{display:block!important}'],
  composer: [...textOf(SahayComposer), '.line[hidden]{display:flex!important}'],
};
const folder = new URL('../dist/bundle/served/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, texts] of Object.entries(sheets)) {
  const { code } = await transform(texts.join('\n'), { loader: 'css', minify: true, target: 'esnext' });
  writeFileSync(new URL(`${name}.css`, folder), shortenProperties(code));
}
