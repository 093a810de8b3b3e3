import { createHash } from 'node:crypto';
import { CHOICES, type Article } from '@sahay/bot';
import type { Message, QuickRepliesPart, QuickReply } from '@sahay/protocol';

/**
 * A quick reply's id stands for what it means to the bot, such as `article:en/refunds`: what is sent when it is tapped
 * is its label, in the visitor's own words, and the meaning is found again by the label and this id.
 */
export const choiceIdOf = (value: string): string =>
  /^[\w.-]{1,60}$/.test(value)
    ? value
    : `c_${createHash('sha256').update(value).digest('base64url').slice(0, 22)}`;

/** A quick reply that asks for an article. */
export const replyForArticle = ({ id, title }: Pick<Article, 'id' | 'title'>): QuickReply => ({
  id: choiceIdOf(`article:${id}`),
  label: title,
});

/** Finds out which option of the last question a visitor's words pick. */
export class ChoiceReader {
  readonly #values: ReadonlyMap<string, string>;

  constructor(articles: readonly Pick<Article, 'id'>[]) {
    const values = [...Object.values(CHOICES), ...articles.map(({ id }) => `article:${id}`)];
    this.#values = new Map(values.map((value) => [choiceIdOf(value), value]));
  }

  /** @param asked the support side's latest message */
  valueOf(text: string, asked: Message | undefined): string | undefined {
    const replies = asked?.parts.find((part): part is QuickRepliesPart => part.type === 'quick_replies');
    const picked = replies?.options.find(({ label, value }) => (value ?? label).trim() === text.trim());
    return picked && this.#values.get(picked.id);
  }
}
