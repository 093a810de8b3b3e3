import { css } from 'lit';

/** Looks of what a composer can do beside taking words. */
export const composerToolStyles = css`
  /* Where words and tools do not fit beside one another, as with large text on a phone, the tools stand below. */
  .field {
    flex-wrap: wrap;
  }
  .field > textarea {
    flex-basis: 6em;
  }
  /* A placeholder that is too long fades out; browsers draw no ellipsis there. */
  textarea:placeholder-shown {
    overflow: hidden;
    white-space: nowrap;
    mask-image: linear-gradient(to right, #000 calc(100% - 2em), #0000 calc(100% - 6px));
  }
  :host(:dir(rtl)) textarea:placeholder-shown {
    mask-image: linear-gradient(to left, #000 calc(100% - 2em), #0000 calc(100% - 6px));
  }
  /* An empty field's dir="auto" is left to right, whatever language its placeholder is in. */
  textarea:placeholder-shown {
    direction: inherit;
  }
  .tools {
    display: flex;
    align-self: flex-end;
    margin-inline-start: auto;
    padding-inline-end: 3px;
  }
  .tools .icon-button {
    inline-size: max(36px, 1.6 * var(--_size));
    block-size: max(42px, 1.6 * var(--_size));
    border-radius: 12px;
  }
  .tools [aria-pressed='true'] {
    color: var(--_danger);
  }
  .field > textarea {
    padding-inline-end: var(--_space-1);
  }
  .about,
  .sensitive,
  .recorder {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    margin-block-end: var(--_space-2);
    padding: var(--_space-1) var(--_space-3);
    border-radius: var(--_radius-m);
    background: var(--_surface);
    font-size: var(--_text-s);
  }
  .about {
    padding-inline-end: 0;
    border-inline-start: 3px solid var(--_link);
  }
  .about > div,
  .sensitive > span {
    flex: 1;
    min-inline-size: 0;
  }
  .about b,
  .about span {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .about b {
    font-weight: 600;
  }
  .about > .icon,
  .about span {
    color: var(--_muted);
  }
  .about .icon-button {
    inline-size: 40px;
    block-size: 40px;
  }
  .sensitive {
    border: 1px solid var(--_border-strong);
  }
  .sensitive > .icon {
    color: var(--_danger);
  }
  .text-button {
    flex: none;
    min-block-size: 36px;
    padding-inline: var(--_space-2);
    color: var(--_link);
    font-weight: 600;
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }
  .recorder {
    justify-content: flex-end;
  }
  .recorder audio {
    flex: 1;
    min-inline-size: 0;
    block-size: 40px;
  }
  .recorder .time {
    flex: 1;
    font-variant-numeric: tabular-nums;
  }
  .level {
    inline-size: 12px;
    block-size: 12px;
    border: 1px solid transparent;
    border-radius: 50%;
    background: var(--_danger);
    scale: calc(0.8 + var(--_level, 0) * 1.2);
    transition: scale 80ms linear;
  }
  .suggestions > .list {
    max-block-size: 240px;
    overflow-y: auto;
    margin: 0 0 var(--_space-2);
    padding: var(--_space-1);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-m);
    background: var(--_raised);
    box-shadow: var(--_shadow);
  }
  .suggestions button {
    display: block;
    inline-size: 100%;
    padding: var(--_space-2) var(--_space-3);
    border-radius: var(--_radius-s);
  }
  .suggestions b {
    font-weight: 600;
  }
  .suggestions small {
    display: block;
    color: var(--_muted);
  }
  .suggestions [aria-selected='true'] {
    background: var(--_soft);
    color: var(--_on-soft);
    outline: 1px solid transparent;
  }
  @media (width <= 480px) {
    .tools .icon-button {
      inline-size: max(32px, 1.6 * var(--_size));
    }
    /* Who writes does not record. */
    textarea:not(:placeholder-shown) + .tools > .record {
      display: none;
    }
  }
`;
