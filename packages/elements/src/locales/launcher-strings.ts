import type { LauncherStrings } from './locale-strings.ts';

/** The launcher's few words in every language we ship: it must speak before a locale can be loaded. */
export const launcherStrings: Record<'en' | 'bn' | 'ar', LauncherStrings> = {
  en: {
    openChat: 'Open chat',
    closeChat: 'Close chat',
    unread: { one: '{count} unread message', other: '{count} unread messages' },
  },
  bn: {
    openChat: 'চ্যাট খুলুন',
    closeChat: 'চ্যাট বন্ধ করুন',
    unread: { other: 'না-পড়া বার্তা {count}টি' },
  },
  ar: {
    openChat: 'افتح المحادثة',
    closeChat: 'أغلق المحادثة',
    unread: {
      zero: 'لا رسائل غير مقروءة',
      one: 'رسالة واحدة غير مقروءة',
      two: 'رسالتان غير مقروءتين',
      few: '{count} رسائل غير مقروءة',
      many: '{count} رسالة غير مقروءة',
      other: '{count} رسالة غير مقروءة',
    },
  },
};

/** The launcher's words for the first of `tags` that we ship, else English; `tag` is the language to mark them with. */
export function launcherStringsFor(tags: Iterable<string | null | undefined>): {
  tag: string;
  strings: LauncherStrings;
} {
  for (const tag of tags) {
    const strings = Object.entries(launcherStrings).find(([name]) =>
      new RegExp(`^${name}\\b`, 'i').test(tag ?? ''),
    );
    if (tag && strings) return { tag, strings: strings[1] };
  }
  return { tag: 'en', strings: launcherStrings.en };
}
