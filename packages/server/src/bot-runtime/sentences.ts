import type { Availability } from '@sahay/protocol';

/** What the server has the bot say around an answer, beside the bot's own sentences. Plain text. */
export interface RuntimeSentences {
  /** Said first; `{name}` is the bot's. */
  greeting: string;
  /** After a handover, when somebody who can answer is connected. */
  someoneIsHere: string;
  /** After a handover, when nobody is. It must be true: no promise of when. */
  nobodyIsHere: string;
  /** After a handover while it is closed by the hours; `{time}` is when they begin again, in their own time zone. */
  closedUntil: string;
  /** Why an answer broke off, for the visitor. */
  failed: string;
}

/** Every language that is complete. */
export const runtimeSentences: Readonly<Record<string, RuntimeSentences>> = {
  en: {
    greeting:
      'Hello! I’m {name}, the assistant here. Ask in your own words: I answer from our help articles, and when I don’t know, I bring in a person.',
    someoneIsHere:
      'Someone from the team is here now and can see your request. You can keep writing in the meantime.',
    nobodyIsHere:
      'Nobody from the team is here right now. Your request waits until someone takes it, and the answer will be here in this conversation.',
    closedUntil:
      'We’re closed right now and open again on {time}. Your request waits until then, and the answer will be here in this conversation.',
    failed: 'The answer broke off because of an error here. Please ask again.',
  },
  bn: {
    greeting:
      'নমস্কার! আমি {name}, এখানকার সহকারী। নিজের মতো করে প্রশ্ন করুন: আমি আমাদের সহায়তা নিবন্ধ থেকে উত্তর দিই, আর না জানলে একজন মানুষকে ডেকে আনি।',
    someoneIsHere: 'আমাদের দলের একজন এখন আছেন, আপনার অনুরোধটি দেখতে পাচ্ছেন। এর মধ্যে আপনি লিখতে পারেন।',
    nobodyIsHere:
      'এই মুহূর্তে আমাদের দলের কেউ নেই। কেউ না নেওয়া পর্যন্ত আপনার অনুরোধ অপেক্ষায় থাকবে, আর উত্তর এই কথোপকথনেই পাবেন।',
    closedUntil:
      'এখন আমাদের কাজের সময় নয়; আবার খুলব {time}। ততক্ষণ আপনার অনুরোধ অপেক্ষায় থাকবে, আর উত্তর এই কথোপকথনেই পাবেন।',
    failed: 'আমাদের দিকের একটি ত্রুটিতে উত্তরটি মাঝপথে থেমে গেছে। আবার জিজ্ঞাসা করুন।',
  },
  ar: {
    greeting:
      'مرحبًا! أنا {name}، المساعد هنا. اسأل بكلماتك: أجيب من مقالات المساعدة لدينا، وإن لم أعرف الجواب استدعيت أحد أفراد الفريق.',
    someoneIsHere: 'يوجد الآن أحد أفراد الفريق ويمكنه رؤية طلبك. يمكنك مواصلة الكتابة في هذه الأثناء.',
    nobodyIsHere:
      'لا يوجد أحد من الفريق الآن. سيبقى طلبك في الانتظار حتى يتولّاه أحدهم، وستجد الرد هنا في هذه المحادثة.',
    closedUntil:
      'نحن خارج أوقات العمل الآن، ونعود في {time}. سيبقى طلبك في الانتظار حتى ذلك الحين، وستجد الرد هنا في هذه المحادثة.',
    failed: 'انقطع الجواب بسبب خطأ من جانبنا. يرجى السؤال مرة أخرى.',
  },
};

/** What is said after a handover, by the truth of the moment. */
export function whoIsHere(
  { open, opensAt, timeZone }: Availability,
  sentences: RuntimeSentences,
  locale: string,
): string {
  if (open) return sentences.someoneIsHere;
  if (!opensAt || !timeZone) return sentences.nobodyIsHere;
  const format = new Intl.DateTimeFormat(locale, {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  });
  return sentences.closedUntil.replace('{time}', format.format(new Date(opensAt)));
}
