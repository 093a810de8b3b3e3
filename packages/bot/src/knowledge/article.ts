/** A part of an article under one heading; the part before the first heading has the heading `''`. */
export interface Section {
  readonly heading: string;
  /** What the section says, without any markup. */
  readonly text: string;
  /** The same as Markdown that is safe to show: no raw HTML, template tags or links that lead nowhere. */
  readonly markdown: string;
}

/** One help article, as the bot searches and quotes it. */
export interface Article {
  /** The path without its extension, for example `en/billing/refunds`. */
  readonly id: string;
  readonly path: string;
  /** BCP 47 language tag, for example `en` or `pt-BR`. */
  readonly lang: string;
  readonly title: string;
  /** Where people can read the whole article, when its front matter says so; absolute http(s). */
  readonly url?: string;
  readonly sections: readonly Section[];
  /** The first paragraph as plain text, `''` in an article without one. */
  readonly firstParagraph: string;
  /** Ways in which visitors may ask for this article, from `phrasings` or `questions` in the front matter. */
  readonly phrasings: readonly string[];
}

/** Something wrong with an article, for the person who keeps the articles. Nothing is thrown for it. */
export interface KnowledgeProblem {
  readonly path: string;
  /** 1-based line in the file, when the problem has a place. */
  readonly line?: number;
  /** What happened, why, and what to do. */
  readonly message: string;
}

/** An article file, parsed; `article` is missing only when the file holds nothing to answer with. */
export interface ParsedArticle {
  readonly article?: Article;
  readonly problems: readonly KnowledgeProblem[];
}

/** An article file as it was read. Bytes are decoded as UTF-8 (or UTF-16 when a byte order mark says so). */
export interface ArticleFile {
  /** Path inside the knowledge base, with `/` between folders, for example `en/billing/refunds.md`. */
  readonly path: string;
  readonly text: string | Uint8Array;
}
