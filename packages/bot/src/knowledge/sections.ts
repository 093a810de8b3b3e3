import type { RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import type { Section } from './article.ts';
import { range, stripTemplateMarks } from './clean-markdown.ts';
import { plainText } from './plain-text.ts';
import { isOnlyLinks, showableMarkdown } from './showable-markdown.ts';

/** An article's body, taken apart. */
export interface ArticleBody {
  /** The first heading of the first level, `''` without one. */
  readonly mainHeading: string;
  readonly sections: readonly Section[];
  readonly firstParagraph: string;
}

interface Draft {
  heading: string;
  blocks: RootContent[];
}

function toDrafts(blocks: readonly RootContent[]): { mainHeading: string; drafts: Draft[] } {
  let mainHeading = '';
  let current: Draft = { heading: '', blocks: [] };
  const drafts = [current];
  for (const block of blocks) {
    if (block.type !== 'heading') {
      current.blocks.push(block);
      continue;
    }
    const heading = plainText(block).trim();
    const isTitle =
      block.depth === 1 && mainHeading === '' && current.blocks.length === 0 && drafts.length === 1;
    if (isTitle) {
      mainHeading = heading;
      continue;
    }
    current = { heading, blocks: [] };
    drafts.push(current);
  }
  return { mainHeading, drafts };
}

/** Sections that only point to other articles answer nothing, and their words belong to those articles. */
function isUseful(draft: Draft): boolean {
  return (
    draft.blocks.length > 0 && (draft.heading === '' || !draft.blocks.every((block) => isOnlyLinks(block)))
  );
}

/** Takes a Markdown body apart into sections that may be searched and shown. */
export function parseBody(body: string): ArticleBody {
  const stripped = stripTemplateMarks(body);
  const source = showableMarkdown(stripped, fromMarkdown(stripped));
  const showable = fromMarkdown(source);
  const usefulBefore = toDrafts(fromMarkdown(stripped).children).drafts.map(isUseful);
  const { mainHeading, drafts } = toDrafts(showable.children);
  // Both parses have the same headings unless HTML hid one; then the second parse alone decides.
  const isAligned = usefulBefore.length === drafts.length;
  const sections = drafts
    .filter((draft, at) => draft.blocks.length > 0 && (!isAligned || usefulBefore[at] === true))
    .map(({ heading, blocks }) => {
      const first = blocks[0];
      const last = blocks.at(-1);
      const start = first === undefined ? 0 : range(first).start;
      return {
        heading,
        text: blocks
          .map((block) => plainText(block))
          .filter(Boolean)
          .join('\n'),
        markdown: source
          .slice(start, last === undefined ? start : range(last).end)
          .replace(/\n{3,}/gu, '\n\n'),
      };
    });
  const paragraph = drafts.flatMap(({ blocks }) => blocks).find((block) => block.type === 'paragraph');
  return {
    mainHeading,
    sections,
    firstParagraph: paragraph === undefined ? '' : plainText(paragraph).trim(),
  };
}
