import type { FormField, Part } from '@sahay/protocol';
import { richParts, type DraftField, type RichDraft } from './rich-draft.ts';

const empty = {
  kind: 'replies',
  text: '',
  replies: '',
  title: '',
  subtitle: '',
  body: '',
  link: '',
  linkLabel: '',
  fields: [],
  survey: 'csat',
} as const satisfies RichDraft;

/**
 * What an agent would have written to send these parts, the way back of `richParts`. What cannot be written in the dialog is kept as
 * it is, so that nothing is lost of what another program made.
 */
export function draftOf(parts: readonly Part[]): RichDraft {
  const [part, ...more] = parts;
  const draft = part && !more.length ? written(part) : undefined;
  const same = draft && JSON.stringify(richParts(draft)) === JSON.stringify(parts);
  return same ? draft : { ...empty, given: parts };
}

function written(part: Part): RichDraft | undefined {
  switch (part.type) {
    case 'quick_replies':
      return { ...empty, replies: part.options.map(({ label }) => label).join('\n') };
    case 'card': {
      const { title, subtitle = '', text = '', actions: [action] = [] } = part.card;
      const { url = '', label = '' } = action ?? {};
      return { ...empty, kind: 'card', title, subtitle, body: text, link: url, linkLabel: label };
    }
    case 'form':
      return { ...empty, kind: 'form', title: part.title ?? '', fields: part.fields.map(fieldOf) };
    default:
      return undefined;
  }
}

const fieldOf = ({ label, kind, required = false, options = [] }: FormField, key: number): DraftField => ({
  key,
  label,
  kind,
  required,
  options: options.map((option) => option.label).join('\n'),
});
