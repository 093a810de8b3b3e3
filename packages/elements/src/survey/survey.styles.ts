import { css } from 'lit';

export const surveyStyles = css`
  :host {
    display: block;
  }
  form,
  .thanks {
    display: flex;
    flex-direction: column;
    gap: var(--_space-3);
    padding: var(--_space-4);
    border: 1px solid transparent;
    border-radius: var(--_radius-bubble);
    background: var(--_raised);
    box-shadow: var(--_lift);
  }
  h3 {
    margin: 0;
    font-size: var(--_text-m);
    font-weight: 600;
    line-height: 1.35;
    text-align: center;
  }
  label,
  .scored {
    display: flex;
    flex-direction: column;
    gap: var(--_space-1);
    font-size: var(--_text-s);
  }
  textarea,
  select {
    inline-size: 100%;
    min-block-size: 44px;
    padding: var(--_space-2) var(--_space-3);
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius-m);
    background: var(--_surface);
    font-size: var(--_text-input);
  }
  textarea {
    min-block-size: 72px;
    resize: vertical;
    field-sizing: content;
    max-block-size: 30vh;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap-reverse;
    justify-content: flex-end;
    gap: var(--_space-2);
  }
  .hint {
    margin: 0;
    color: var(--_danger);
    font-size: var(--_text-s);
  }
  .thanks {
    flex-direction: row;
    align-items: center;
    justify-content: center;
    text-align: center;
  }
  .thanks .icon {
    color: var(--_success);
  }
`;
