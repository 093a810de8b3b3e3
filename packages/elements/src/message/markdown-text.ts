import { noChange } from 'lit';
import { AsyncDirective } from 'lit/async-directive.js';
import { directive, type ChildPart, type PartInfo } from 'lit/directive.js';
import type { LocaleStrings } from '../locales/locale-strings.ts';
import type { MarkdownStream } from '../markdown/markdown-stream.ts';

type Renderer = typeof import('../markdown/index.ts');

let renderer: Renderer | undefined;
let arriving: Promise<Renderer> | undefined;

/** Fetches the Markdown renderer, once. It is asked for again after a failure: until then the text stands as it was written. */
export function loadMarkdown(): Promise<Renderer> {
  arriving ??= import('../markdown/index.ts').then(
    (module) => (renderer = module),
    (error: unknown) => {
      arriving = undefined;
      throw error;
    },
  );
  return arriving;
}

/** The shadow root the directive draws into, which must wear the renderer's styles. */
function wearStyles(part: ChildPart, { markdownStyles }: Renderer): void {
  const root = (part.options?.host as { shadowRoot?: ShadowRoot | null } | undefined)?.shadowRoot;
  const sheet = markdownStyles.styleSheet;
  if (root && sheet && !root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}

/** Text in Markdown that may still grow; keeps its parser, so that a token costs the same at the end as at the start. */
class MarkdownText extends AsyncDirective {
  readonly #part: ChildPart;
  #stream: MarkdownStream | undefined;
  #current: [text: string, ended: boolean, strings: LocaleStrings] | undefined;

  constructor(part: PartInfo) {
    super(part);
    this.#part = part as ChildPart;
  }

  render(text: string, ended: boolean, strings: LocaleStrings): unknown {
    const [lastText, lastEnded, lastStrings] = this.#current ?? [];
    if (text === lastText && ended === lastEnded && strings === lastStrings) return noChange;
    this.#current = [text, ended, strings];
    if (renderer) return this.#draw(renderer);
    loadMarkdown().then(
      (module) => this.isConnected && this.setValue(this.#draw(module)),
      // The renderer could not be fetched: the text stays readable as it is, and the next change tries again.
      () => undefined,
    );
    return text;
  }

  #draw(module: Renderer): unknown {
    const [text, ended, strings] = this.#current!;
    wearStyles(this.#part, module);
    this.#stream ??= new module.MarkdownStream();
    this.#stream.update(text);
    if (ended) this.#stream.end();
    return module.renderMarkdown(this.#stream.blocks, { strings });
  }
}

export const markdownText = directive(MarkdownText);
