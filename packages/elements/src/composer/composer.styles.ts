import { css } from 'lit';

export const composerStyles = css`
  :host {
    display: block;
    padding: 10px var(--_space-3) var(--_space-3);
    padding-block-end: max(var(--_space-3), env(safe-area-inset-bottom));
    border-block-start: 1px solid var(--_border);
    background: var(--_raised);
  }
  .line {
    display: flex;
    align-items: flex-end;
    gap: var(--_space-2);
  }
  .field {
    flex: 1;
    display: flex;
    min-inline-size: 0;
    border: 1px solid var(--_border-strong);
    border-radius: 22px;
    background: var(--_surface);
    transition: border-color var(--_fast);
  }
  .field:focus-within {
    border-color: var(--_link);
  }
  textarea {
    flex: 1;
    min-inline-size: 0;
    min-block-size: 42px;
    max-block-size: min(9.5lh, 40vh);
    padding: 9px var(--_space-4);
    border: 0;
    border-radius: inherit;
    background: none;
    font-size: var(--_text-input);
    line-height: var(--_leading);
    resize: none;
    overflow-wrap: anywhere;
    field-sizing: content;
    scrollbar-width: thin;
  }
  textarea:focus-visible {
    outline: none;
  }
  textarea::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .icon-button {
    flex: none;
  }
  .attach {
    margin-inline: -8px -6px;
  }
  .send:disabled {
    background: none;
    color: var(--_muted);
  }
  .send:not(:disabled):active {
    transform: scale(0.94);
  }
  .closed {
    padding: var(--_space-2) var(--_space-3);
    color: var(--_muted);
    text-align: center;
  }
`;
