import type { CSSResult } from 'lit';
import type * as ComposerTools from '../composer/tools/composer-tools.ts';
import type * as ComposerExtras from '../composer/composer-extras.ts';
import type * as Around from '../around/index.ts';
import type * as Later from '../chat/later.ts';
import type * as Voice from '../chat/voice.ts';
import type * as HeaderMenu from '../header/header-menu.ts';
import type * as Tools from '../message-tools/list-tools.ts';
import type * as Long from '../message-list/row-window.ts';
import type * as Markdown from '../markdown/index.ts';
import type * as PreChat from '../pre-chat/index.ts';
import type * as RichParts from './rich-parts.ts';

/** What arrives when it is first needed, so that a greeting and a few words do without. */
export interface Renderers {
  markdown: typeof Markdown;
  rich: typeof RichParts;
  menu: typeof HeaderMenu;
  extras: typeof ComposerExtras;
  later: typeof Later;
  around: typeof Around;
  begin: typeof PreChat;
  voice: typeof Voice;
  long: typeof Long;
  tools: typeof Tools;
  composer: typeof ComposerTools;
}

/** Once what is about to be painted has been, or soon where nothing is: what can wait must not hold it up. */
const painted = (): Promise<unknown> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 100);
  });

const sources: { [K in keyof Renderers]: () => Promise<Renderers[K]> } = {
  markdown: () => import('../markdown/index.ts'),
  rich: () => import('./rich-parts.ts'),
  menu: () => import('../header/header-menu.ts'),
  extras: () => import('../composer/composer-extras.ts'),
  later: () => painted().then(() => import('../chat/later.ts')),
  around: () => import('../around/index.ts'),
  begin: () => import('../pre-chat/index.ts'),
  voice: () => painted().then(() => import('../chat/voice.ts')),
  long: () => painted().then(() => import('../message-list/row-window.ts')),
  tools: () => painted().then(() => import('../message-tools/list-tools.ts')),
  composer: () => painted().then(() => import('../composer/tools/composer-tools.ts')),
};
const here: Partial<Renderers> = {};
const loading: { [K in keyof Renderers]?: Promise<Renderers[K]> | undefined } = {};

/** Fetches a part, once; when it cannot be fetched, whoever asks next tries again. */
export function load<K extends keyof Renderers>(name: K): Promise<Renderers[K]> {
  const source: () => Promise<Renderers[K]> = sources[name];
  const all = loading as Record<K, Promise<Renderers[K]> | undefined>;
  return (all[name] ??= source().then(
    (module) => (here[name] = module),
    (error: unknown) => {
      all[name] = undefined;
      throw error;
    },
  ));
}

/** The renderer if it is here; else fetches it and calls `arrived`. Until then a message shows its plain words. */
export function renderer<K extends keyof Renderers>(name: K, arrived: () => void): Renderers[K] | undefined {
  // What cannot be fetched is asked for again with the next redraw.
  if (!here[name]) load(name).then(arrived, () => undefined);
  return here[name];
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
  wear(root, here.rich?.contentStyles());
}
