import type { Article } from '../knowledge/article.ts';
import { Shelf, type Finding } from './shelf.ts';

const SCRIPTS = [
  'Latin',
  'Bengali',
  'Arabic',
  'Devanagari',
  'Cyrillic',
  'Greek',
  'Hebrew',
  'Thai',
  'Han',
  'Hangul',
  'Hiragana',
  'Katakana',
  'Tamil',
  'Telugu',
  'Gujarati',
  'Gurmukhi',
  'Kannada',
  'Malayalam',
  'Sinhala',
  'Georgian',
  'Armenian',
  'Ethiopic',
  'Khmer',
  'Lao',
  'Myanmar',
].map((name) => ({ name, letters: new RegExp(`\\p{Script=${name}}`, 'gu') }));

/** The script most letters of a text belong to, `''` when it has none that is known. */
export function mainScript(text: string): string {
  const sample = text.slice(0, 500);
  let best = { name: '', count: 0 };
  for (const { name, letters } of SCRIPTS) {
    const count = sample.match(letters)?.length ?? 0;
    if (count > best.count) best = { name, count };
  }
  return best.name;
}

function baseLanguage(lang: string): string {
  return lang.toLowerCase().split('-')[0] ?? lang;
}

interface Labelled {
  readonly shelf: Shelf;
  readonly script: string;
}

/** The articles by language, and which language to look in first. */
export class Shelves {
  readonly #shelves: readonly Labelled[];
  readonly #fallback: string;

  constructor(articles: readonly Article[], fallback: string) {
    this.#fallback = baseLanguage(fallback);
    const byLanguage = new Map<string, Article[]>();
    for (const article of articles) {
      const lang = baseLanguage(article.lang);
      byLanguage.set(lang, [...(byLanguage.get(lang) ?? []), article]);
    }
    this.#shelves = [...byLanguage].map(([lang, list]) => ({
      shelf: new Shelf(list, lang),
      script: mainScript(list.map(({ title, firstParagraph }) => `${title} ${firstParagraph}`).join(' ')),
    }));
  }

  /**
   * The shelves in the order in which to look: those written in the question's script first, among them the visitor's language,
   * then the fallback, then English. A visitor on a Bengali page who writes English is searched for in English.
   */
  #ordered(text: string, locale: string): Shelf[] {
    const script = mainScript(text);
    const wanted = [baseLanguage(locale), this.#fallback, 'en'];
    const rank = ({ shelf, script: own }: Labelled): number => {
      const place = wanted.indexOf(shelf.lang);
      return (script === '' || own === script ? 0 : 10) + (place === -1 ? wanted.length : place);
    };
    return this.#shelves
      .map((labelled) => ({ shelf: labelled.shelf, rank: rank(labelled) }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ shelf }) => shelf);
  }

  /**
   * The first finding that is sure enough, else that of the first shelf. At most four languages are searched.
   *
   * @param isSure tells whether a finding is worth stopping at
   */
  find(text: string, locale: string, isSure: (finding: Finding) => boolean): Finding | undefined {
    let first: Finding | undefined;
    for (const shelf of this.#ordered(text, locale).slice(0, 4)) {
      const finding = shelf.find(text);
      if (isSure(finding)) return finding;
      first ??= finding;
    }
    return first;
  }

  /** The article with this id and the shelf it stands on. */
  article(id: string): { article: Article; shelf: Shelf } | undefined {
    for (const { shelf } of this.#shelves) {
      const article = shelf.article(id);
      if (article !== undefined) return { article, shelf };
    }
    return undefined;
  }
}
