import type { FormField, Part, Survey } from '@sahay/protocol';

/** What can be sent beside words. */
export type RichKind = 'replies' | 'card' | 'form' | 'survey';

/** A question of a form as an agent writes it. */
export interface DraftField {
  readonly key: number;
  label: string;
  kind: FormField['kind'];
  required: boolean;
  /** One option a line; only where one is chosen. */
  options: string;
}

/** What an agent has written so far. */
export interface RichDraft {
  kind: RichKind;
  /** The words above it. */
  text: string;
  /** One reply a line. */
  replies: string;
  title: string;
  subtitle: string;
  body: string;
  link: string;
  linkLabel: string;
  fields: readonly DraftField[];
  /** What is scored. */
  survey: (typeof surveyKinds)[number];
  /** What came from elsewhere and cannot be written here: it goes out as it is, below the words. */
  given?: readonly Part[] | undefined;
}

/** What can be asked, the most used first. */
export const surveyKinds = ['csat', 'nps', 'ces'] as const satisfies readonly Survey['kind'][];

/** What is missing, as the name of a text that says so. */
export type RichProblem =
  'richNoReplies' | 'richNoTitle' | 'richBadLink' | 'richNoQuestions' | 'richNoOptions';

const mostReplies = 10;

/** The kinds a question can be of, the most used first. */
export const fieldKinds = [
  'text',
  'textarea',
  'email',
  'tel',
  'number',
  'date',
  'select',
  'checkboxes',
  'checkbox',
  'rating',
  'file',
] as const satisfies readonly FormField['kind'][];

/** Whether a question of this kind has options to choose from. */
export const hasOptions = (kind: FormField['kind']): boolean => kind === 'select' || kind === 'checkboxes';

/** The first thing that keeps a draft from being sent, if anything does. */
export function richProblem(draft: RichDraft): RichProblem | undefined {
  const { kind, title, link, fields } = draft;
  if (draft.given) return undefined;
  if (kind === 'replies') return lines(draft.replies).length ? undefined : 'richNoReplies';
  if (kind === 'survey') return undefined;
  if (!title.trim()) return 'richNoTitle';
  if (kind === 'card') return link.trim() && !isWebAddress(link.trim()) ? 'richBadLink' : undefined;
  if (!fields.some(({ label }) => label.trim())) return 'richNoQuestions';
  return fields.some((field) => hasOptions(field.kind) && field.label.trim() && !lines(field.options).length)
    ? 'richNoOptions'
    : undefined;
}

/** The parts of the message. */
export function richParts(draft: RichDraft): Part[] {
  const text = draft.text.trim();
  const below = draft.given ?? [richPart(draft)];
  return text ? [{ partId: 'text', type: 'text', text }, ...below] : [...below];
}

/** What parts say, in words. */
export const wordsOf = (parts: readonly Part[] = []): string =>
  parts.map((part) => part.fallbackText ?? ('text' in part ? part.text : '')).join(' ');

/** The backend gives it its id, and says the usual words of its kind where no question is written. */
function surveyPart(survey: RichDraft['survey'], title: string): Part {
  const question = title.trim();
  return {
    partId: 'rich',
    type: 'survey',
    surveyId: 'new',
    kind: survey,
    ...(question && { question }),
    fallbackText: question || 'How was it?',
  };
}

function richPart({
  kind,
  replies,
  title,
  subtitle,
  body,
  link,
  linkLabel,
  fields,
  survey,
}: RichDraft): Part {
  const fallbackText = kind === 'replies' ? lines(replies).join(', ') : title.trim();
  const shared = { partId: 'rich', fallbackText };
  switch (kind) {
    case 'replies':
      return {
        ...shared,
        type: 'quick_replies',
        options: lines(replies)
          .slice(0, mostReplies)
          .map((label, index) => ({ id: `reply${index + 1}`, label })),
      };
    case 'card': {
      const url = link.trim();
      return {
        ...shared,
        type: 'card',
        card: {
          title: title.trim(),
          ...(subtitle.trim() && { subtitle: subtitle.trim() }),
          ...(body.trim() && { text: body.trim() }),
          ...(isWebAddress(url) && {
            actions: [
              { id: 'open', kind: 'link' as const, label: linkLabel.trim() || new URL(url).host, url },
            ],
          }),
        },
      };
    }
    case 'survey':
      return surveyPart(survey, title);
    case 'form':
      return { ...shared, type: 'form', title: title.trim(), fields: formFields(fields) };
  }
}

function formFields(drafts: readonly DraftField[]): FormField[] {
  const taken = new Set<string>();
  return drafts
    .filter(({ label }) => label.trim())
    .map(({ label, kind, required, options }) => {
      const words = label.trim();
      let name = nameOf(words, kind);
      while (taken.has(name)) name += '_';
      taken.add(name);
      return {
        name,
        label: words,
        kind,
        ...(required && { required }),
        ...(kind === 'email' && { autocomplete: 'email' }),
        ...(kind === 'tel' && { autocomplete: 'tel' }),
        ...(hasOptions(kind) && {
          options: lines(options).map((option) => ({ value: option, label: option })),
        }),
      };
    });
}

/** The same question has the same name in every form, so that what was answered once stands there already, and no other does. */
function nameOf(label: string, kind: FormField['kind']): string {
  if (kind === 'email' || kind === 'tel') return kind;
  // FNV-1a: a short name for words of any script, http://www.isthe.com/chongo/tech/comp/fnv/
  let hash = 0x811c9dc5;
  for (const letter of label.toLowerCase()) hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193);
  return `q_${(hash >>> 0).toString(36)}`;
}

const lines = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  ),
];

const isWebAddress = (text: string): boolean => /^https?:\/\/./.test(text) && URL.canParse(text);
