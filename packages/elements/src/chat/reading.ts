import { css } from 'lit';
import { rememberFocus } from '../internal/focus.ts';
import { wear } from '../message/lazy-renderers.ts';
import type { CitationDetail } from '../message/row-context.ts';
import { safeUrl } from '../message/safe-url.ts';
import type { ChatRoom } from './later.ts';
import { defineArticle } from './lazy-parts.ts';

const frame = css`
  sahay-article {
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

/** Opens a source: an article over the conversation, which rests meanwhile; anything else in a tab of its own. */
export function followSource(source: CitationDetail, { root, client, composer, failed }: ChatRoom): void {
  if (!source.articleId) {
    const url = safeUrl(source.url, 'link');
    if (url) window.open(url, '_blank', 'noopener');
    return;
  }
  const giveBack = rememberFocus();
  const resting = root.querySelector<HTMLElement>('.window')!;
  const article = Object.assign(document.createElement('sahay-article'), { client, source });
  const close = (): void => {
    article.remove();
    resting.inert = false;
    giveBack(composer ?? undefined);
  };
  article.addEventListener('sahay-back', close);
  wear(root, frame);
  resting.inert = true;
  root.append(article);
  defineArticle().catch((error: unknown) => {
    close();
    failed(error);
  });
}
