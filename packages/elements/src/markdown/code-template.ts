import { html, nothing, type TemplateResult } from 'lit';
import { writeClipboard } from '../internal/write-clipboard.ts';
import { highlighted } from './highlighted.ts';
import type { MarkdownOptions } from './markdown-options.ts';
import type { CodeBlock } from './tree.ts';

/** How long the button says "Copied", in milliseconds. */
const copiedFor = 2000;

async function copyCode(event: Event, options: MarkdownOptions): Promise<void> {
  const button = event.currentTarget as HTMLElement;
  const code = button.closest('figure')?.querySelector('code');
  if (!code) return;
  const copied = await writeClipboard(code.textContent.replace(/\n$/, ''));
  if (copied) {
    button.toggleAttribute('data-copied', true);
    setTimeout(() => button.removeAttribute('data-copied'), copiedFor);
  } else {
    getSelection()?.selectAllChildren(code);
  }
  options.onCopy?.(copied);
}

/** Draws a code block with the name of its language and a button that copies it. Code always reads left to right. */
export function codeTemplate(block: CodeBlock, options: MarkdownOptions): TemplateResult {
  const { strings } = options;
  return html`<figure class="code-block" part="code-block" dir="ltr">
    <figcaption>
      ${block.language ? html`<span part="code-language">${block.language}</span>` : nothing}
      <button type="button" part="copy-button" @click=${(event: Event) => copyCode(event, options)}>
        <span class="before-copy">${strings.copy}</span><span class="after-copy">${strings.copied}</span>
      </button>
    </figcaption>
    <pre
      tabindex="0"
      role="group"
      aria-label=${strings.codeBlock}
    ><code>${highlighted(block.text, block.language)}</code></pre>
  </figure>`;
}
