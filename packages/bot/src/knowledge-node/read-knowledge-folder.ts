/// <reference types="node" />
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Article, KnowledgeProblem } from '../knowledge/article.ts';
import { parseArticle, type ParseArticleOptions } from '../knowledge/parse-article.ts';
import { markdownPaths, unreadable } from './markdown-paths.ts';

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

/**
 * Reads every Markdown article below a folder, nested folders too; links are followed as long as they stay in the folder.
 * An article that cannot be read becomes a problem, as does a second one whose path differs in its ending alone.
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
  const known = new Map<string, string>();
  let paths: string[];
  try {
    paths = await markdownPaths(folder, problems);
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
      problems.push(...parsed.problems);
      if (parsed.article === undefined) continue;
      const { id } = parsed.article;
      const held = known.get(id);
      if (held !== undefined) {
        const message = `${path} has the same path as ${held}, but for its ending, so it is left out. Rename one of them.`;
        problems.push({ path, message });
        continue;
      }
      known.set(id, path);
      articles.push(parsed.article);
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
