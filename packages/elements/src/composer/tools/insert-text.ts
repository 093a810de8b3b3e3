import type { SahayComposer } from '../composer.ts';

/** Puts text where the cursor is, or in place of what is selected, as if it had been typed. */
export function insertText(composer: SahayComposer, text: string, from?: number): void {
  const field = fieldOf(composer);
  if (!field) return;
  field.setRangeText(text, from ?? field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}

/** The text area of a composer, while something can be written. */
export const fieldOf = (composer: SahayComposer): HTMLTextAreaElement | null =>
  composer.shadowRoot!.querySelector('textarea');
