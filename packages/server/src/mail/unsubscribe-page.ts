/** What the page says on which e-mails are stopped. */
interface PageWords {
  title: string;
  question: string;
  stop: string;
  done: string;
  /** The link cannot be used. */
  broken: string;
}

/** Every language that is complete. */
const words: Readonly<Record<string, PageWords>> = {
  en: {
    title: 'E-mails',
    question: 'Stop e-mails about answers in chats to this address?',
    stop: 'Stop e-mails',
    done: 'Done. No more of these e-mails are sent to this address.',
    broken: 'This link is not whole, or not one of ours. Copy it again from the e-mail.',
  },
  bn: {
    title: 'ই-মেইল',
    question: 'এই ঠিকানায় চ্যাটের উত্তর ই-মেইল করা বন্ধ করবেন?',
    stop: 'ই-মেইল বন্ধ করুন',
    done: 'হয়ে গেছে। এই ঠিকানায় এমন ই-মেইল আর পাঠানো হবে না।',
    broken: 'লিংকটি অসম্পূর্ণ, অথবা আমাদের নয়। ই-মেইল থেকে আবার কপি করুন।',
  },
  ar: {
    title: 'رسائل البريد',
    question: 'هل تريد إيقاف رسائل البريد عن ردود المحادثات إلى هذا العنوان؟',
    stop: 'إيقاف الرسائل',
    done: 'تم. لن تُرسل مثل هذه الرسائل إلى هذا العنوان بعد الآن.',
    broken: 'هذا الرابط ناقص أو ليس من روابطنا. انسخه مرة أخرى من رسالة البريد.',
  },
};

/** What the page is about to say. */
export type UnsubscribeState = 'asked' | 'done' | 'broken';

/**
 * The language that is written in: that of the e-mail, which its link names, else the first that the browser asks for and that is
 * complete, else English.
 *
 * @param acceptLanguage the header `Accept-Language`
 */
export function languageOf(named: string | undefined, acceptLanguage: string | undefined): string {
  const asked = (acceptLanguage ?? '')
    .split(',')
    .map((entry) => entry.split(';'))
    .map(([tag = '', weight]) => ({ tag: tag.trim(), weight: Number(weight?.split('=')[1] ?? 1) || 0 }))
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
  return (
    [named ?? '', ...asked]
      .map((tag) => tag.toLowerCase().split('-')[0]!)
      .find((language) => Object.hasOwn(words, language)) ?? 'en'
  );
}

/** The page as HTML; nothing that comes from outside stands in it. */
export function unsubscribePage(state: UnsubscribeState, language: string): string {
  const { title, question, stop, done, broken } = words[language] ?? words['en']!;
  const direction = language === 'ar' ? 'rtl' : 'ltr';
  const body = {
    asked: `<p>${question}</p><form method="post"><button>${stop}</button></form>`,
    done: `<p>${done}</p>`,
    broken: `<p>${broken}</p>`,
  }[state];
  return `<!doctype html><html lang="${language}" dir="${direction}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${style}</style><body><main><h1>${title}</h1>${body}</main></body></html>`;
}

/** Its digest stands in the page's policy. */
export const style =
  ':root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{display:grid;place-content:center;min-height:90vh;margin:0;padding:24px}main{max-width:60ch}h1{font-size:1.25rem}button{min-height:44px;padding:8px 20px;font:inherit}';
