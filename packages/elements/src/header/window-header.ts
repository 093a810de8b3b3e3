import type { Participant } from '@sahay/protocol';
import { css, html, nothing, type TemplateResult } from 'lit';
import { chevronDownIcon, moreIcon } from '../icons/window-icons.ts';
import type { Locale } from '../locales/locale.ts';
import { face } from '../message/face.ts';
import { renderer } from '../message/lazy-renderers.ts';

/** One entry of the menu. */
export interface HeaderAction {
  id: string;
  /** Default: the family's own words and icon for the id, see `header-menu.ts`. */
  label?: string | undefined;
  icon?: TemplateResult | undefined;
  /** Whether it is on, for what is switched on and off. */
  checked?: boolean | undefined;
}

/** What a window's head shows. */
export interface HeaderFacts {
  readonly heading: string;
  /** The line below it. */
  readonly status: unknown;
  readonly face: Participant | undefined;
  /** What the menu offers; without entries there is none. */
  readonly actions: readonly HeaderAction[];
  readonly closable: boolean;
  readonly locale: Locale;
}

/** What can be done there. */
export interface HeaderActs {
  choose(id: string): void;
  minimize(): void;
  /** What the menu offers beside `actions`, asked for each time it opens; with it there is always a menu. */
  more?: (() => Promise<readonly HeaderAction[]>) | undefined;
  /** Draws it again: something it shows has arrived. */
  arrived(): void;
}

/** The status line, with a dot while somebody is there. */
export function statusLine(status: string, online: boolean): TemplateResult {
  return html`<div class=${online ? 'status online' : 'status'} part="status">${status}</div>`;
}

/** What stands in the window's head: whose it is, who answers, what else can be done. */
export function windowHeader(facts: HeaderFacts, acts: HeaderActs): TemplateResult {
  const { heading, status, actions, closable, locale } = facts;
  const { strings } = locale;
  return html`${facts.face ? face(facts.face, acts.arrived) : nothing}
    <div class="names">
      <h2 part="title" dir="auto">${heading || strings.title}</h2>
      ${status}
    </div>
    ${
      actions.length || acts.more
        ? html`<button
            type="button"
            id="more"
            class="icon-button"
            aria-label=${strings.more}
            aria-haspopup="menu"
            aria-expanded="false"
            @click=${({ currentTarget }: Event) => openMenu(currentTarget as HTMLElement, facts, acts)}
          >
            ${moreIcon()}
          </button>`
        : nothing
    }
    ${
      closable
        ? html`<button
            type="button"
            class="icon-button"
            part="minimize"
            aria-label=${strings.closeChat}
            @click=${acts.minimize}
          >
            ${chevronDownIcon()}
          </button>`
        : nothing
    }`;
}

function openMenu(button: HTMLElement, facts: HeaderFacts, acts: HeaderActs): void {
  renderer('menu', () => openMenu(button, facts, acts))?.toggleMenu(button, facts, acts);
}

export const headerStyles = css`
  .header {
    position: relative;
    z-index: 1;
    display: flex;
    align-items: center;
    min-block-size: 68px;
    padding: var(--_space-2);
    padding-inline-start: var(--_space-4);
    border-block-end: 1px solid var(--_border);
    background: var(--_raised);
  }
  .header > .avatar {
    --_avatar: 40px;
    margin-inline-end: var(--_space-3);
  }
  .names {
    flex: 1;
    min-inline-size: 0;
    margin-inline-end: var(--_space-3);
  }
  h2 {
    margin: 0;
    font-size: var(--_text-m);
    font-weight: 600;
    line-height: 1.3;
  }
  h2,
  .status {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    overflow: hidden;
    overflow-wrap: anywhere;
  }
  .status {
    color: var(--_muted);
    font-size: var(--_text-s);
    line-height: 1.4;
  }
  /* Its line is kept free: the name must not move when it becomes known who answers. */
  .status:empty::before {
    content: '\\00a0';
  }
  /* Three dots as heavy as the arrow beside them. */
  #more .icon {
    stroke-width: 2.75;
  }
  .status.online::before {
    content: '';
    display: inline-block;
    inline-size: 8px;
    block-size: 8px;
    margin-inline-end: 6px;
    border: 4px solid var(--_success);
    border-radius: 50%;
  }
`;
