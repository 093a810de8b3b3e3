import { css } from 'lit';

export const richReplyStyles = css`
  dialog {
    inline-size: min(860px, calc(100vw - 2 * var(--_space-4)));
  }
  .kinds {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-1);
    margin: 0 0 var(--_space-4);
    padding: 0;
    border: 0;
  }
  .kinds label {
    position: relative;
    margin: 0;
    padding: var(--_space-2) var(--_space-4);
    border: 1px solid var(--_border-strong);
    border-radius: 99px;
    cursor: pointer;
  }
  .kinds input {
    position: absolute;
    inset: 0;
    min-block-size: 0;
    opacity: 0;
    cursor: inherit;
  }
  .kinds label:has(:checked) {
    border-color: transparent;
    background: var(--_soft);
    color: var(--_on-soft);
  }
  label:has(:focus-visible) {
    outline: 2px solid var(--_link);
    outline-offset: 2px;
  }
  .sides {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 360px);
    gap: var(--_space-5);
    align-items: start;
  }
  .fields {
    display: grid;
    gap: var(--_space-3);
  }
  textarea {
    min-block-size: 4.5lh;
    field-sizing: content;
    max-block-size: 30dvh;
  }
  .question {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: var(--_space-2);
    align-items: end;
    margin: 0;
    padding: 0 0 var(--_space-3);
    border: 0;
    border-block-end: 1px solid var(--_border);
  }
  .question > .wide {
    grid-column: 1 / -1;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space-2) var(--_space-4);
  }
  .row label {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    margin: 0;
    font-weight: 400;
  }
  /* A kind of answer stands in a row with its tick. */
  .row select {
    inline-size: auto;
    max-inline-size: 100%;
  }
  input[type='checkbox'] {
    inline-size: 20px;
    min-block-size: 20px;
    accent-color: var(--_link);
  }
  .preview {
    position: sticky;
    inset-block-start: 0;
    overflow: hidden;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
  }
  .preview > p {
    margin: 0;
    padding: var(--_space-2) var(--_space-3);
    border-block-end: 1px solid var(--_border);
    color: var(--_muted);
    font-size: var(--_text-xs);
  }
  .preview sahay-message-list {
    max-block-size: 60dvh;
  }
  @media (max-width: 720px) {
    .sides {
      grid-template-columns: minmax(0, 1fr);
    }
    .preview {
      position: static;
    }
  }
`;
