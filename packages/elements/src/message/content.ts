import type { CSSResult } from 'lit';
import type * as Content from '../parts/index.ts';

let here: typeof Content | undefined;
let loading: Promise<typeof Content> | undefined;

/** Fetches what draws cards, forms, players and the like, once; when it cannot be fetched, whoever asks next tries again. */
export function loadContent(): Promise<typeof Content> {
  loading ??= import('../parts/index.ts').then(
    (module) => (here = module),
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

/** What draws them, if it is here; else fetches it and calls `arrived`. */
export function content(arrived: () => void): typeof Content | undefined {
  // What cannot be fetched is asked for again with the next redraw; until then its words stand there.
  if (!here) loadContent().then(arrived, () => undefined);
  return here;
}

/** The looks of what has been drawn so far. */
export function contentStyles(): CSSResult | undefined {
  return here?.partStyles;
}
