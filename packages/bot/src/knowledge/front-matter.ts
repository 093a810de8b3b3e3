import { isMap, parseDocument } from 'yaml';
import type { KnowledgeProblem } from './article.ts';

/** What stands between the two `---` lines, and the text below. */
export interface FrontMatter {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly body: string;
  readonly problems: readonly KnowledgeProblem[];
}

const OPENING = /^---[ \t]*\n/u;
const CLOSING = /^(?:---|\.\.\.)[ \t]*$/mu;

function problem(path: string, line: number, what: string, todo: string): KnowledgeProblem {
  return { path, line, message: `${path}, line ${line}: ${what} ${todo} The rest of the article is used.` };
}

/** Where the body begins when the front matter was never closed: after the lines that look like its fields. */
function bodyOfUnclosed(text: string): string {
  const lines = text.split('\n');
  const isField = (line: string): boolean => /^(?:[\w-]+:|[ \t]+\S|-[ \t]|#)/u.test(line);
  const first = lines.findIndex((line) => !isField(line));
  return first === -1 ? '' : lines.slice(first).join('\n');
}

/** Single `name: value` lines still tell something when the YAML as a whole cannot be read. */
function salvageFields(yamlText: string): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const line of yamlText.split('\n')) {
    const field = /^(title|lang|url):[ \t]*(.+)$/u.exec(line);
    if (field?.[1] !== undefined && field[2] !== undefined) {
      fields[field[1]] = field[2]
        .trim()
        .replace(/^(["'])(.*)\1$/u, '$2')
        .replace(/^["']/u, '');
    }
  }
  return fields;
}

/**
 * Parts front matter from the text below it. Broken YAML becomes a problem that names the line, never an error:
 * the single lines that can still be read are used, and the body is kept.
 */
export function splitFrontMatter(path: string, text: string): FrontMatter {
  const opening = OPENING.exec(text);
  if (opening === null) return { fields: {}, body: text, problems: [] };
  const rest = text.slice(opening[0].length);
  const closing = CLOSING.exec(rest);
  if (closing === null) {
    const found = problem(
      path,
      1,
      'the front matter opens with "---" but never closes.',
      'Write a line "---" after its last field.',
    );
    return { fields: salvageFields(rest), body: bodyOfUnclosed(rest), problems: [found] };
  }
  const yamlText = rest.slice(0, closing.index);
  const body = rest.slice(closing.index + closing[0].length).replace(/^\n/u, '');
  const document = parseDocument(yamlText, { prettyErrors: false, logLevel: 'silent' });
  const error = document.errors[0];
  if (error !== undefined) {
    const line = yamlText.slice(0, error.pos[0]).split('\n').length + 1;
    const reason = error.message.split('\n')[0]?.replace(/\.?$/u, '.') ?? '';
    const found = problem(
      path,
      line,
      `the front matter is not valid YAML: ${reason}`,
      'Put values with ":" or "#" in quotes.',
    );
    return { fields: salvageFields(yamlText), body, problems: [found] };
  }
  if (document.contents !== null && !isMap(document.contents)) {
    const found = problem(
      path,
      2,
      'the front matter has no fields.',
      'Write lines like "title: How do refunds work?".',
    );
    return { fields: {}, body, problems: [found] };
  }
  try {
    // A few aliases can unfold to gigabytes: articles have no use for them.
    return { fields: toFields(document.toJS({ maxAliasCount: 10 })), body, problems: [] };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    const found = problem(
      path,
      2,
      `the front matter has aliases that cannot be followed (${error.message}).`,
      'Write its values out.',
    );
    return { fields: salvageFields(yamlText), body, problems: [found] };
  }
}

function toFields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
