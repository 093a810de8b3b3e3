import type { QuickReply } from '@sahay/protocol';
import { css, html, type TemplateResult } from 'lit';
import type { QuickReplyDetail } from '../message/row-context.ts';

/** A button for each answer that can be tapped. */
export function replyChips(
  options: readonly QuickReply[],
  choose: (reply: QuickReplyDetail) => void,
): TemplateResult[] {
  return options.map(
    ({ id, label, value = label }) =>
      html`<button
        type="button"
        class="chip"
        part="reply"
        dir="auto"
        @click=${() => choose({ id, label, value })}
      >
        ${label}
      </button>`,
  );
}

export const replyStyles = css`
  .replies {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: var(--_space-2);
  }
  .chip {
    max-inline-size: 100%;
    overflow-wrap: anywhere;
  }
  @media (pointer: coarse) {
    .chip {
      min-block-size: 40px;
    }
  }
`;
