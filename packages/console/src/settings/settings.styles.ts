import { css } from 'lit';

export const settingsStyles = css`
  :host {
    display: block;
    min-block-size: 0;
    overflow: hidden auto;
    background: var(--_surface);
  }
  .page {
    display: grid;
    gap: var(--_space-4);
    max-inline-size: 760px;
    margin-inline: auto;
    padding: var(--_space-4) var(--_space-4) var(--_space-6);
  }
  h2,
  p {
    margin: 0;
  }
  h2 {
    font-size: var(--_text-xl);
    font-weight: 600;
    line-height: 1.25;
  }
  .state {
    display: grid;
    justify-items: start;
    gap: var(--_space-3);
  }
`;

export const sectionStyles = css`
  :host {
    display: block;
    min-inline-size: 0;
    padding: var(--_space-4);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_raised);
  }
  form {
    display: grid;
    gap: var(--_space-4);
  }
  :is(h3, h4, p, ul, fieldset) {
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
  }
  h3 {
    font-size: var(--_text-l);
    font-weight: 600;
  }
  :is(h4, legend, .field > label) {
    padding: 0;
    font-size: var(--_text-s);
    font-weight: 600;
  }
  .hint {
    color: var(--_muted);
    font-size: var(--_text-s);
  }
  .field,
  .stack {
    display: grid;
    gap: var(--_space-1);
    min-inline-size: 0;
  }
  .stack {
    gap: var(--_space-2);
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space-2);
  }
  .line > .grow {
    flex: 1 1 160px;
  }
  .check {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    min-block-size: 36px;
    font-size: var(--_text-s);
  }
  .check input {
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    accent-color: var(--_link);
  }
  :is(input:not([type='checkbox'], [type='radio']), select, textarea) {
    inline-size: 100%;
    min-block-size: 40px;
    padding: var(--_space-1) var(--_space-3);
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius-s);
    background: var(--_surface);
    font-size: var(--_text-input);
  }
  input[type='time'],
  input[type='date'],
  input[type='number'] {
    inline-size: auto;
  }
  [aria-invalid='true'] {
    border-color: var(--_danger);
    outline: 2px solid var(--_danger);
    outline-offset: 1px;
  }
  .day {
    display: grid;
    grid-template-columns: minmax(88px, 120px) minmax(0, 1fr);
    align-items: start;
    gap: var(--_space-2);
    padding-block: var(--_space-2);
    border-block-end: 1px solid var(--_border);
  }
  .day > :first-child {
    padding-block-start: 9px;
  }
  .holiday {
    display: grid;
    gap: var(--_space-2);
    padding-block: var(--_space-2);
    border-block-end: 1px solid var(--_border);
  }
  .holiday > .stack {
    padding-inline-start: var(--_space-4);
  }
  .closed-day {
    padding-block: 9px;
    color: var(--_muted);
    font-size: var(--_text-s);
  }
  .item {
    display: grid;
    gap: var(--_space-3);
    padding: var(--_space-3);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-m);
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space-3);
  }
  .problem {
    color: var(--_danger);
    font-size: var(--_text-s);
  }
  .saved {
    display: flex;
    align-items: center;
    gap: var(--_space-1);
    color: var(--_success);
    font-size: var(--_text-s);
  }
  .now {
    padding: var(--_space-2) var(--_space-3);
    border-radius: var(--_radius-s);
    background: var(--_soft);
    color: var(--_on-soft);
    font-size: var(--_text-s);
  }
  @media (max-width: 480px) {
    .day {
      grid-template-columns: minmax(0, 1fr);
    }
    .day > :first-child {
      padding-block-start: 0;
    }
    :is(.day, .holiday) input[type='time'] {
      flex: 1 1 5.5em;
      min-inline-size: 0;
      padding-inline: var(--_space-2);
    }
    :is(.day, .holiday) input[type='time']::-webkit-calendar-picker-indicator {
      display: none;
    }
  }
`;
