import { css, html, type TemplateResult } from 'lit';
import type { Locale } from '../locales/locale.ts';

/** That somebody is typing, in words. */
export function typingWords(count: number, name: string | undefined, locale: Locale): string {
  if (count > 1) return locale.strings.typingSeveral;
  return name ? locale.text('typing', { name }) : locale.strings.typingSomeone;
}

/** Three dots in a bubble, and their meaning for those who don't see them. */
export function typingDots(words: string): TemplateResult {
  return html`<div class="bubble dots" part="bubble"><i></i><i></i><i></i></div>
    <span class="hidden-visually">${words}</span>`;
}

export const typingStyles = css`
  .dots {
    display: flex;
    gap: 5px;
    padding: 14px;
  }
  .dots > i {
    inline-size: 7px;
    block-size: 7px;
    border-radius: 50%;
    background: var(--_muted);
    opacity: 0.45;
    animation: wave 1.4s var(--_ease) infinite;
  }
  .dots > :nth-child(2) {
    animation-delay: 0.18s;
  }
  .dots > :nth-child(3) {
    animation-delay: 0.36s;
  }
  @keyframes wave {
    0%,
    60%,
    100% {
      opacity: 0.45;
    }
    30% {
      opacity: 1;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .dots > i {
      animation: none;
    }
    .dots > :nth-child(2) {
      opacity: 0.9;
    }
  }
`;
