import type { Participant } from '@sahay/protocol';
import { html, type TemplateResult } from 'lit';
import { ownPicture } from './safe-url.ts';

const tints = 5;
const latin = /\p{Script=Latin}/u;
const otherThanLatin = /(?!\p{Script=Latin})\p{L}/u;
/** Letters that join into a word. */
const joining = /\p{Script=Arabic}/u;

/**
 * Up to two letters that stand for a name; whole graphemes, so that Bengali keeps its vowel signs. One alone where two cannot be read side
 * by side: of two scripts, or of one whose letters join.
 */
export function initials(name: string): string {
  // Marks that isolate one direction within the other stand for nothing to be seen.
  const words = name
    .replace(/[\u2066-\u2069]/g, '')
    .trim()
    .split(/\s+/);
  const letters = [...new Set([words[0]!, words.at(-1)!])].map((word) =>
    firstGrapheme(word).toLocaleUpperCase(),
  );
  const together = letters.join('');
  return joining.test(together) || (latin.test(together) && otherThanLatin.test(together))
    ? letters.at(-1)!
    : together;
}

function firstGrapheme(word: string): string {
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return segmenter.segment(word)[Symbol.iterator]().next().value?.segment ?? '';
}

function tintOf(id: string): number {
  let hash = 0;
  for (const character of id) hash = (hash * 31 + character.codePointAt(0)!) >>> 0;
  return (hash % tints) + 1;
}

/** A person's picture or initials; decoration, since the name stands beside it. */
export function personFace({ id, name, avatarUrl }: Participant): TemplateResult {
  const picture = ownPicture(avatarUrl);
  return html`<span class="avatar" data-tint=${tintOf(id)} aria-hidden="true"
    >${picture ? html`<img src=${picture} alt="" referrerpolicy="no-referrer" />` : initials(name ?? '·')}</span
  >`;
}
