import type { Definition, Nodes, Root } from 'mdast';
import { applyEdits, range, visit, type Edit } from './clean-markdown.ts';
import { htmlText } from './html-text.ts';
import { plainText } from './plain-text.ts';

const ABSOLUTE = /^(?:https?:\/\/|mailto:)/iu;

function definitionsOf(root: Root): Map<string, Definition> {
  const found = new Map<string, Definition>();
  visit(root, (node) => {
    if (node.type === 'definition' && !found.has(node.identifier)) found.set(node.identifier, node);
  });
  return found;
}

/** The source of a link's or image's text, with its own formatting. */
function innerSource(node: Nodes, source: string): string {
  if (!('children' in node) || node.children.length === 0) return '';
  const first = node.children[0];
  const last = node.children.at(-1);
  if (first === undefined || last === undefined) return '';
  return source.slice(range(first).start, range(last).end);
}

function replacementFor(
  node: Nodes,
  source: string,
  definitions: ReadonlyMap<string, Definition>,
): string | undefined {
  switch (node.type) {
    case 'html':
      return htmlText(node.value);
    case 'image':
    case 'imageReference':
    case 'definition':
      return '';
    case 'link':
      return ABSOLUTE.test(node.url) ? undefined : innerSource(node, source);
    case 'linkReference': {
      const url = definitions.get(node.identifier)?.url ?? '';
      const text = innerSource(node, source);
      return ABSOLUTE.test(url) ? `[${text}](<${url}>)` : text;
    }
    default:
      return undefined;
  }
}

/**
 * Rewrites an article's Markdown to what may reach a visitor: raw HTML becomes its text, images and link definitions
 * go, links that are not absolute http(s) or mailto keep their text only.
 */
export function showableMarkdown(source: string, root: Root): string {
  const definitions = definitionsOf(root);
  const edits: Edit[] = [];
  visit(root, (node) => {
    const replacement = replacementFor(node, source, definitions);
    if (replacement !== undefined) edits.push({ ...range(node), replacement });
  });
  return applyEdits(source, edits);
}

/** True when a block holds links and nothing else, as lists of related articles do. */
export function isOnlyLinks(node: Nodes): boolean {
  let linked = '';
  visit(node, (inner) => {
    if (inner.type === 'link' || inner.type === 'linkReference') linked += plainText(inner);
  });
  const bare = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '');
  return linked !== '' && bare(linked) === bare(plainText(node));
}
