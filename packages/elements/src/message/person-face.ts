import type { Participant } from '@sahay/protocol';
import { html, type TemplateResult } from 'lit';
import { ownPicture } from './safe-url.ts';

const tints = 5;

/** Up to two letters that stand for a name; whole graphemes, so that Bengali keeps its vowel signs. */
export function initials(name: string): string {
  // Marks that isolate one direction within the other stand for nothing to be seen.
  const words = name
    .replace(/[\u2066-\u2069]/g, '')
    .trim()
    .split(/\s+/);
  const chosen = words.length > 1 ? [words[0]!, words.at(-1)!] : words;
  return chosen.map((word) => firstGrapheme(word).toLocaleUpperCase()).join('');
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
