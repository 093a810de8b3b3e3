import type { CitationDetail } from '../message/row-context.ts';
import { safeUrl } from '../message/safe-url.ts';
import { showPanel } from '../panel/show-panel.ts';
import type { ChatRoom } from './later.ts';
import { defineArticle } from './lazy-parts.ts';

/** Opens a source: an article over the conversation, which rests meanwhile; anything else in a tab of its own. */
export async function followSource(source: CitationDetail, room: ChatRoom): Promise<void> {
  if (!source.articleId) {
    const url = safeUrl(source.url, 'link');
    if (url) window.open(url, '_blank', 'noopener');
    return;
  }
  await defineArticle();
  const article = Object.assign(document.createElement('sahay-article'), { client: room.client, source });
  showPanel(room, article);
}
