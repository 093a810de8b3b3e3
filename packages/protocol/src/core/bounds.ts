/**
 * What keeps a conversation's state bounded, whoever asks for more. Lengths are UTF-16 code units, times ms. What is
 * said is refused beyond its bound; what only accompanies it (a page's title, a reason) is cut.
 */
export const bounds = {
  /** How deep a command may nest; deeper ones are `invalid_command`. */
  depth: 32,
  emojiPerMessage: 20,
  participantsPerEmoji: 100,
  attributes: 50,
  attributeName: 64,
  attributeText: 1_000,
  url: 2_048,
  /** Titles of pages, contact fields. */
  line: 320,
  /** Reasons for closing, declining, failing. */
  reason: 1_000,
  /** A survey's comment, a form's field, an action's value. */
  answer: 4_000,
  /** The latest notes and traces that staff state keeps. */
  notes: 500,
  traces: 200,
  /** The latest closed conversations an inbox keeps. */
  closedEntries: 200,
  purposes: 50,
  /** How long one's own message may be edited, unless the policy says otherwise. */
  editWindow: 15 * 60_000,
} as const;

/** Cuts text to a length without splitting a surrogate pair; nothing stays nothing. */
export function cut(text: string | undefined, length: number): string | undefined {
  if (text === undefined || text.length <= length) return text;
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}
