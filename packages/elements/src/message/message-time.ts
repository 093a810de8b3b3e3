import type { Message } from '@sahay/protocol';
import { html, type TemplateResult } from 'lit';
import type { Formats } from '../internal/formats.ts';

/** The time of day a message was said, in the reader's own clock. */
export function messageTime({ createdAt }: Message, formats: Formats): TemplateResult {
  const time = Date.parse(createdAt);
  return html`<time datetime=${createdAt}>${Number.isNaN(time) ? '' : formats.time(time)}</time>`;
}
