import { css } from 'lit';

/** Looks of pictures, files and sources; they come with what draws them, see `lazy-renderers.ts`. */
export const richPartStyles = css`
  .quote {
    max-inline-size: 100%;
    padding: var(--_space-1) var(--_space-3);
    border-inline-start: 3px solid var(--_border-strong);
    color: var(--_muted);
    font-size: var(--_text-s);
    overflow: hidden;
    text-overflow: ellipsis;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
  }
  .quote > b {
    display: block;
    font-weight: 600;
  }
  .jump {
    position: absolute;
    inset-block-end: var(--_space-3);
    inset-inline-end: var(--_space-3);
    inline-size: auto;
    min-inline-size: var(--_target);
    padding-inline: 11px;
    border-color: var(--_border);
    border-radius: 99px;
    background: var(--_raised);
    color: var(--_link);
    box-shadow: var(--_shadow);
    font-size: var(--_text-s);
    font-weight: 600;
    transition:
      opacity var(--_base),
      translate var(--_base) var(--_ease);
    @starting-style {
      opacity: 0;
      translate: 0 8px;
    }
  }
  .jump[data-new]::before {
    content: '';
    inline-size: 9px;
    block-size: 9px;
    border: 1px solid transparent;
    border-radius: 50%;
    background: var(--_attention);
  }
  :host([perspective='agent']) .row:is(.bot, .agent) {
    align-items: flex-end;
    padding-inline: 48px 0;
    & > .avatar {
      display: none;
    }
    & > .bubble {
      border-radius: var(--_radius-bubble);
      border-end-end-radius: var(--_radius-tail);
      background: var(--_soft);
      color: var(--_text);
      box-shadow: none;
    }
  }
  .bubble a {
    text-decoration-color: color-mix(in oklab, currentColor 50%, transparent);
  }
  .card {
    display: flex;
    align-items: center;
    gap: var(--_space-3);
    inline-size: min(100%, 320px);
    padding: 9px var(--_space-3);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-bubble);
    background: var(--_raised);
    color: var(--_text);
    font-size: var(--_text-s);
    text-align: start;
    box-shadow: var(--_lift);
    text-decoration: none;
    transition: border-color var(--_fast);
  }
  .card > .icon:first-child {
    color: var(--_link);
  }
  .card > .icon:last-child {
    inline-size: 1.2em;
    block-size: 1.2em;
    color: var(--_muted);
  }
  .card > span {
    flex: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .card b {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 4;
    overflow: hidden;
    font-weight: 600;
  }
  .card small {
    display: block;
    color: var(--_muted);
    font-size: var(--_text-xs);
  }
  .image {
    display: block;
    max-inline-size: min(100%, 260px);
    overflow: hidden;
    border-radius: var(--_radius-bubble);
    background: var(--_border);
  }
  .image > img {
    display: block;
    max-inline-size: 100%;
    max-block-size: 300px;
    block-size: auto;
    object-fit: cover;
    transition: opacity var(--_base);
  }
  .image > img.waiting {
    opacity: 0;
  }
  .meta.failed {
    display: block;
    color: var(--_danger);
    font-size: var(--_text-s);
    text-align: end;
  }
  .meta.failed .icon {
    display: inline;
    inline-size: 1.2em;
    block-size: 1.2em;
    margin-inline-end: var(--_space-1);
    vertical-align: -3px;
  }
  .own.failed > .bubble {
    border-color: var(--_danger);
    background: var(--_raised);
    color: var(--_text);
  }
  .text-button {
    min-block-size: 28px;
    padding-inline: var(--_space-1);
    border-radius: var(--_radius-s);
    color: inherit;
    font-weight: 600;
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }
  .quiet-text {
    color: var(--_muted);
  }
  .feedback {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space-2);
    margin-block-start: var(--_space-1);
    color: var(--_muted);
    font-size: var(--_text-s);
  }
  .pair {
    display: flex;
    gap: var(--_space-2);
  }
  .feedback .button {
    min-block-size: 32px;
    padding-inline: var(--_space-3);
    border-radius: 99px;
  }
  .feedback .icon {
    inline-size: 1.2em;
    block-size: 1.2em;
  }
  .notice {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: var(--_space-2);
    margin-block: var(--_space-4) var(--_space-2);
    color: var(--_muted);
    font-size: var(--_text-s);
    text-align: center;
  }
  .notice .icon {
    inline-size: 1.2em;
    block-size: 1.2em;
  }
  .earlier {
    align-self: center;
  }
  @media (hover: hover) {
    a.card:hover,
    button.card:hover {
      border-color: var(--_link);
    }
  }
  @media (pointer: coarse) {
    .text-button,
    .feedback .button {
      min-block-size: 40px;
    }
  }
`;
