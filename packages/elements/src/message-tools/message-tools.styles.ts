import { css } from 'lit';

/** Looks of menus, reactions and what else can be done with a message. */
export const toolStyles = css`
  .row > .act {
    position: absolute;
    inset-block-end: 0;
    inset-inline-end: -6px;
    inline-size: 30px;
    block-size: 30px;
    background: var(--_surface);
    opacity: 0;
    transition: opacity var(--_fast);
  }
  .row.own > .act {
    inset-inline: 10px auto;
  }
  @supports (anchor-scope: --bubble) {
    .row {
      anchor-scope: --bubble;
    }
    .row > :is(.bubble, .card, .image, figure) {
      anchor-name: --bubble;
    }
    .row > .act {
      position-anchor: --bubble;
      inset: auto;
      inset-block-start: calc(anchor(start) + 4px);
      inset-inline-start: calc(anchor(end) + 2px);
    }
    .row.own > .act {
      inset-inline: auto calc(anchor(start) + 2px);
    }
  }
  .gap [aria-disabled='true'] {
    background: var(--_border);
    color: var(--_muted);
  }
  .act::before {
    content: '⋯';
    font-size: 18px;
    line-height: 1;
  }
  .act:is(:focus-visible, [aria-expanded]) {
    opacity: 1;
  }
  @media (hover: hover) {
    .row:hover > .act {
      opacity: 1;
    }
  }
  @media (hover: none) and (pointer: coarse) {
    .row > .bubble {
      -webkit-touch-callout: none;
      user-select: none;
    }
  }
  .row[data-shown] > .bubble {
    animation: shown 1.6s var(--_ease);
  }
  @keyframes shown {
    20%,
    60% {
      box-shadow: 0 0 0 3px var(--_link);
    }
  }
  ::highlight(sahay-search) {
    background: #ffd54a;
    color: #1c211f;
  }
  .message-menu {
    inline-size: min(19em, calc(100vw - 12px));
  }
  .message-menu > button {
    justify-content: flex-start;
    gap: var(--_space-3);
    inline-size: 100%;
    min-block-size: 40px;
    padding-inline: var(--_space-3);
    border-radius: var(--_radius-s);
    font-size: var(--_text-s);
  }
  .message-menu .icon {
    color: var(--_muted);
  }
  .message-menu > .delete,
  .message-menu > .delete .icon {
    color: var(--_danger);
  }
  .emoji-row {
    display: flex;
    justify-content: space-between;
    margin-block-end: var(--_space-1);
    border-block-end: 1px solid var(--_border);
    padding-block-end: var(--_space-1);
  }
  .emoji-row > button {
    inline-size: 36px;
    block-size: 40px;
    border-radius: var(--_radius-s);
    font-size: 20px;
  }
  .emoji-row > [aria-checked='true'] {
    background: var(--_soft);
  }
  .message-menu button:is(:hover, :focus-visible) {
    background: color-mix(in oklab, var(--_text) 7%, transparent);
  }
  .reactions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-1);
    margin-block-start: -6px;
    padding-inline: var(--_space-2);
    z-index: 1;
  }
  .meta + .reactions {
    margin-block-start: 0;
  }
  .reactions > button {
    gap: var(--_space-1);
    min-block-size: 26px;
    padding-inline: var(--_space-2);
    border: 1px solid var(--_border);
    border-radius: 99px;
    background: var(--_raised);
    font-size: var(--_text-s);
  }
  @media (pointer: coarse) {
    .reactions > button {
      min-block-size: 34px;
    }
    .message-menu > button {
      min-block-size: 46px;
    }
  }
  .reactions > [aria-pressed='true'] {
    border-color: var(--_link);
    background: var(--_soft);
  }
  .reactions > button > span:empty {
    display: none;
  }
  .meta.edited,
  .meta.replaced {
    font-style: italic;
  }
  .row:has(> .replaced) > :is(.bubble, .card, .image, figure) {
    opacity: 0.65;
  }
  .gap {
    display: flex;
    justify-content: center;
    margin-block: var(--_space-4) var(--_space-2);
  }
  .unread {
    display: flex;
    align-items: center;
    gap: var(--_space-3);
    margin-block: var(--_space-4) var(--_space-1);
    color: var(--_link);
    font-size: var(--_text-xs);
    font-weight: 600;
  }
  .unread::before,
  .unread::after {
    content: '';
    flex: 1;
    border-block-start: 1px solid currentColor;
    opacity: 0.4;
  }
`;
