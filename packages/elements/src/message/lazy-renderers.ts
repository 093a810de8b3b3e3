import type * as Markdown from '../markdown/index.ts';
import type * as RichParts from './rich-parts.ts';

/** What arrives when a message first needs it, so that a greeting and a few words do without. */
export interface Renderers {
  markdown: typeof Markdown;
  rich: typeof RichParts;
}

const sources: { [K in keyof Renderers]: () => Promise<Renderers[K]> } = {
  markdown: () => import('../markdown/index.ts'),
  rich: () => import('./rich-parts.ts'),
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

/** Gives a shadow root the looks of every renderer that is here, each once. */
export function wearLateStyles(root: ShadowRoot | null): void {
  for (const { styleSheet } of [here.markdown?.markdownStyles, here.rich?.richPartStyles].filter(
    (one) => !!one,
  )) {
    if (root && styleSheet && !root.adoptedStyleSheets.includes(styleSheet))
      root.adoptedStyleSheets.push(styleSheet);
  }
}
