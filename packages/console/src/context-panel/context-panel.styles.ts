import { css } from 'lit';

export const contextPanelStyles = css`
  :host {
    display: block;
    min-block-size: 0;
    overflow: hidden auto;
    padding: var(--_space-4);
    background: var(--_raised);
    font-size: var(--_text-s);
    scrollbar-width: thin;
    scrollbar-color: var(--_border-strong) transparent;
    container-type: inline-size;
  }
  section + section {
    margin-block-start: var(--_space-4);
    padding-block-start: var(--_space-4);
    border-block-start: 1px solid var(--_border);
  }
  h2 {
    margin: 0 0 var(--_space-2);
    font-size: var(--_text-s);
    font-weight: 600;
  }
  p {
    margin: 0;
  }
  dl {
    display: grid;
    gap: 1px;
    margin: 0;
  }
  dt {
    color: var(--_muted);
    font-size: var(--_text-xs);
  }
  dd {
    display: -webkit-box;
    margin: 0 0 var(--_space-2);
    overflow: hidden;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 8;
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  dd a .icon {
    display: inline-block;
    inline-size: 1.15em;
    block-size: 1.15em;
    margin-inline-start: 3px;
    vertical-align: -2px;
  }
  .quiet-text,
  .only {
    color: var(--_muted);
  }
  .only {
    margin-block-start: var(--_space-2);
    font-size: var(--_text-xs);
  }
  .score {
    display: flex;
    align-items: center;
    gap: 6px;
    font-weight: 600;
  }
  .comment {
    margin-block-start: var(--_space-1);
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  .note {
    margin-block-end: var(--_space-2);
    padding: var(--_space-2) var(--_space-3);
    border: 1px solid color-mix(in oklab, var(--_on-note) 25%, transparent);
    border-radius: var(--_radius-s);
    background: var(--_note);
    color: var(--_on-note);
  }
  .note .about {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 6px;
    font-size: var(--_text-xs);
  }
  .note .about .icon {
    inline-size: 1.15em;
    block-size: 1.15em;
  }
  .note .text {
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  .back {
    display: none;
    margin-block-end: var(--_space-4);
  }
  @container (min-width: 22.3em) {
    .back {
      display: inline-flex;
    }
  }
`;
