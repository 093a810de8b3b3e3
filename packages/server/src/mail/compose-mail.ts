import type { Message } from '@sahay/protocol';
import type { MailMessage } from './mail-transport.ts';

/** The words around an answer; `{name}` is who wrote it or whom it comes from, `{time}` a moment. */
interface MailSentences {
  subject: string;
  wrote: string;
  noText: string;
  goOn: string;
  until: string;
  unsubscribe: string;
}

/** Every language that is complete. */
const mailSentences: Readonly<Record<string, MailSentences>> = {
  en: {
    subject: 'An answer from {name}',
    wrote: '{name} wrote:',
    noText: '(Something that cannot be shown in an e-mail. Open the conversation to see it.)',
    goOn: 'Read on and answer:',
    until:
      'The link works until {time}. Whoever has it can read the conversation and write in it, so do not pass it on.',
    unsubscribe: 'You left this address in a chat. No more of these e-mails:',
  },
  bn: {
    subject: '{name} থেকে উত্তর',
    wrote: '{name} লিখেছেন:',
    noText: '(এমন কিছু যা ই-মেইলে দেখানো যায় না। দেখতে কথোপকথনটি খুলুন।)',
    goOn: 'পড়ুন ও উত্তর দিন:',
    until:
      'লিংকটি {time} পর্যন্ত কাজ করবে। যার কাছে এটি থাকবে তিনি কথোপকথন পড়তে ও লিখতে পারবেন, তাই কাউকে দেবেন না।',
    unsubscribe: 'আপনি একটি চ্যাটে এই ঠিকানা দিয়েছিলেন। এমন ই-মেইল আর না চাইলে:',
  },
  ar: {
    subject: 'رد من {name}',
    wrote: 'كتب {name}:',
    noText: '(محتوى لا يمكن عرضه في رسالة بريد. افتح المحادثة لرؤيته.)',
    goOn: 'تابع القراءة والرد:',
    until:
      'يعمل الرابط حتى {time}. كل من لديه الرابط يستطيع قراءة المحادثة والكتابة فيها، فلا تشاركه مع أحد.',
    unsubscribe: 'تركت هذا العنوان في محادثة. لإيقاف هذه الرسائل:',
  },
};

const longestAnswer = 10_000;

/** What an e-mail is made of. */
export interface MailContents {
  id: string;
  to: string;
  senderName: string;
  locale: string | undefined;
  /** What agents said, oldest first. */
  answers: readonly Message[];
  continueUrl: string;
  expiresAt: number;
  unsubscribeUrl: string;
}

/** Writes the e-mail, in the visitor's language where that is spoken here. Of what she wrote there is nothing in it. */
export function composeMail(contents: MailContents): MailMessage {
  const { id, to, senderName, locale = 'en', answers, continueUrl, expiresAt, unsubscribeUrl } = contents;
  const language = locale.split('-')[0] ?? locale;
  const known = Object.hasOwn(mailSentences, language) ? language : 'en';
  const words = mailSentences[known] as MailSentences;
  const format = new Intl.DateTimeFormat(known, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  const blocks: Block[] = [
    ...answers.flatMap((answer): Block[] => [
      { text: words.wrote.replace('{name}', () => answer.author.name ?? senderName) },
      { text: saidIn(answer) || words.noText, isQuoted: true },
    ]),
    { text: words.goOn, url: continueUrl },
    { text: words.until.replace('{time}', `${format.format(expiresAt)} UTC`) },
    { text: words.unsubscribe, url: unsubscribeUrl },
  ];
  const subject = words.subject.replace('{name}', () => senderName);
  return { id, to, senderName, subject, text: textOf(blocks), html: htmlOf(blocks, known), unsubscribeUrl };
}

interface Block {
  text: string;
  url?: string;
  isQuoted?: boolean;
}

function saidIn(message: Message): string {
  const said = message.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n\n');
  return said.length > longestAnswer
    ? `${said.slice(0, longestAnswer).replace(/[\uD800-\uDBFF]$/, '')}…`
    : said;
}

const textOf = (blocks: readonly Block[]): string =>
  blocks
    .map(({ text, url, isQuoted }) =>
      isQuoted ? text.replace(/^/gm, '> ') : [text, url].filter(Boolean).join('\n'),
    )
    .join('\n\n');

function htmlOf(blocks: readonly Block[], language: string): string {
  const body = blocks.map(({ text, url, isQuoted }) => {
    const words = escaped(text).replaceAll('\n', '<br>');
    if (isQuoted) return `<blockquote dir="auto">${words}</blockquote>`;
    return url ? `<p>${words}<br><a href="${escaped(url)}">${escaped(url)}</a></p>` : `<p>${words}</p>`;
  });
  const direction = language === 'ar' ? 'rtl' : 'ltr';
  return `<!doctype html><html lang="${language}" dir="${direction}"><meta charset="utf-8"><body>${body.join('')}</body></html>`;
}

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
