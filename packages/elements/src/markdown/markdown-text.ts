import { noChange } from 'lit';
import { Directive, directive } from 'lit/directive.js';
import type { LocaleStrings } from '../locales/locale-strings.ts';
import { MarkdownStream } from './markdown-stream.ts';
import { renderMarkdown } from './render-markdown.ts';

/** Text in Markdown that may still grow; keeps its parser, so that a token costs the same at the end as at the start. */
class MarkdownText extends Directive {
  #stream: MarkdownStream | undefined;
  #ended = false;
  #strings: LocaleStrings | undefined;

  render(text: string, ended: boolean, strings: LocaleStrings): unknown {
    if (text === this.#stream?.text && ended === this.#ended && strings === this.#strings) return noChange;
    this.#stream ??= new MarkdownStream();
    this.#stream.update(text);
    if (ended) this.#stream.end();
    this.#ended = ended;
    this.#strings = strings;
    return renderMarkdown(this.#stream.blocks, { strings });
  }
}

export const markdownText = directive(MarkdownText);
