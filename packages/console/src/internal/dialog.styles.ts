import { css } from 'lit';

/** Dialogs of the console. Needs `tokens`, `base` and `controls` before it. */
export const dialogStyles = css`
  dialog {
    inline-size: min(520px, calc(100vw - 2 * var(--_space-4)));
    max-block-size: calc(100dvh - 2 * var(--_space-4));
    padding: var(--_space-5);
    overflow: auto;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_raised);
    color: var(--_text);
    box-shadow: var(--_shadow);
  }
  dialog::backdrop {
    background: #0006;
  }
  h2 {
    margin: 0 0 var(--_space-4);
    font-size: var(--_text-l);
    font-weight: 600;
  }
  label {
    display: block;
    margin-block-end: var(--_space-1);
    font-size: var(--_text-s);
    font-weight: 600;
  }
  input,
  textarea,
  select {
    inline-size: 100%;
    min-block-size: 44px;
    padding: var(--_space-2) var(--_space-3);
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius-s);
    background: var(--_surface);
    font-size: var(--_text-input);
  }
  textarea {
    min-block-size: 5lh;
    resize: vertical;
  }
  .line {
    display: flex;
    gap: var(--_space-2);
  }
  .hint {
    margin: var(--_space-2) 0 0;
    color: var(--_muted);
    font-size: var(--_text-s);
  }
  .problem {
    margin: var(--_space-2) 0 0;
    color: var(--_danger);
    font-size: var(--_text-s);
  }
  .problem:empty,
  .hint:empty {
    display: none;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: var(--_space-2);
    margin-block-start: var(--_space-5);
  }
`;
