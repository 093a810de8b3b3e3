import type { Message } from '@sahay/protocol';
import { html, type TemplateResult } from 'lit';
import type { RowContext } from './row-context.ts';

/** When a message was said: the time of day in the reader's own clock, or how long ago once what tells that has arrived. */
export function messageTime({ createdAt }: Message, { formats, tools }: RowContext): TemplateResult {
  const time = Date.parse(createdAt);
  return html`<time datetime=${createdAt}
    >${Number.isNaN(time) ? '' : (tools?.time(time) ?? formats.time(time))}</time
  >`;
}
