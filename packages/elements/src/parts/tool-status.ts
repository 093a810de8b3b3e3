import type { ReasoningPart, ToolStatusPart } from '@sahay/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { lockIcon } from '../icons/late-icons.ts';
import { alertIcon, checkIcon, chevronDownIcon, clockIcon } from '../icons/window-icons.ts';
import { invoke } from './act.ts';
import type { PartPlace } from './part-place.ts';

const words = {
  running: 'toolRunning',
  waiting_approval: 'toolWaits',
  succeeded: 'toolDone',
  failed: 'toolFailed',
  denied: 'toolDenied',
} as const;

const icons = {
  running: clockIcon,
  waiting_approval: lockIcon,
  succeeded: checkIcon,
  failed: alertIcon,
  denied: alertIcon,
} as const;

/** What a bot's tool is doing; where it waits for leave, the two answers: the actions `approve` and `deny`, whose value names the call. */
export function toolStatus(part: ToolStatusPart, { message, context }: PartPlace): TemplateResult {
  const { strings } = context.locale;
  const { partId, toolCallId } = part;
  const answer = (actionId: string) => (event: Event) =>
    void invoke(event.currentTarget as HTMLButtonElement, {
      messageId: message.id,
      partId,
      actionId,
      value: toolCallId,
    });
  const name = part.label ?? part.name;
  return html`<div class="tool ${part.state}" part="tool" role="group" aria-label=${name}>
    <p><b dir="auto">${name}</b><small>${icons[part.state]()}${strings[words[part.state]]}</small></p>
    ${part.detail ? html`<p dir="auto">${part.detail}</p>` : nothing}
    ${
      part.state === 'waiting_approval'
        ? html`<div class="acts">
            <button type="button" class="button primary" @click=${answer('approve')}>
              ${strings.toolApprove}</button
            ><button type="button" class="button" @click=${answer('deny')}>${strings.toolDeny}</button>
          </div>`
        : nothing
    }
  </div>`;
}

/** How a model came to its answer, folded until somebody wants to know. */
export function reasoning(
  part: ReasoningPart,
  { message, context }: PartPlace,
): TemplateResult | typeof nothing {
  if (!part.text) return nothing;
  const { strings } = context.locale;
  return html`<details class="reasoning" part="reasoning">
    <summary>
      ${message.status === 'streaming' ? strings.reasoningNow : strings.reasoning}${chevronDownIcon()}
    </summary>
    <div dir="auto">${part.text}</div>
  </details>`;
}
