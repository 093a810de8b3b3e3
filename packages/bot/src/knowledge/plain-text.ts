import type { Nodes } from 'mdast';
import { htmlText } from './html-text.ts';

const BLOCKS = new Set<string>(['root', 'list', 'listItem', 'blockquote']);

/** What a reader sees of a Markdown node, without markup; blocks stand on lines of their own. */
export function plainText(node: Nodes): string {
  switch (node.type) {
    case 'text':
    case 'inlineCode':
    case 'code':
      return node.value;
    case 'html':
      return htmlText(node.value);
    case 'break':
      return '\n';
    case 'image':
    case 'imageReference':
    case 'definition':
      return '';
    default: {
      if (!('children' in node)) return '';
      const parts = node.children.map((child) => plainText(child));
      return BLOCKS.has(node.type) ? parts.filter((part) => part !== '').join('\n') : parts.join('');
    }
  }
}
