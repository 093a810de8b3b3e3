import { css, html, nothing, type TemplateResult } from 'lit';
import { completeEnglish } from '../locales/complete-english.ts';
import type { HeaderAction } from './header.ts';

completeEnglish();

/** The open menu of a header. */
export function menu(actions: readonly HeaderAction[], choose: (id: string) => void): TemplateResult {
  return html`<div class="menu" part="menu" role="menu" aria-labelledby="more">
    ${actions.map(
      ({ id, label, icon }) =>
        html`<button type="button" role="menuitem" tabindex="-1" @click=${() => choose(id)}>
          ${icon ?? nothing}${label}
        </button>`,
    )}
  </div>`;
}

/** Moves the focus among the entries as `key` says; whether it said so. */
export function moveFocus(key: string, entries: readonly HTMLElement[]): boolean {
  const now = entries.findIndex((entry) => entry.matches(':focus'));
  const to = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: -1 }[key];
  if (to === undefined) return false;
  entries.at(to % entries.length)?.focus();
  return true;
}

export const menuStyles = css`
  .menu {
    position: absolute;
    inset-block-start: calc(100% - 8px);
    inset-inline-end: var(--_space-3);
    display: flex;
    flex-direction: column;
    min-inline-size: 200px;
    max-inline-size: calc(100% - 2 * var(--_space-3));
    padding: var(--_space-1);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-m);
    background: var(--_raised);
    box-shadow: var(--_shadow);
    transition:
      opacity var(--_base),
      translate var(--_base) var(--_ease);
    @starting-style {
      opacity: 0;
      translate: 0 -6px;
    }
  }
  .menu button {
    justify-content: flex-start;
    gap: var(--_space-3);
    min-block-size: var(--_target);
    padding: var(--_space-2) var(--_space-3);
    border-radius: var(--_radius-s);
  }
  .menu .icon {
    color: var(--_muted);
  }
  @media (hover: hover) {
    .menu button:hover {
      background: color-mix(in oklab, var(--_text) 7%, transparent);
    }
  }
`;
