import type { MessageView } from '@sahay/client';
import { html, nothing, type TemplateResult } from 'lit';
import { deliveryMark, failureLine } from './delivery-mark.ts';
import { face } from './face.ts';
import { renderer } from './lazy-renderers.ts';
import { messagePart } from './message-parts.ts';
import { messageTime } from './message-time.ts';
import type { RowContext } from './row-context.ts';

/** Where a message stands among its neighbours. */
export interface RowPlace {
  /** Opens a group: shows who speaks. */
  start: boolean;
  /** Ends a group: shows when it was said and what became of it. */
  end: boolean;
  /** The last message of all: offers its quick replies, asks whether it helped. */
  last: boolean;
  /** Whether to ask if this answer helped. */
  asks: boolean;
}

/** One message as one row of the transcript: as few elements as it can be said with. */
export function messageRow(view: MessageView, place: RowPlace, context: RowContext): TemplateResult {
  const { message, own, delivery } = view;
  const classes = `row ${own ? `own ${delivery}` : message.author.role}${place.start ? ' start' : ''}`;
  return html`<div class=${classes} part="message" data-message=${message.id}>
    ${own ? spoken(context.locale.strings.you) : author(view, place, context)} ${body(view, context)}
    ${own ? afterOwn(view, place, context) : afterOther(view, place, context)}
  </div>`;
}

function author({ message }: MessageView, { start }: RowPlace, context: RowContext): TemplateResult {
  const { role } = message.author;
  const name = message.author.name ?? context.locale.strings[role === 'bot' ? 'bot' : 'agent'];
  if (!start) return spoken(name);
  return html`${face(message.author, context.arrived)}
    <div class="who" part="author"><bdi>${name}</bdi>${messageTime(message, context.formats)}</div>`;
}

function spoken(name: string): TemplateResult {
  return html`<span class="hidden-visually">${name}:</span>`;
}

function body({ message }: MessageView, context: RowContext): unknown {
  const { status, parts } = message;
  if (status === 'deleted') return renderer('rich', context.arrived)?.deletedBubble(context);
  const drawn = parts.map((part) => messagePart(part, status, context)).filter((part) => part !== nothing);
  if (!drawn.length && status === 'streaming') return html`<sahay-typing-indicator></sahay-typing-indicator>`;
  return drawn;
}

function afterOwn(
  view: MessageView,
  { end }: RowPlace,
  context: RowContext,
): TemplateResult | typeof nothing {
  if (view.delivery === 'failed') return failureLine(view, context);
  return end || view.delivery === 'pending' || view.delivery === 'unsaved'
    ? deliveryMark(view, context)
    : nothing;
}

function afterOther(view: MessageView, place: RowPlace, context: RowContext): unknown {
  const { message } = view;
  const broken = message.status === 'failed' || message.status === 'cancelled';
  const asks = place.asks || message.feedback;
  return [
    broken || asks ? renderer('rich', context.arrived)?.afterword(view, context) : nothing,
    place.last && !broken ? quickReplies(view) : nothing,
  ];
}

function quickReplies({ message }: MessageView): unknown {
  if (message.status === 'streaming') return nothing;
  return message.parts.map((part) =>
    part.type === 'quick_replies'
      ? html`<sahay-quick-replies part="quick-replies" .options=${part.options}></sahay-quick-replies>`
      : nothing,
  );
}
