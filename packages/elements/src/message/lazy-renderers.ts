import type { CSSResult } from 'lit';
import type * as ComposerExtras from '../composer/composer-extras.ts';
import type * as ConversationBanner from '../chat/conversation-banner.ts';
import type * as HeaderMenu from '../header/header-menu.ts';
import type * as Markdown from '../markdown/index.ts';
import type * as RichParts from './rich-parts.ts';

/** What arrives when it is first needed, so that a greeting and a few words do without. */
export interface Renderers {
  markdown: typeof Markdown;
  rich: typeof RichParts;
  menu: typeof HeaderMenu;
  extras: typeof ComposerExtras;
  banner: typeof ConversationBanner;
}

const sources: { [K in keyof Renderers]: () => Promise<Renderers[K]> } = {
  markdown: () => import('../markdown/index.ts'),
  rich: () => import('./rich-parts.ts'),
  menu: () => import('../header/header-menu.ts'),
  extras: () => import('../composer/composer-extras.ts'),
  banner: () => import('../chat/conversation-banner.ts'),
};
const here: Partial<Renderers> = {};
const arriving: { [K in keyof Renderers]?: Promise<void> | undefined } = {};

/**
 * The renderer if it is here; else fetches it and calls `arrived`. When it cannot be fetched, whoever asks next tries again: until
 * then a message shows its plain words.
 */
export function renderer<K extends keyof Renderers>(name: K, arrived: () => void): Renderers[K] | undefined {
  const found = here[name];
  if (found) return found;
  arriving[name] ??= sources[name]().then((module) => {
    here[name] = module;
  });
  arriving[name].then(arrived, () => (arriving[name] = undefined));
  return undefined;
}

/** Gives a shadow root the looks of what has arrived, once. */
export function wear(root: ShadowRoot | null, looks: CSSResult | undefined): void {
  const sheet = looks?.styleSheet;
  if (root && sheet && !root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}

/** Gives a shadow root the looks of people's faces, if there has been one to draw. */
export function wearFaces(root: ShadowRoot | null): void {
  wear(root, here.rich?.personStyles);
}

/** Gives a transcript the looks of all that its messages needed so far. */
export function wearLateStyles(root: ShadowRoot | null): void {
  wearFaces(root);
  wear(root, here.markdown?.markdownStyles);
  wear(root, here.rich?.buttons);
  wear(root, here.rich?.richPartStyles);
}
