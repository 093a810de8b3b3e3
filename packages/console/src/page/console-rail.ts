import {
  chartIcon,
  chatIcon,
  inboxIcon,
  moonIcon,
  personAddIcon,
  settingsIcon,
  signOutIcon,
  sunIcon,
} from '@sahay/elements/icons';
import { authorFace, type ColorScheme, type Locale } from '@sahay/elements/internal';
import type { Participant } from '@sahay/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import type { ConsoleStrings } from '../locales/console-strings.ts';
import type { Route } from './route.ts';

/** What the rail's buttons ask for. */
export type RailAction =
  'inbox' | 'insights' | 'settings' | 'add-colleague' | 'sign-out' | { scheme: ColorScheme };

/** What the rail shows. */
export interface RailState {
  words: Locale<ConsoleStrings>;
  page: Route['page'];
  scheme: ColorScheme;
  /** How many wait, in the digits of the language; empty when nobody does. */
  waiting: string;
  agent: Participant | undefined;
}

const next: Readonly<Record<ColorScheme, ColorScheme>> = { auto: 'light', light: 'dark', dark: 'auto' };

/** The way between inbox and insights, and what concerns the agent herself. */
export function consoleRail(state: RailState, act: (action: RailAction) => void): TemplateResult {
  const { words, page, scheme, waiting, agent } = state;
  const { strings } = words;
  const schemes = { auto: strings.themeAuto, light: strings.themeLight, dark: strings.themeDark };
  const place = (name: Route['page'], label: string, icon: TemplateResult, count = '') =>
    html`<button
      type="button"
      class="place"
      aria-current=${page === name ? 'page' : 'false'}
      @click=${() => act(name)}
    >
      <span class="mark">${icon}${count ? html`<b>${count}</b>` : nothing}</span>
      <span class="label">${label}</span>
    </button>`;
  const tool = (action: RailAction, label: string, icon: TemplateResult) =>
    html`<button type="button" class="tool" aria-label=${label} title=${label} @click=${() => act(action)}>
      ${icon}
    </button>`;
  return html`<nav aria-label=${strings.navigation}>
    <span class="brand">${chatIcon()}</span>
    ${place('inbox', strings.inbox, inboxIcon(), waiting)} ${place('insights', strings.insights, chartIcon())}
    ${place('settings', strings.settings, settingsIcon())}
    <span class="gap"></span>
    ${tool('add-colleague', strings.addColleague, personAddIcon())}
    ${tool(
      { scheme: next[scheme] },
      `${strings.theme}: ${schemes[scheme]}`,
      scheme === 'dark' ? moonIcon() : sunIcon(),
    )}
    ${tool('sign-out', strings.signOut, signOutIcon())}
    ${agent ? html`<span class="me" title=${agent.name ?? ''}>${authorFace(agent)}</span>` : nothing}
  </nav>`;
}
