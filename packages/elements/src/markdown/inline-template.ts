import { html, nothing } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { plainInline } from './inline-parser.ts';
import type { MarkdownOptions } from './markdown-options.ts';
import { safeLink } from './safe-link.ts';
import type { Inline } from './tree.ts';

function link(url: string, words: string, content: unknown, { strings }: MarkdownOptions): unknown {
  const safe = safeLink(url, words);
  if (!safe) return content;
  // A title written by the author could pose as the address, so the address itself is the title.
  return html`<a
      part="link"
      href=${safe.href}
      title=${safe.href}
      rel="noopener noreferrer nofollow"
      target=${safe.page ? '_blank' : nothing}
      >${content}${safe.page ? html`<span class="hidden-visually"> (${strings.opensInNewTab})</span>` : nothing}</a
    >${safe.host ? html`<span class="link-host" part="link-host"> (<bdi>${safe.host}</bdi>)</span>` : nothing}`;
}

/** An image is a link to itself: loading it would tell its host who reads this conversation. */
function image(url: string, alt: string, inLink: boolean, options: MarkdownOptions): unknown {
  const words = alt.trim() || options.strings.imageLink;
  return inLink ? words : link(url, words, words, options);
}

function template(node: Inline, options: MarkdownOptions, inLink: boolean): unknown {
  if (typeof node === 'string') return node;
  switch (node.type) {
    case 'break':
      return html`<br />`;
    case 'code':
      return html`<code part="code">${node.text}</code>`;
    case 'image':
      return image(node.url, node.alt, inLink, options);
    case 'link':
      return link(
        node.url,
        plainInline(node.children),
        inlineTemplates(node.children, options, true),
        options,
      );
    case 'run':
      return guard([node, options.strings], () => inlineTemplates(node.children, options));
    case 'strong':
      return html`<strong>${inlineTemplates(node.children, options, inLink)}</strong>`;
    case 'emphasis':
      return html`<em>${inlineTemplates(node.children, options, inLink)}</em>`;
    case 'deleted':
      return html`<del>${inlineTemplates(node.children, options, inLink)}</del>`;
  }
}

/** Draws running text. */
export function inlineTemplates(
  children: readonly Inline[],
  options: MarkdownOptions,
  inLink = false,
): unknown[] {
  return children.map((child) => template(child, options, inLink));
}
