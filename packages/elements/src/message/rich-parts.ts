import type { CitationPart, Message, Part, QuotePart } from '@sahay/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { bookIcon, chevronEndIcon } from '../icons/late-icons.ts';
import { completeEnglish } from '../locales/complete-english.ts';
import { content } from './content.ts';
import { fileCard, imagePart } from './file-parts.ts';
import type { RowContext } from './row-context.ts';

export { contentStyles } from './content.ts';
export { afterword, deletedBubble } from './afterword.ts';
export { personStyles } from '../theme/person-styles.ts';
export { buttons } from '../theme/controls.ts';
export { personFace } from './person-face.ts';
export { plainText } from './plain-text.ts';
export { jumpButton } from './jump-button.ts';
export { earlierButton } from './earlier-button.ts';
export { failureLine } from './failure-line.ts';
export { notice } from './notice.ts';
export { spokenPart } from './spoken-part.ts';
export { richPartStyles } from './rich-parts.styles.ts';

completeEnglish();

/** Draws a part that is more than words; nothing is returned for one it does not know. */
export function richPart(part: Part, message: Message, context: RowContext): unknown {
  switch (part.type) {
    case 'image':
      return imagePart(part, context);
    case 'file':
      return fileCard(part, context);
    case 'citation':
      return citationCard(part, context);
    case 'quote':
      return quoteBlock(part, context);
    default:
      return content(context.arrived)?.contentPart(part, { message, context });
  }
}

/** What is answered, and the way to it where it can be shown. */
export function quoteBlock(
  { text, authorName, messageId }: Pick<QuotePart, 'text' | 'authorName' | 'messageId'>,
  { tools, locale }: Pick<RowContext, 'tools' | 'locale'>,
): TemplateResult {
  const words = html`${authorName ? html`<b>${authorName}</b>` : nothing}<span>${text}</span>`;
  return tools
    ? html`<button
        type="button"
        class="quote"
        part="quote"
        dir="auto"
        title=${locale.strings.goToQuoted}
        @click=${() => tools.show(messageId)}
      >
        ${words}
      </button>`
    : html`<div class="quote" part="quote" dir="auto">${words}</div>`;
}

function citationCard({ title, articleId, url }: CitationPart, { locale, fire }: RowContext): TemplateResult {
  const open = () => fire('sahay-open-citation', { title, articleId, url });
  return html`<button type="button" class="card" part="citation" @click=${open}>
    ${bookIcon()}<span><b dir="auto">${title}</b><small>${locale.strings.source}</small></span
    >${chevronEndIcon()}
  </button>`;
}
