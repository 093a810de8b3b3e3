import { css } from 'lit';
import { rememberFocus } from '../internal/focus.ts';
import { wear } from '../message/lazy-renderers.ts';

const frame = css`
  .over {
    position: absolute;
    inset: 0;
    z-index: 2;
    transition:
      opacity var(--_base),
      translate var(--_base) var(--_ease);
    @starting-style {
      opacity: 0;
      translate: 0 12px;
    }
  }
`;

/** Where a view is laid over, and what to do when it cannot be. */
export interface PanelPlace {
  readonly root: ShadowRoot;
  /** Who gets the focus afterwards when the one who had it has gone. */
  readonly composer: HTMLElement | null;
}

/**
 * Lays a view over the window, which rests meanwhile; `sahay-back` takes it away again and gives the focus back.
 *
 * @returns what takes it away
 */
export function showPanel({ root, composer }: PanelPlace, panel: HTMLElement): () => void {
  const giveBack = rememberFocus();
  const resting = root.querySelector<HTMLElement>('.window')!;
  const close = (): void => {
    panel.remove();
    resting.inert = false;
    giveBack(composer ?? undefined);
  };
  panel.classList.add('over');
  panel.addEventListener('sahay-back', (event) => {
    event.stopPropagation();
    close();
  });
  wear(root, frame);
  resting.inert = true;
  root.append(panel);
  return close;
}
