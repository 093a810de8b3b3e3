import type { ArticleFile, KnowledgeProblem, ParsedArticle } from './article.ts';
import { languageOfPath, languageTag } from './article-language.ts';
import { decodeText } from './decode-text.ts';
import { splitFrontMatter } from './front-matter.ts';
import { parseBody } from './sections.ts';

/** Characters of one article that are read; an answer is never hidden deeper, and parsing stays fast. */
export const LONGEST_ARTICLE = 200_000;

const MOST_PHRASINGS = 500;
/** A line that stands so deep inside lists and quotes was not written by hand, and takes minutes to parse. */
const TOO_DEEP = /^[ \t>]{200}/mu;

/** How an article is read. */
export interface ParseArticleOptions {
  /** Language of articles that do not say their own; `en` unless told. */
  readonly defaultLanguage?: string;
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

function fileTitle(path: string): string {
  const name =
    path
      .split('/')
      .at(-1)
      ?.replace(/\.[^.]+$/u, '') ?? path;
  const spaced = name.replace(/[-_]+/gu, ' ').trim();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

function phrasingsOf(
  fields: Readonly<Record<string, unknown>>,
  path: string,
  problems: KnowledgeProblem[],
): string[] {
  const value = fields['phrasings'] ?? fields['questions'];
  if (value === undefined || value === null) return [];
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const phrasings = list.map(textOf).filter((phrase) => phrase !== '');
  if (phrasings.length < list.length) {
    problems.push({
      path,
      message: `${path}: some phrasings are no text. Put those with ":" or "#" in quotes. The others are used.`,
    });
  }
  return phrasings.slice(0, MOST_PHRASINGS).map((phrase) => phrase.slice(0, 500));
}

function languageOf(
  fields: Readonly<Record<string, unknown>>,
  path: string,
  fallback: string,
  problems: KnowledgeProblem[],
): string {
  const said = textOf(fields['lang']);
  const own = said === '' ? undefined : languageTag(said);
  const lang = own ?? languageOfPath(path) ?? fallback;
  if (said !== '' && own === undefined) {
    problems.push({
      path,
      message: `${path}: lang "${said}" is no language tag. Write one like "en" or "pt-BR". It is taken as "${lang}".`,
    });
  }
  return lang;
}

function urlOf(fields: Readonly<Record<string, unknown>>): string | undefined {
  const said = textOf(fields['url']);
  return /^https?:\/\//iu.test(said) && URL.canParse(said) ? said : undefined;
}

/** Plain words of a title or heading: front matter may carry markup, which must not reach a visitor either. */
function plainTitle(text: string): string {
  return text
    .replace(/\{%[\s\S]*?%\}|\{\{[\s\S]*?\}\}|<[^>]*>/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, 300);
}

/**
 * Parses one Markdown article with YAML front matter (`title`, `lang`, `url`, `phrasings` or `questions`). Never
 * throws for what the file says: broken parts become problems, and the rest is used.
 *
 * @example
 * const { article, problems } = parseArticle({ path: 'en/refunds.md', text: '# How do refunds work?\n\nWithin …' });
 */
export function parseArticle(file: ArticleFile, options: ParseArticleOptions = {}): ParsedArticle {
  const path = file.path.replaceAll('\\', '/').replace(/^\.?\/+/u, '');
  const decoded = decodeText(file.text);
  const leftOut = (why: string): ParsedArticle => ({
    problems: [...problems, { path, message: `${path} ${why}` }],
  });
  const problems: KnowledgeProblem[] = [];
  if (decoded.isNoText)
    return leftOut('is no text, whatever its name says, so it is left out. Take it out of the folder.');
  const { fields, body, problems: found } = splitFrontMatter(path, decoded.text);
  problems.push(...found);
  if (decoded.isGuess) {
    problems.push({ path, message: `${path} is not UTF-8 and was read as Windows-1252. Save it as UTF-8.` });
  }
  if (body.length > LONGEST_ARTICLE) {
    const message = `${path} has ${body.length} characters; the first ${LONGEST_ARTICLE} are used. Split it into several articles.`;
    problems.push({ path, message });
  }
  const read = body.slice(0, LONGEST_ARTICLE);
  if (TOO_DEEP.test(read)) return leftOut('nests lists or quotes too deeply, so it is left out. Flatten it.');
  const { mainHeading, sections, firstParagraph } = parseBody(read);
  const said = plainTitle(textOf(fields['title']));
  if (sections.length === 0)
    return leftOut('has no text under its title, so it is left out. Write an answer in it.');
  const title =
    said || plainTitle(mainHeading) || plainTitle(sections.find(({ heading }) => heading)?.heading ?? '');
  const url = urlOf(fields);
  const article = {
    id: path.replace(/\.[^./]+$/u, ''),
    path,
    lang: languageOf(fields, path, options.defaultLanguage ?? 'en', problems),
    title: title || fileTitle(path),
    ...(url === undefined ? {} : { url }),
    sections,
    firstParagraph,
    phrasings: phrasingsOf(fields, path, problems),
  };
  return { article, problems };
}
