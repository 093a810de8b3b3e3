import type { CardPart, CitationPart, MessageStatus, NoticePart, Part, TextPart } from '@sahay/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { bookIcon, checkIcon, chevronEndIcon, handoffIcon } from '../icons/icons.ts';
import type { Locale } from '../locales/locale.ts';
import { fileCard, imagePart } from './file-parts.ts';
import { markdownText } from './markdown-text.ts';
import { plainText } from './plain-text.ts';
import type { RowContext } from './row-context.ts';

/** Draws one part of a message; what it does not know becomes its `fallbackText`. */
export function messagePart(
  part: Part,
  status: MessageStatus,
  context: RowContext,
): TemplateResult | typeof nothing {
  switch (part.type) {
    case 'text':
      return textPart(part, status, context);
    case 'image':
      return imagePart(part, context);
    case 'file':
    case 'audio':
    case 'video':
      return fileCard(part, context);
    case 'citation':
      return citationCard(part, context);
    case 'quote':
      return html`<div class="quote" dir="auto">${part.text}</div>`;
    case 'tool_status':
      return html`<div class="meta">
        ${part.label ?? part.name}${part.state === 'succeeded' ? checkIcon() : nothing}
      </div>`;
    case 'card':
      return cardText(part);
    case 'reasoning':
    case 'quick_replies':
    case 'notice':
    case 'survey':
      return nothing;
    default:
      return bubble(part.fallbackText ?? context.locale.strings.unknownPart);
  }
}

function textPart(
  { text, format }: TextPart,
  status: MessageStatus,
  { locale }: RowContext,
): TemplateResult | typeof nothing {
  if (!text) return nothing;
  if (format !== 'markdown') return bubble(text);
  return html`<div class="bubble prose" part="bubble" dir="auto">
    ${markdownText(text, status !== 'streaming', locale.strings)}
  </div>`;
}

function bubble(text: string): TemplateResult {
  return html`<div class="bubble plain" part="bubble" dir="auto">${plainText(text)}</div>`;
}

function cardText({ card, fallbackText }: CardPart): TemplateResult | typeof nothing {
  const lines = [card.title, card.subtitle, card.text].filter(Boolean).join('\n');
  return bubble(fallbackText ?? lines);
}

function citationCard({ title, articleId, url }: CitationPart, { locale, fire }: RowContext): TemplateResult {
  const open = () => fire('sahay-open-citation', { title, articleId, url });
  return html`<button type="button" class="card" part="citation" @click=${open}>
    ${bookIcon()}<span><b dir="auto">${title}</b><small>${locale.strings.source}</small></span
    >${chevronEndIcon()}
  </button>`;
}

/** The words of a line of the transcript, in the reader's own language; an unknown kind shows its fallback. */
export function noticeText({ kind, participant, fallbackText }: NoticePart, locale: Locale): string {
  const name = participant?.name;
  switch (kind) {
    case 'handoff_requested':
      return locale.strings.handoffRequested;
    case 'agent_joined':
      return name ? locale.text('joined', { name }) : locale.strings.joinedSomeone;
    case 'transferred':
      return name ? locale.text('transferred', { name }) : fallbackText;
    case 'returned_to_bot':
      return locale.strings.returnedToBot;
    case 'closed':
      return locale.strings.conversationClosed;
    case 'reopened':
      return locale.strings.conversationReopened;
    default:
      return fallbackText;
  }
}

/** A line of the transcript that nobody said. */
export function noticeRow(parts: readonly Part[], locale: Locale): TemplateResult {
  const notices = parts.filter((part) => part.type === 'notice');
  const ends = notices.some(({ kind }) => kind === 'closed');
  return html`<div class="notice" part="notice">
    ${ends ? checkIcon() : handoffIcon()}<span
      >${notices.map((part) => noticeText(part, locale)).join(' ')}</span
    >
  </div>`;
}
