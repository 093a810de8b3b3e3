import type { SupportClient } from '@sahay/client';
import { css, html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { arrowBackIcon, externalLinkIcon } from '../icons/late-icons.ts';
import { SahayElement } from '../internal/sahay-element.ts';
import { completeEnglish } from '../locales/complete-english.ts';
import { markdownStyles } from '../markdown/markdown.styles.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import type { CitationDetail } from '../message/row-context.ts';
import { safeUrl } from '../message/safe-url.ts';
import { base } from '../theme/base.ts';
import { controls } from '../theme/controls.ts';
import { tokens } from '../theme/tokens.ts';

completeEnglish();

/** What `GET /v1/articles/{id}` answers. */
interface ShownArticle {
  title: string;
  lang: string;
  markdown: string;
  url?: string | undefined;
}

/**
 * An article of the knowledge base, to be read inside the window.
 *
 * @fires {CustomEvent} sahay-back - The reader wants to go back.
 * @csspart article - The article.
 */
export class SahayArticle extends SahayElement {
  static override styles = [
    tokens,
    base,
    controls,
    markdownStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        background: var(--_raised);
      }
      header {
        display: flex;
        align-items: center;
        gap: var(--_space-1);
        min-block-size: 68px;
        padding: var(--_space-2);
        border-block-end: 1px solid var(--_border);
      }
      h2 {
        flex: 1;
        min-inline-size: 0;
        margin: 0;
        overflow: hidden;
        font-size: var(--_text-m);
        font-weight: 600;
        line-height: 1.35;
        text-overflow: ellipsis;
        display: -webkit-box;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
      }
      .scroller {
        flex: 1;
        min-block-size: 0;
        overflow: hidden auto;
        overscroll-behavior: contain;
        padding: var(--_space-4) 20px var(--_space-6);
        overflow-wrap: anywhere;
      }
      article {
        max-inline-size: 65ch;
        margin-inline: auto;
      }
      .skeleton {
        display: grid;
        gap: var(--_space-3);
      }
      .skeleton i {
        block-size: 1em;
        border-radius: var(--_radius-s);
        background: color-mix(in oklab, var(--_text) 7%, transparent);
      }
      .skeleton i:last-child {
        inline-size: 60%;
      }
      p {
        margin: 0 0 var(--_space-3);
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    client: { attribute: false },
    source: { attribute: false },
    article: { state: true, attribute: false },
    failed: { state: true, attribute: false },
  };

  /** Through whom the article is fetched. */
  client: SupportClient | undefined;
  /** Which article. */
  source: CitationDetail | undefined;

  private get back(): HTMLElement | null | undefined {
    return this.shadowRoot?.querySelector<HTMLElement>('button');
  }
  private article: ShownArticle | undefined;
  private failed = false;

  constructor() {
    super();
    this.addEventListener('keydown', this.#pressed);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.role ??= 'region';
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('source')) void this.#load();
  }

  protected override firstUpdated(): void {
    this.back?.focus();
  }

  protected override updated(): void {
    this.ariaLabel = this.article?.title ?? this.source?.title ?? null;
  }

  async #load(): Promise<void> {
    const { source, client } = this;
    this.article = undefined;
    this.failed = false;
    if (!source?.articleId || !client) return;
    try {
      const path = `/v1/articles/${encodeURIComponent(source.articleId)}?locale=${encodeURIComponent(this.localeTag)}`;
      const article = (await (await client.fetch(path)).json()) as ShownArticle;
      if (source === this.source) this.article = article;
    } catch {
      // Whatever the reason, the reader's choices are the same: try again, or go back.
      if (source === this.source) this.failed = true;
    }
  }

  protected override render(): TemplateResult {
    const { strings } = this.localized;
    const url = safeUrl(this.article?.url ?? this.source?.url, 'link');
    return html`<header>
        <button type="button" class="icon-button" aria-label=${strings.back} @click=${() => this.#leave()}>
          ${arrowBackIcon()}
        </button>
        <h2 dir="auto">${this.article?.title ?? this.source?.title}</h2>
        ${
          url
            ? html`<a
                class="icon-button"
                href=${url}
                target="_blank"
                rel="noopener noreferrer"
                aria-label=${strings.opensInNewTab}
                >${externalLinkIcon()}</a
              >`
            : nothing
        }
      </header>
      <div class="scroller" tabindex="0" role="group" aria-label=${this.source?.title ?? ''}>
        ${this.#body()}
      </div>`;
  }

  #body(): TemplateResult {
    const { strings } = this.localized;
    if (this.failed) {
      return html`<p role="alert">${strings.errorUnknown}</p>
        <button type="button" class="button" @click=${() => this.#load()}>${strings.tryAgain}</button>`;
    }
    if (!this.article) {
      return html`<div class="skeleton" aria-busy="true">
        <span class="hidden-visually">${strings.loading}</span><i></i><i></i><i></i><i></i>
      </div>`;
    }
    const { markdown, lang } = this.article;
    return html`<article part="article" lang=${lang} dir="auto">
      ${renderMarkdown(markdown, { strings })}
    </article>`;
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    this.#leave();
  };

  #leave(): void {
    this.dispatchEvent(new CustomEvent('sahay-back', { bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-article': SahayArticle;
  }
}
