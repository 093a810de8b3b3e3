import { css } from 'lit';

export const conversationStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    min-inline-size: 0;
    background: var(--_surface);
    container-type: inline-size;
  }
  header {
    display: flex;
    align-items: center;
    gap: var(--_space-3);
    min-block-size: 64px;
    padding: var(--_space-2) var(--_space-3) var(--_space-2) var(--_space-4);
    border-block-end: 1px solid var(--_border);
    background: var(--_raised);
  }
  header > .avatar {
    --_avatar: calc(2.4 * var(--_size));
  }
  header > .back {
    margin-inline: -12px -6px;
  }
  .who {
    flex: 1;
    min-inline-size: 0;
  }
  h2 {
    margin: 0;
    overflow: hidden;
    font-size: var(--_text-m);
    font-weight: 600;
    line-height: 1.5;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .state {
    margin: 0;
    color: var(--_muted);
    font-size: var(--_text-xs);
    line-height: 1.6;
  }
  /* Facts that do not fit beside one another stand below, each whole. */
  .state > span {
    display: inline-block;
    max-inline-size: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    vertical-align: bottom;
    white-space: nowrap;
  }
  .state > span + span::before {
    content: '·';
    margin-inline: 6px;
  }
  .here {
    color: var(--_success);
  }
  .actions {
    display: flex;
    flex: none;
    align-items: center;
    gap: var(--_space-2);
  }
  .actions .button {
    min-block-size: 36px;
    padding-inline: var(--_space-3);
    font-size: var(--_text-s);
  }
  .actions .button .icon {
    inline-size: 1.33em;
    block-size: 1.33em;
  }
  .details[aria-expanded='true'] {
    background: var(--_soft);
    color: var(--_on-soft);
  }
  sahay-message-list {
    flex: 1;
  }
  .annotation {
    display: flex;
    flex-direction: column;
    align-items: flex-end;
    gap: var(--_space-2);
    margin-block: var(--_space-1);
    padding-inline-start: 48px;
  }
  .aside {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: var(--_space-1);
    margin: 0;
    color: var(--_muted);
    font-size: var(--_text-s);
  }
  .aside .icon {
    inline-size: 1.2em;
    block-size: 1.2em;
  }
  .why {
    max-inline-size: 100%;
    text-align: end;
  }
  .why summary {
    margin-inline-start: auto;
  }
  .trace {
    inline-size: min(420px, 100%);
    margin-inline-start: auto;
  }
  .why[open] {
    inline-size: min(420px, 100%);
  }
  .note {
    align-self: stretch;
    margin-inline-start: -48px;
    margin-block: var(--_space-2);
    padding: var(--_space-2) var(--_space-4);
    border: 1px solid color-mix(in oklab, var(--_on-note) 25%, transparent);
    border-inline-start-width: 4px;
    border-radius: var(--_radius-m);
    background: var(--_note);
    color: var(--_on-note);
  }
  .note p {
    margin: 0;
  }
  .note .about {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 var(--_space-2);
    font-size: var(--_text-xs);
    font-weight: 600;
  }
  .note .about .icon {
    inline-size: 1.15em;
    block-size: 1.15em;
  }
  .note .by {
    margin-inline-start: auto;
    font-weight: 400;
  }
  .note .text {
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  @container (max-width: 46em) {
    .actions .button:not(.primary) .label {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
    .actions .button:not(.primary) {
      padding-inline: 8px;
    }
    header {
      gap: var(--_space-2);
      padding-inline: var(--_space-3) var(--_space-2);
    }
    .actions {
      gap: var(--_space-1);
    }
  }
  @container (max-width: 30.6em) {
    header {
      flex-wrap: wrap;
    }
    .actions {
      order: 1;
      /* Longer words than English has need a second line. */
      flex-wrap: wrap;
      flex: 1 0 100%;
      min-inline-size: 0;
      padding-block-end: var(--_space-1);
    }
    .actions:not(:has(.button)) {
      display: none;
    }
    .actions .button {
      flex: 1 0 auto;
    }
    .actions .button:not(.primary) > .icon {
      display: none;
    }
    .actions .button:not(.primary) > .label {
      position: static;
      inline-size: auto;
      block-size: auto;
      clip-path: none;
      font-size: var(--_text-xs);
    }
    .annotation {
      padding-inline-start: var(--_space-4);
    }
    .note {
      margin-inline-start: calc(-1 * var(--_space-4));
    }
  }
  /* Large text on a narrow screen: no fact is cut off. */
  @container (max-width: 16em) {
    .state > span {
      white-space: normal;
    }
  }
  @media (pointer: coarse) {
    .actions .button {
      min-block-size: 44px;
    }
  }
`;
