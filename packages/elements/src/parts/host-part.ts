import type { OtherPart } from '@sahay/protocol';
import { html, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { textBubble } from '../message/message-parts.ts';
import { conversationOf } from './conversation-of.ts';
import type { PartPlace } from './part-place.ts';
import { onceRegistered, partRenderer, type PartRenderer } from './part-registry.ts';
import { slottedPart } from './part-slot.ts';

/** A part as the host page draws it, by a renderer or through a slot; its fallback when that fails. */
export function hostPart(part: OtherPart, place: PartPlace): TemplateResult {
  const { context } = place;
  const renderer = partRenderer(part.type);
  if (!renderer) {
    // A page may bring its renderers after the window.
    onceRegistered(part.type, context.arrived);
    return slottedPart(part, place);
  }
  // What it drew stays as long as the part does: it may hold what somebody is about to enter.
  return html`${guard([part, context.locale, renderer], () => drawnBy(renderer, part, place) ?? fallback(part, place))}`;
}

function fallback({ fallbackText }: OtherPart, { context }: PartPlace): TemplateResult {
  return textBubble(fallbackText ?? context.locale.strings.unknownPart, context);
}

function drawnBy(
  renderer: PartRenderer,
  part: OtherPart,
  { message, context }: PartPlace,
): HTMLElement | undefined {
  const frame = document.createElement('div');
  frame.className = 'host-part';
  frame.part.value = 'host-part';
  const act = async (actionId: string, value?: string): Promise<void> => {
    const data = {
      messageId: message.id,
      partId: part.partId,
      actionId,
      ...(value !== undefined && { value }),
    };
    await conversationOf(frame)?.do?.('action.invoke', data);
  };
  try {
    const drawn = renderer(part, { message, locale: context.locale, act });
    if (!drawn) return undefined;
    frame.append(drawn);
  } catch (error) {
    // The page's mistake is said to its author; the reader has the fallback.
    console.error(`The renderer of the part "${part.type}" failed.`, error);
    return undefined;
  }
  return frame;
}
