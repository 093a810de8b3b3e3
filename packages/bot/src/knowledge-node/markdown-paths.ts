/// <reference types="node" />
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { KnowledgeProblem } from '../knowledge/article.ts';

/** Files every repository has that are no help articles. */
const NOT_ARTICLES = /^(?:readme|license|licence|changelog|contributing|code_of_conduct)\b/iu;
const MARKDOWN = /\.(?:md|markdown)$/iu;

/** What is being walked through. */
interface Walk {
  /** The folder as it was named, and where it really is. */
  folder: string;
  root: string;
  problems: KnowledgeProblem[];
  /** Folders by where they really are: a link may lead to one that holds it. */
  visited: Set<string>;
  found: string[];
}

/**
 * The paths of all Markdown files below a folder, sorted. Links are followed as long as they stay inside: mounted folders
 * (of Kubernetes, for one) hold nothing but links to a hidden folder beside them.
 *
 * @throws Error when the folder itself cannot be read; what lies inside and cannot becomes a problem
 */
export async function markdownPaths(folder: string, problems: KnowledgeProblem[]): Promise<string[]> {
  const root = await realpath(folder);
  const walk: Walk = { folder, root, problems, visited: new Set(), found: [] };
  await walkInto(walk, '', root);
  return walk.found.sort();
}

async function walkInto(walk: Walk, inside: string, real: string): Promise<void> {
  if (walk.visited.has(real)) return;
  walk.visited.add(real);
  const entries = await readdir(join(walk.folder, inside), { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
    try {
      if (entry.isSymbolicLink()) await followLink(walk, path, entry.name);
      else if (entry.isDirectory()) await walkInto(walk, path, join(real, entry.name));
      else if (entry.isFile() && isArticle(entry.name)) walk.found.push(path);
    } catch (error) {
      walk.problems.push(unreadable(path, error));
    }
  }
}

async function followLink(walk: Walk, path: string, name: string): Promise<void> {
  const target = await realpath(join(walk.folder, path));
  const found = await stat(target);
  if (!found.isDirectory() && !(found.isFile() && isArticle(name))) return;
  if (target !== walk.root && !target.startsWith(walk.root + sep)) {
    const message = `${path} is a link to ${relative(walk.root, target)}, outside of the folder, so it is left out. Copy what it leads to into the folder.`;
    walk.problems.push({ path, message });
  } else if (found.isDirectory()) await walkInto(walk, path, target);
  else walk.found.push(path);
}

const isArticle = (name: string): boolean => MARKDOWN.test(name) && !NOT_ARTICLES.test(name);

/** What is told of something that could not be read. */
export function unreadable(path: string, error: unknown): KnowledgeProblem {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    path,
    message: `${path} could not be read (${reason}), so it is left out. Check its permissions.`,
  };
}
