import { css, html, nothing, render, type TemplateResult } from 'lit';
import { completeEnglish } from '../locales/complete-english.ts';
import { wear } from '../message/lazy-renderers.ts';
import { checkIcon } from '../icons/window-icons.ts';
import { handoffIcon } from '../icons/late-icons.ts';
import type { LocaleStrings } from '../locales/locale-strings.ts';
import type { HeaderAction, HeaderActs, HeaderFacts } from './window-header.ts';

completeEnglish();

/** The menus that stand open, by the button each belongs to. */
const closers = new WeakMap<HTMLElement, () => void>();

/** Opens the menu of a button, and puts the focus into it; closes the one that is open. */
export function toggleMenu(button: HTMLElement, facts: HeaderFacts, acts: HeaderActs): void {
  const close = closers.get(button);
  if (close) close();
  else open(button, facts, acts);
}

function open(button: HTMLElement, facts: HeaderFacts, acts: HeaderActs): void {
  const menu = document.createElement('div');
  const close = (): void => {
    if (!closers.delete(button)) return;
    button.setAttribute('aria-expanded', 'false');
    menu.remove();
  };
  const leave = (): void => {
    button.focus();
    close();
  };
  closers.set(button, close);
  button.setAttribute('aria-expanded', 'true');
  menu.className = 'menu';
  menu.setAttribute('role', 'menu');
  menu.setAttribute('aria-labelledby', button.id);
  menu.part.add('menu');
  menu.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') leave();
    else if (!moveFocus(event.key, menu)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  menu.addEventListener('focusout', ({ relatedTarget: to }) => {
    if (to !== button && !(to instanceof Node && menu.contains(to))) close();
  });
  wear(button.getRootNode() as ShadowRoot, menuStyles);
  const chosen = (id: string): void => {
    leave();
    acts.choose(id);
  };
  const draw = (more: readonly HeaderAction[]): void => {
    render(entries([...facts.actions, ...more], facts, chosen), menu);
    if (!menu.matches(':focus-within')) menu.querySelector('button')?.focus();
  };
  button.after(menu);
  draw([]);
  // What cannot be fetched is not offered; the rest of the menu stands.
  acts.more?.().then(draw, () => facts.actions.length || close());
}

/** The entries that need no words of their own. */
const known: Record<string, { label: keyof LocaleStrings & 'talkToPerson'; icon: () => TemplateResult }> = {
  handoff: { label: 'talkToPerson', icon: handoffIcon },
};

function entries(
  actions: readonly HeaderAction[],
  { locale }: HeaderFacts,
  choose: (id: string) => void,
): TemplateResult[] {
  return actions.map(
    ({ id, label, icon, checked }) =>
      html`<button
        type="button"
        role=${checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
        aria-checked=${checked ?? nothing}
        tabindex="-1"
        @click=${() => choose(id)}
      >
        ${icon ?? known[id]?.icon() ?? nothing}${label ?? (known[id] ? locale.strings[known[id].label] : id)}${checked ? html`<span class="on">${checkIcon()}</span>` : nothing}
      </button>`,
  );
}

/** Moves the focus among the entries as `key` says; whether it said so. */
function moveFocus(key: string, menu: HTMLElement): boolean {
  const all = [...menu.querySelectorAll('button')];
  const now = all.findIndex((entry) => entry.matches(':focus'));
  const to = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: -1 }[key];
  if (to === undefined) return false;
  all.at(to % all.length)?.focus();
  return true;
}

export const menuStyles = css`
  .menu {
    position: absolute;
    inset-block-start: calc(100% - 8px);
    inset-inline-end: var(--_space-3);
    display: flex;
    flex-direction: column;
    max-block-size: min(70dvh, 28rem);
    overflow-y: auto;
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
    flex: none;
    justify-content: flex-start;
    gap: var(--_space-3);
    min-block-size: var(--_target);
    padding: var(--_space-2) var(--_space-3);
    border-radius: var(--_radius-s);
  }
  .menu .icon {
    color: var(--_muted);
  }
  .menu .on {
    margin-inline-start: auto;
  }
  @media (hover: hover) {
    .menu button:hover {
      background: color-mix(in oklab, var(--_text) 7%, transparent);
    }
  }
`;
