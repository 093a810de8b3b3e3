import type { LauncherStrings } from './locale-strings.ts';

/** The launcher's few words in every language we ship: it must speak before a locale can be loaded. */
export const launcherStrings: Record<'en' | 'bn' | 'ar', LauncherStrings> = {
  en: {
    openChat: 'Open chat',
    closeChat: 'Close chat',
    chat: 'Chat',
    loadFailed: 'The chat did not load. Try again',
  },
  bn: {
    openChat: 'চ্যাট খুলুন',
    closeChat: 'চ্যাট বন্ধ করুন',
    chat: 'চ্যাট',
    loadFailed: 'চ্যাট খোলা গেল না। আবার চেষ্টা করুন',
  },
  ar: {
    openChat: 'افتح المحادثة',
    closeChat: 'أغلق المحادثة',
    chat: 'المحادثة',
    loadFailed: 'تعذّر فتح المحادثة. حاول مجددًا',
  },
};

/** The launcher's words for the first of `tags` that we ship, else English; `tag` is the language to mark them with. */
export function launcherStringsFor(tags: Iterable<string | null | undefined>): {
  tag: string;
  strings: LauncherStrings;
} {
  for (const tag of tags) {
    // Some systems report tags that Intl refuses, such as `en-US@posix`.
    const language = /^(en|bn|ar)(-\w{1,8})*$/i
      .exec(tag ?? '')?.[1]
      ?.toLowerCase() as keyof typeof launcherStrings;
    if (tag && language) return { tag, strings: launcherStrings[language] };
  }
  return { tag: 'en', strings: launcherStrings.en };
}
