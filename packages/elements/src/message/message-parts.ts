import type { Message, Part, TextPart } from '@sahay/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { renderer } from './lazy-renderers.ts';
import type { RowContext } from './row-context.ts';

/** Draws one part of a message; what it does not know becomes its `fallbackText`. */
export function messagePart(part: Part, message: Message, context: RowContext): unknown {
  switch (part.type) {
    case 'text':
      return textPart(part, message, context);
    case 'quick_replies':
    case 'notice':
      return nothing;
    default:
      return (
        renderer('rich', context.arrived)?.richPart(part, message, context) ??
        textBubble(wordsOf(part, context), context)
      );
  }
}

function textPart(
  { text, format }: TextPart,
  { status }: Message,
  context: RowContext,
): TemplateResult | typeof nothing {
  if (!text) return nothing;
  const markdown = format === 'markdown' ? renderer('markdown', context.arrived) : undefined;
  if (!markdown) return textBubble(text, context);
  const drawn = markdown.markdownText(text, status !== 'streaming', context.locale.strings);
  return html`<div class="bubble prose" part="bubble" dir="auto">${drawn}</div>`;
}

/** Plain words in a bubble; web addresses become links once what finds them has arrived. */
export function textBubble(text: string, { arrived }: RowContext): TemplateResult {
  const linked = text.includes('://') ? renderer('rich', arrived)?.plainText(text) : undefined;
  return html`<div class="bubble plain" part="bubble" dir="auto">${linked ?? text}</div>`;
}

/** What a part says in words, where it cannot be drawn. */
function wordsOf(part: Part, { locale }: RowContext): string {
  const { fallbackText, title, name } = part as { fallbackText?: string; title?: string; name?: string };
  return fallbackText ?? title ?? name ?? locale.strings.unknownPart;
}
