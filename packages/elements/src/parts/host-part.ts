import type { OtherPart } from '@sahay/protocol';
import { html, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { conversationOf } from './conversation-of.ts';
import type { PartPlace } from './part-place.ts';
import { partRenderer } from './part-registry.ts';
import { slottedPart } from './part-slot.ts';

/** A part as the host page draws it, by a renderer or through a slot; nothing when its renderer fails. */
export function hostPart(part: OtherPart, place: PartPlace): TemplateResult | undefined {
  const { message, context } = place;
  const renderer = partRenderer(part.type);
  if (!renderer) return slottedPart(part, place);
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
  return html`${guard([part, context.locale], () => frame)}`;
}
