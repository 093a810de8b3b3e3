import { textDirection } from '../internal/text-direction.ts';
import type { Block, Inline } from './tree.ts';

type Direction = 'ltr' | 'rtl' | undefined;

function inlineDirection(nodes: readonly Inline[]): Direction {
  for (const node of nodes) {
    const found = spanDirection(node);
    if (found) return found;
  }
  return undefined;
}

function spanDirection(node: Inline): Direction {
  if (typeof node === 'string') return textDirection(node);
  if ('children' in node) return inlineDirection(node.children);
  return node.type === 'break' ? undefined : textDirection(node.type === 'image' ? node.alt : node.text);
}

/** The reading direction of a block by its first letter; code blocks are passed over, since they have their own. */
export function blockDirection(block: Block): Direction {
  if (!('children' in block)) return undefined;
  if ('level' in block) return inlineDirection(block.children);
  for (const child of block.children) {
    const found = blockDirection(child);
    if (found) return found;
  }
  return undefined;
}
