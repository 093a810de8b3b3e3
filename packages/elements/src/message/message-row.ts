import type { MessageView } from '@sahay/client';
import { html, nothing, type TemplateResult } from 'lit';
import { deliveryMark } from './delivery-mark.ts';
import { face } from './face.ts';
import { renderer } from './lazy-renderers.ts';
import { messagePart } from './message-parts.ts';
import { messageTime } from './message-time.ts';
import { replyChips } from '../quick-replies/reply-chips.ts';
import { typingDots, typingWords } from '../typing-indicator/typing-dots.ts';
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

/** What the row of a message is to style sheets. */
export function rowClass({ message, own, delivery }: MessageView, { start }: RowPlace): string {
  return `row ${own ? `own ${delivery}` : message.author.role}${start ? ' start' : ''}`;
}

/** What stands in the row of a message: as few elements as it can be said with. */
export function messageRow(view: MessageView, place: RowPlace, context: RowContext): TemplateResult {
  const { tools, locale } = context;
  const words = [tools?.above(view), body(view, context)];
  const below = tools?.below(view, place.last);
  return view.own
    ? html`${spoken(locale.strings.you)}${words}${afterOwn(view, place, context)}${below}`
    : html`${author(view, place, context)}${words}${afterOther(view, place, context)}${below}`;
}

function author({ message }: MessageView, { start }: RowPlace, context: RowContext): TemplateResult {
  const { role } = message.author;
  const name = message.author.name ?? context.locale.strings[role === 'bot' ? 'bot' : 'agent'];
  if (!start) return spoken(name);
  return html`${face(message.author, context.arrived)}
    <div class="who" part="author"><bdi>${name}</bdi>${messageTime(message, context)}</div>`;
}

function spoken(name: string): TemplateResult {
  return html`<span class="hidden-visually">${name}:</span>`;
}

function body({ message }: MessageView, context: RowContext): unknown {
  const { status, parts } = message;
  if (status === 'deleted') return renderer('rich', context.arrived)?.deletedBubble(context);
  const drawn = parts.map((part) => messagePart(part, message, context)).filter((part) => part !== nothing);
  if (!drawn.length && status === 'streaming') return typingDots(typingWords(1, undefined, context.locale));
  return drawn;
}

function afterOwn(
  view: MessageView,
  { end }: RowPlace,
  context: RowContext,
): TemplateResult | typeof nothing {
  const { delivery } = view;
  const failed = delivery === 'failed';
  return (
    (failed && renderer('rich', context.arrived)?.failureLine(view, context)) ||
    (end || failed || delivery === 'pending' || delivery === 'unsaved'
      ? deliveryMark(view, context)
      : nothing)
  );
}

function afterOther(view: MessageView, place: RowPlace, context: RowContext): unknown {
  const { message } = view;
  const complete = message.status === 'complete';
  const asks = place.asks || message.feedback;
  return [
    !complete || asks ? renderer('rich', context.arrived)?.afterword(view, context, place.last) : nothing,
    place.last && complete ? quickReplies(view, context) : nothing,
  ];
}

function quickReplies({ message }: MessageView, { locale, fire }: RowContext): unknown {
  return message.parts.map((part) =>
    part.type === 'quick_replies'
      ? html`<div class="replies" part="quick-replies" role="group" aria-label=${locale.strings.quickReplies}>
          ${replyChips(part.options, (reply) => fire('sahay-quick-reply', reply))}
        </div>`
      : nothing,
  );
}
