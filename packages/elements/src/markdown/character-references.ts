/** The named references people and models do write (of HTML's 2,125); any other stays as it was typed. */
const named: Record<string, string> = {
  amp: '&',
  apos: "'",
  bull: '•',
  cent: '¢',
  copy: '©',
  darr: '↓',
  deg: '°',
  divide: '÷',
  euro: '€',
  frac12: '½',
  ge: '≥',
  gt: '>',
  hellip: '…',
  laquo: '«',
  larr: '←',
  ldquo: '“',
  le: '≤',
  lsquo: '‘',
  lt: '<',
  mdash: '—',
  middot: '·',
  minus: '−',
  nbsp: '\u00a0',
  ndash: '–',
  ne: '≠',
  para: '¶',
  plusmn: '±',
  pound: '£',
  quot: '"',
  raquo: '»',
  rarr: '→',
  rdquo: '”',
  reg: '®',
  rsquo: '’',
  sect: '§',
  times: '×',
  trade: '™',
  uarr: '↑',
  yen: '¥',
};

const reference = /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-zA-Z][a-zA-Z\d]{1,31}));/y;

function fromCodePoint(code: number): string {
  return code === 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)
    ? '\ufffd'
    : String.fromCodePoint(code);
}

/** Reads the character reference at `position`; nothing when there is none that we know. */
export function characterReference(
  text: string,
  position: number,
): { value: string; end: number } | undefined {
  reference.lastIndex = position;
  const [match, decimal, hex, name] = reference.exec(text) ?? [];
  if (!match) return undefined;
  const value = name
    ? Object.hasOwn(named, name)
      ? named[name]
      : undefined
    : fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex!, 16));
  return value === undefined ? undefined : { value, end: position + match.length };
}

/** Text without backslash escapes and character references, as link destinations and code labels are read. */
export function unescapeText(text: string): string {
  return text.replace(/\\([!-/:-@[-`{-~])|&#?\w+;/g, (match, escaped: string | undefined) =>
    escaped !== undefined ? escaped : (characterReference(match, 0)?.value ?? match),
  );
}
