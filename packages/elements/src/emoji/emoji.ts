import { folded } from '@sahay/protocol/core';

/** An emoji with its name in the reader's language, and the words it is found by. */
export interface Emoji {
  emoji: string;
  name: string;
  words: string;
}

const names = {
  en: () => import('./data/en.ts'),
  bn: () => import('./data/bn.ts'),
  ar: () => import('./data/ar.ts'),
};
const known = new Map<string, Promise<readonly (readonly Emoji[])[]>>();

/** All emoji in their groups, named in a language; in English where there are no names in it. */
export function loadEmoji(tag: string): Promise<readonly (readonly Emoji[])[]> {
  const language = tag.split('-')[0]!.toLowerCase();
  const source = language in names ? (language as keyof typeof names) : 'en';
  const all = known.get(source) ?? read(source);
  known.set(source, all);
  all.catch(() => known.delete(source));
  return all;
}

async function read(source: keyof typeof names): Promise<readonly (readonly Emoji[])[]> {
  const [{ order }, { names: lines }] = await Promise.all([import('./data/order.ts'), names[source]()]);
  const words = lines.split('\n').values();
  return order.split('\n').map((group) =>
    group.split(' ').map((emoji) => {
      const line = words.next().value ?? '';
      return { emoji, name: line.split('|')[0]!, words: folded(line) };
    }),
  );
}

/** Those whose name or keywords hold every word of the query; those whose name begins with it first. */
export function searchEmoji(all: readonly (readonly Emoji[])[], query: string, most = 60): Emoji[] {
  const wanted = folded(query).split(/\s+/).filter(Boolean);
  if (!wanted.length) return [];
  const found = all
    .flat()
    .filter(({ words, emoji }) => emoji === query.trim() || wanted.every((word) => words.includes(word)));
  const rank = ({ words }: Emoji): number =>
    words.startsWith(wanted[0]!) ? 0 : words.split(/[|\s]/).includes(wanted[0]!) ? 1 : 2;
  return found.sort((a, b) => rank(a) - rank(b)).slice(0, most);
}
