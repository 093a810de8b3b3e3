import type { Message, Transcript } from '@sahay/protocol';
import { messagesIn, saidIn } from './messages-in.ts';

/** How a transcript can be had, beside JSON. */
export type ReadableFormat = 'html' | 'text';

interface Words {
  title: string;
  withheld: string;
  gone: string;
  check: string;
  roles: Record<Message['author']['role'], string>;
}

/** Every language that is complete. */
const words: Readonly<Record<string, Words>> = {
  en: {
    title: 'Conversation',
    withheld: 'Erased, or no longer in the log: ',
    gone: '(taken back)',
    check:
      'Times are UTC. Whether anything above was changed is checked by: sahay-server verify-transcript <file>',
    roles: { visitor: 'Visitor', agent: 'Agent', bot: 'Assistant', system: 'Notice' },
  },
  bn: {
    title: 'কথোপকথন',
    withheld: 'মুছে ফেলা হয়েছে, বা আর লগে নেই: ',
    gone: '(ফিরিয়ে নেওয়া হয়েছে)',
    check: 'সময় ইউটিসিতে। ওপরের কিছু বদলানো হয়েছে কি না যাচাই করুন: sahay-server verify-transcript <file>',
    roles: { visitor: 'দর্শনার্থী', agent: 'এজেন্ট', bot: 'সহকারী', system: 'বিজ্ঞপ্তি' },
  },
  ar: {
    title: 'محادثة',
    withheld: 'محذوف أو لم يعد في السجل: ',
    gone: '(تم سحبها)',
    check: 'الأوقات بالتوقيت العالمي. للتحقق من عدم تغيير ما سبق: sahay-server verify-transcript <file>',
    roles: { visitor: 'الزائر', agent: 'الموظف', bot: 'المساعد', system: 'إشعار' },
  },
};

const begins = '-----BEGIN SAHAY TRANSCRIPT-----';
const ends = '-----END SAHAY TRANSCRIPT-----';
const lineLength = 76;

/**
 * Writes a transcript down for people, with the transcript itself at the end: the same one always gives the same bytes, so
 * that a file in which only the readable part was changed is told from a whole one. Times are UTC and written without the
 * platform's formats, which change with its version.
 */
export function renderTranscript(transcript: Transcript, format: ReadableFormat, locale: string): string {
  const language = languageOf(locale);
  const { messages, withheld } = messagesIn(transcript);
  const lines = messages.map((message) => lineOf(message, language));
  const chain = { language, transcript };
  return format === 'html' ? htmlOf(lines, withheld, chain) : textOf(lines, withheld, chain);
}

/** The transcript in a file that {@link renderTranscript} wrote, and the language of what stands around it. */
export function transcriptWithin(
  file: string,
): { format: ReadableFormat; language: string; value: unknown } | undefined {
  const [, format = '', language = '', body = ''] =
    // The last one: what somebody wrote in the conversation may look like another.
    new RegExp(`^${begins}\\s+(html|text) (\\w+)\\s+([A-Za-z0-9+/=\\s]+?)\\s+${ends}`).exec(
      file.slice(Math.max(0, file.lastIndexOf(begins))),
    ) ?? [];
  if (format !== 'html' && format !== 'text') return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(body.replace(/\s/g, ''), 'base64').toString('utf8'));
    return { format, language, value };
  } catch {
    return { format, language, value: undefined };
  }
}

interface Chain {
  language: string;
  transcript: Transcript;
}

interface Line {
  id: string;
  when: string;
  who: string;
  what: string;
}

function languageOf(locale: string): string {
  const language = locale.split('-')[0] ?? locale;
  return Object.hasOwn(words, language) ? language : 'en';
}

const wordsOf = (language: string): Words => words[languageOf(language)] as Words;

function lineOf(message: Message, language: string): Line {
  const { roles, gone } = wordsOf(language);
  const { name, role } = message.author;
  return {
    id: message.id,
    when: `${message.createdAt.slice(0, 10)} ${message.createdAt.slice(11, 19)}`,
    who: name ? `${name} (${roles[role]})` : roles[role],
    what: message.status === 'deleted' ? gone : saidIn(message),
  };
}

function chainOf(format: ReadableFormat, { language, transcript }: Chain): string {
  const body = Buffer.from(JSON.stringify(transcript)).toString('base64');
  const lines = body.match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? [];
  return [begins, `${format} ${language}`, ...lines, ends].join('\n');
}

/** What was said is moved in, so that nobody can write a line that looks like another's. */
function textOf(lines: readonly Line[], withheld: number, chain: Chain): string {
  const { title, withheld: withheldIs, check } = wordsOf(chain.language);
  return [
    `${title} ${chain.transcript.stream}`,
    ...lines.map(({ when, who, what }) => `${when}  ${oneLine(who)}\n${what.replace(/^/gm, '    ')}`),
    ...(withheld > 0 ? [`${withheldIs}${withheld}`] : []),
    check,
    chainOf('text', chain),
    '',
  ].join('\n\n');
}

const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');

const style =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}article{margin:1rem 0}header{font-size:.85em;opacity:.7}p{margin:.2rem 0;white-space:pre-wrap;overflow-wrap:anywhere}pre{font-size:.6em;overflow:auto;opacity:.5}';

function htmlOf(lines: readonly Line[], withheld: number, chain: Chain): string {
  const { language, transcript } = chain;
  const { title, withheld: withheldIs, check } = wordsOf(language);
  const body = lines.map(
    ({ when, who, what }) =>
      `<article><header><time>${when}</time> <bdi>${escaped(who)}</bdi></header><p dir="auto">${escaped(what)}</p></article>`,
  );
  return [
    `<!doctype html><html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}"><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${style}</style></head><body>`,
    `<h1>${escaped(title)}</h1>`,
    ...body,
    ...(withheld > 0 ? [`<p>${escaped(withheldIs)}${withheld}</p>`] : []),
    `<footer><p>${escaped(check)}</p><p dir="ltr">${escaped(transcript.stream)}</p><pre dir="ltr">`,
    chainOf('html', chain),
    '</pre></footer></body></html>',
    '',
  ].join('\n');
}

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
