import { css } from 'lit';

export const inboxStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    background: var(--_raised);
    container-type: inline-size;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space-2);
    padding: var(--_space-4) var(--_space-4) var(--_space-2);
  }
  h2 {
    margin: 0;
    font-size: var(--_text-xl);
    font-weight: 600;
    line-height: 1.25;
  }
  .presence {
    display: flex;
    padding: 2px;
    border: 1px solid var(--_border);
    border-radius: 99px;
    background: var(--_surface);
  }
  .presence label {
    position: relative;
    display: flex;
    align-items: center;
    gap: 6px;
    min-block-size: 32px;
    padding-inline: var(--_space-3);
    border: 1px solid transparent;
    border-radius: 99px;
    color: var(--_muted);
    font-size: var(--_text-s);
    cursor: pointer;
  }
  .presence input {
    position: absolute;
    inset: 0;
    opacity: 0;
    cursor: inherit;
  }
  .presence label:has(:checked) {
    border-color: var(--_border);
    background: var(--_raised);
    color: var(--_text);
    font-weight: 600;
  }
  .presence label:has(:focus-visible) {
    outline: 2px solid var(--_link);
    outline-offset: 1px;
  }
  .presence label::before {
    content: '';
    inline-size: 8px;
    block-size: 8px;
    border: 2px solid currentColor;
    border-radius: 50%;
  }
  .presence .online:has(:checked)::before {
    border-color: var(--_success);
    background: var(--_success);
  }
  [role='tablist'] {
    display: flex;
    padding: var(--_space-1) var(--_space-2) var(--_space-2);
    overflow-x: auto;
    scrollbar-width: none;
  }
  [role='tab'] {
    flex: 1 0 auto;
    min-block-size: 36px;
    padding-inline: 10px;
    border-radius: 99px;
    color: var(--_muted);
    font-size: var(--_text-s);
    font-weight: 600;
    gap: 6px;
  }
  [role='tab'][aria-selected='true'] {
    border-color: transparent;
    background: var(--_soft);
    color: var(--_on-soft);
  }
  [role='tab'] b {
    font-variant-numeric: tabular-nums;
    font-weight: 600;
  }
  [role='tab'] b.asks {
    min-inline-size: 20px;
    padding-inline: 5px;
    border: 1px solid transparent;
    border-radius: 99px;
    background: var(--_attention);
    color: var(--_on-attention);
    text-align: center;
    line-height: 1.35;
  }
  .connection {
    margin: 0 var(--_space-4) var(--_space-2);
    color: var(--_muted);
    font-size: var(--_text-s);
  }
  .panel {
    flex: 1;
    min-block-size: 0;
    overflow: hidden auto;
    scrollbar-width: thin;
    scrollbar-color: var(--_border-strong) transparent;
    padding: 0 var(--_space-2) var(--_space-3);
  }
  .panel:focus-visible {
    outline-offset: -3px;
  }
  [role='option'] {
    display: grid;
    --_face: calc(2.67 * var(--_size));
    grid-template-columns: var(--_face) minmax(0, 1fr);
    column-gap: var(--_space-3);
    align-items: center;
    padding: 10px var(--_space-2);
    border: 1px solid transparent;
    border-radius: var(--_radius-m);
    cursor: pointer;
    content-visibility: auto;
    contain-intrinsic-block-size: auto 78px;
  }
  [role='option'] > .avatar {
    --_avatar: var(--_face);
    grid-row: 1 / span 2;
  }
  [role='option'][aria-selected='true'] {
    border-color: color-mix(in oklab, var(--_link) 30%, transparent);
    background: var(--_soft);
  }
  [role='option']:focus-visible {
    outline-offset: -2px;
  }
  .line {
    grid-column: 2;
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: var(--_space-2);
    min-inline-size: 0;
  }
  .name,
  .last {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .name {
    font-weight: 600;
  }
  .last {
    flex: 1;
    color: var(--_muted);
    font-size: var(--_text-s);
    text-align: left;
  }
  /* In the list's direction, whatever theirs is. */
  :host(:dir(rtl)) .last {
    text-align: right;
  }
  .speaker {
    color: var(--_muted);
    font-size: var(--_text-s);
  }
  .words {
    justify-content: start;
  }
  .fresh .last {
    color: var(--_text);
    font-weight: 600;
  }
  time {
    flex: none;
    color: var(--_muted);
    font-size: var(--_text-xs);
    font-variant-numeric: tabular-nums;
  }
  time.waits {
    color: var(--_text);
    font-weight: 600;
  }
  .new {
    flex: none;
    padding: 0 8px;
    border: 1px solid transparent;
    border-radius: 99px;
    background: var(--_attention);
    color: var(--_on-attention);
    font-size: var(--_text-xs);
    font-weight: 600;
  }
  .marks {
    justify-content: start;
    flex-wrap: wrap;
    gap: 0 var(--_space-2);
    color: var(--_muted);
    font-size: var(--_text-xs);
  }
  .marks > span + span::before {
    content: '·';
    margin-inline-end: var(--_space-2);
  }
  .empty {
    max-inline-size: 32ch;
    margin: 18cqi auto 0;
    padding: var(--_space-4);
    color: var(--_muted);
    text-align: center;
    text-wrap: pretty;
  }
  .empty > .icon {
    inline-size: 32px;
    block-size: 32px;
    margin: 0 auto var(--_space-3);
  }
  .skeleton {
    display: grid;
    grid-template-columns: 40px 1fr;
    gap: 6px var(--_space-3);
    padding: 12px var(--_space-2);
  }
  .skeleton > i {
    block-size: 12px;
    border-radius: 6px;
    background: color-mix(in oklab, var(--_text) 8%, transparent);
  }
  .skeleton > i:first-child {
    grid-row: 1 / span 2;
    block-size: 40px;
    border-radius: 50%;
  }
  .skeleton > i:nth-child(2) {
    inline-size: 45%;
  }
  @container (max-width: 20.6em) {
    [role='tab'] {
      padding-inline: 7px;
    }
  }
  /* Large text on a narrow screen: all sections in sight, on two lines. */
  @container (max-width: 16em) {
    [role='tablist'] {
      flex-wrap: wrap;
    }
  }
  @media (hover: hover) {
    [role='option']:not([aria-selected='true']):hover,
    [role='tab']:not([aria-selected='true']):hover {
      background: color-mix(in oklab, var(--_text) 6%, transparent);
    }
  }
`;
