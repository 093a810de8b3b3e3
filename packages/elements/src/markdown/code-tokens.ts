/** A piece of code, and what it is; absent for what is nothing special. */
export interface CodeToken {
  kind?: 'comment' | 'string' | 'number' | 'keyword' | undefined;
  text: string;
}

const hash = new Set([
  'py',
  'python',
  'rb',
  'ruby',
  'sh',
  'bash',
  'shell',
  'yaml',
  'yml',
  'toml',
  'ini',
  'r',
  'dockerfile',
  'make',
]);
const dashes = new Set(['sql', 'lua', 'haskell', 'hs']);
const marked = new Set(['html', 'xml', 'svg', 'vue', 'svelte']);
const keywords = new Set(
  (
    'abstract and as assert async await begin bool boolean break byte case catch char class const continue crate def default defer del ' +
    'delete do double elif else elseif end enum except export extends extern false final finally float fn for foreach from func function ' +
    'go goto group if impl implements import in include instanceof int interface into is join lambda let limit local long match mod ' +
    'module mut namespace new nil none not null of on or order package pass private protected pub public raise readonly require return ' +
    'satisfies select self set short static string struct super switch table then this throw throws trait true try type typeof ' +
    'undefined union unless unsafe unsigned until update use using values var void when where while with yield'
  ).split(' '),
);

/** One pattern for comments, strings, numbers and words; none of its branches looks further than it takes. */
function patternFor(language: string): RegExp {
  const comment = marked.has(language)
    ? '<!--[^]*?(?:-->|$)'
    : hash.has(language)
      ? '#[^\\n]*'
      : dashes.has(language)
        ? '--[^\\n]*'
        : '//[^\\n]*|/\\*[^]*?(?:\\*/|$)';
  const string = '"(?:\\\\[^]|[^"\\\\\\n])*"?|\'(?:\\\\[^]|[^\'\\\\\\n])*\'?|`(?:\\\\[^]|[^`\\\\])*`?';
  return new RegExp(`(${comment})|(${string})|(\\b\\d[\\w.]*)|([\\p{L}_$][\\p{L}\\p{N}_$]*)`, 'gu');
}

/**
 * Code in the pieces that deserve a colour. It knows no grammar: comments, strings, numbers and the usual keywords are found in any
 * language alike, in time that grows with the code's length alone.
 *
 * @example codeTokens('let a = 1', 'js') // [{ kind: 'keyword', text: 'let' }, { text: ' a = ' }, { kind: 'number', text: '1' }]
 */
export function codeTokens(code: string, language: string): CodeToken[] {
  const tokens: CodeToken[] = [];
  let end = 0;
  for (const match of code.matchAll(patternFor(language.toLowerCase()))) {
    const [text, comment, string, number, word] = match;
    const kind = comment
      ? 'comment'
      : string
        ? 'string'
        : number
          ? 'number'
          : keywords.has(word!.toLowerCase())
            ? 'keyword'
            : undefined;
    if (!kind) continue;
    if (match.index > end) tokens.push({ text: code.slice(end, match.index) });
    tokens.push({ kind, text });
    end = match.index + text.length;
  }
  if (end < code.length) tokens.push({ text: code.slice(end) });
  return tokens;
}
