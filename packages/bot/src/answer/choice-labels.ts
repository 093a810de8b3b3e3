import type { Article } from '../knowledge/article.ts';

const plain = (title: string): string => title.trim().toLowerCase();

/** The parts of an article's path as words: `en/billing/cancel-plan` gives `En`, `Billing`, `Cancel plan`. */
function steps({ id }: Article): string[] {
  return id.split('/').map((part) => {
    const words = part.replace(/[-_]+/gu, ' ').trim();
    return words.charAt(0).toUpperCase() + words.slice(1);
  });
}

/**
 * What the visitor reads on each choice: the article's title, and where several have the same one, what their paths differ by. Two
 * choices that read alike could neither be told apart by her nor, once she has said one, by the bot.
 *
 * @example choiceLabels(articles) // ['How do I cancel? (Billing)', 'How do I cancel? (Orders)']
 */
export function choiceLabels(articles: readonly Article[]): string[] {
  return articles.map((article) => {
    const alike = articles.filter(({ title }) => plain(title) === plain(article.title));
    if (alike.length === 1) return article.title;
    const others = alike.filter(({ id }) => id !== article.id).map(steps);
    const own = steps(article).filter((step) => !others.every((other) => other.includes(step)));
    return own.length === 0 ? article.title : `${article.title} (${own.join(', ')})`;
  });
}
