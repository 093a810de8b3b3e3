// Trims the emoji data of Unicode to what the picker shows, one file a language. Run by hand when the choice or the data changes:
//   npm pack cldr-annotations-full@48.2.0 emojibase-data@17.0.0   (each unpacked into a folder of its own)
//   node packages/elements/scripts/emoji-data.mjs <cldr-annotations-full> <emojibase-data>
// Names and keywords are CLDR's, order and groups Unicode's (both under the Unicode License v3).
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [cldr, emojibase] = process.argv.slice(2);
const json = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'));
/** Older than this, an emoji is drawn by the systems that visitors use. */
const newest = 13;
const keywords = 3;
/** The picker's groups, by the names of Unicode's subgroups. */
const groups = [
  /^(face|cat|monkey|heart|emotion)/,
  /^(hand|body|person-gesture)/,
  /^(animal|plant|sky)/,
  /^(food|drink)/,
  /^(event|award|sport|game|arts|transport-(ground|water|air)|place|hotel)/,
  /^(clothing|sound|music|phone|computer|light|book|money|mail|writing|office|lock|tool|science|medical|household)/,
  /^(warning|arrow|punctuation|other-symbol|geometric|flag)$/,
];
const { subgroups } = json(emojibase, 'meta/groups.json');
const rude = new Set(['🖕', '💩', '🔫', '🚬', '💣', '🔪', '💋', '👅']);
/** One shape of a person stands for all. */
const variant = /[\u{1F3FB}-\u{1F3FF}]|\u200D[♀♂]|^[👨👩]\u200D/u;

const chosen = groups.map((wanted) =>
  json(emojibase, 'en/data.json').filter(
    ({ emoji, subgroup, version }) =>
      subgroup !== undefined &&
      wanted.test(subgroups[subgroup]) &&
      version <= newest &&
      !variant.test(emoji) &&
      !rude.has(emoji.replace('\uFE0F', '')),
  ),
);
const target = (name) => join(import.meta.dirname, '../src/emoji/data', `${name}.ts`);
const notice =
  '// Made by scripts/emoji-data.mjs from Unicode CLDR 48 and emojibase 17: © Unicode, Inc., Unicode License v3.\n';
const text = (name, doc, value) =>
  `${notice}/** ${doc} */\nexport const ${name} =\n  '${value.replaceAll("'", "\\'")}';\n`;

writeFileSync(
  target('order'),
  text(
    'order',
    'The emoji of each group, parted by spaces; groups by lines.',
    chosen.map((group) => group.map(({ emoji }) => emoji).join(' ')).join('\\n'),
  ),
);
for (const language of ['en', 'bn', 'ar']) {
  const { annotations } = json(cldr, 'annotations', language, 'annotations.json').annotations;
  const lines = chosen.flat().map(({ emoji, label }) => {
    const { tts, default: words = [] } =
      annotations[emoji] ?? annotations[emoji.replaceAll('\uFE0F', '')] ?? {};
    const name = tts?.[0] ?? label;
    const more = words.filter((word) => !name.includes(word) && !word.includes('|')).slice(0, keywords);
    return [name, ...more].join('|');
  });
  writeFileSync(
    target(language),
    text('names', 'Name and keywords of each emoji, in their order.', lines.join('\\n')),
  );
}
console.log(chosen.map(({ length }) => length).join(' + '));
