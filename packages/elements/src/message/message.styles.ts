import { css } from 'lit';

export const bubbleStyles = css`
  .bubble {
    max-inline-size: min(100%, 36em);
    padding: 8px 14px;
    border: 1px solid transparent;
    border-radius: var(--_radius-bubble);
    border-end-start-radius: var(--_radius-tail);
    background: var(--_agent);
    color: var(--_on-agent);
    box-shadow: var(--_lift);
    overflow-wrap: anywhere;
  }
`;

/** The rows of a transcript. They live in the list's own shadow root: one sheet, few elements a message. */
export const messageStyles = css`
  .row {
    position: relative;
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: var(--_space-1);
    margin-block-start: var(--_space-1);
    padding-inline: 36px var(--_space-5);
    transition:
      opacity var(--_base),
      translate var(--_base) var(--_ease);
  }
  .row.start {
    margin-block-start: var(--_space-4);
  }
  .row.own {
    align-items: flex-end;
    padding-inline: 48px 0;
  }
  .live:not([data-more]) > .row:nth-last-child(-n + 4) {
    @starting-style {
      opacity: 0;
      translate: 0 8px;
    }
  }
  .row > .avatar {
    --_avatar: 28px;
    position: absolute;
    inset-block-start: 1.6em;
    inset-inline-start: 0;
  }
  .row.nameless > .avatar {
    inset-block-start: 8px;
  }
  .who,
  .meta {
    display: flex;
    align-items: center;
    gap: var(--_space-1);
    color: var(--_muted);
    font-size: var(--_text-xs);
  }
  .who {
    margin-inline-start: var(--_space-3);
    max-inline-size: 100%;
  }
  .who > bdi {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  time {
    flex: none;
    font-variant-numeric: tabular-nums;
  }
  .who > time::before {
    content: '·';
    margin-inline-end: var(--_space-1);
  }
  .meta .icon {
    inline-size: 1.15em;
    block-size: 1.15em;
  }
  .meta.read .icon {
    color: var(--_link);
  }
  .bubble.plain {
    white-space: pre-wrap;
  }
  .own > .bubble {
    border-radius: var(--_radius-bubble);
    border-end-end-radius: var(--_radius-tail);
    background: var(--_visitor);
    color: var(--_on-visitor);
    --_link: currentColor;
    box-shadow: none;
  }
  .own.pending > .bubble {
    opacity: 0.85;
  }
  .row > .replies {
    align-self: stretch;
    margin-block-start: var(--_space-2);
    margin-inline-end: calc(-1 * var(--_space-5));
  }
  .day {
    margin-block: var(--_space-2) 0;
    color: var(--_muted);
    font-size: var(--_text-xs);
    text-align: center;
  }
`;
