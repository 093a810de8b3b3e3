/// <reference types="node" />
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Article, KnowledgeProblem } from '../knowledge/article.ts';
import { parseArticle, type ParseArticleOptions } from '../knowledge/parse-article.ts';

/** The articles of a folder, in the order of their paths, and what was wrong with some of them. */
export interface KnowledgeFolder {
  readonly articles: readonly Article[];
  readonly problems: readonly KnowledgeProblem[];
}

/** How a folder of articles is read. */
export interface ReadKnowledgeOptions extends ParseArticleOptions {
  /** Files larger than this many bytes are left out, with a problem; 5,000,000 unless told. */
  readonly largestFile?: number;
}

/** Files every repository has that are no help articles. */
const NOT_ARTICLES = /^(?:readme|license|licence|changelog|contributing|code_of_conduct)\b/iu;
const MARKDOWN = /\.(?:md|markdown)$/iu;

async function markdownPaths(
  folder: string,
  inside: string,
  problems: KnowledgeProblem[],
): Promise<string[]> {
  const entries = await readdir(join(folder, inside), { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries) {
    const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    if (entry.isDirectory()) {
      try {
        found.push(...(await markdownPaths(folder, path, problems)));
      } catch (error) {
        problems.push(unreadable(path, error));
      }
    } else if (entry.isFile() && MARKDOWN.test(entry.name) && !NOT_ARTICLES.test(entry.name)) {
      found.push(path);
    }
  }
  return found.sort();
}

function unreadable(path: string, error: unknown): KnowledgeProblem {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    path,
    message: `${path} could not be read (${reason}), so it is left out. Check its permissions.`,
  };
}

/**
 * Reads every Markdown article below a folder, nested folders too; links out of the folder are not followed. An article
 * that cannot be read becomes a problem.
 *
 * @throws Error when the folder itself is missing or is no folder; an empty folder is not an error but a problem
 * @example const { articles, problems } = await readKnowledgeFolder('./docs/help');
 */
export async function readKnowledgeFolder(
  folder: string,
  options: ReadKnowledgeOptions = {},
): Promise<KnowledgeFolder> {
  const { largestFile = 5_000_000 } = options;
  const problems: KnowledgeProblem[] = [];
  const articles: Article[] = [];
  let paths: string[];
  try {
    paths = await markdownPaths(folder, '', problems);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The knowledge base "${folder}" cannot be read: ${reason}. Give the path of a folder with Markdown articles.`,
      { cause: error },
    );
  }
  for (const path of paths) {
    try {
      const { size } = await stat(join(folder, path));
      if (size > largestFile) {
        const message = `${path} has ${size} bytes, more than ${largestFile}, so it is left out. Split it.`;
        problems.push({ path, message });
        continue;
      }
      const parsed = parseArticle({ path, text: await readFile(join(folder, path)) }, options);
      if (parsed.article !== undefined) articles.push(parsed.article);
      problems.push(...parsed.problems);
    } catch (error) {
      problems.push(unreadable(path, error));
    }
  }
  if (articles.length === 0) {
    const message = `The knowledge base "${folder}" holds no articles. Put Markdown files (*.md) with a title in it.`;
    problems.push({ path: folder, message });
  }
  return { articles, problems };
}
