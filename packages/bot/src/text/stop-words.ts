import { words } from './words.ts';

/** Words that carry a question but not its subject; they are not searched for. One line of text per language. */
const LISTS: Readonly<Record<string, string>> = {
  en: `a about am an and any are as at be been but by can could did do does doing for from get give got had has have
    he help her here hi him his how i id if ill im in into is it its ive just know let like may me might my need no not
    of on or our out please she should so some tell than thanks that the their them then there these they thing this
    those to too us very want was way we were what whats when where which who whom why will with would wont yes you
    your youre dont doesnt didnt isnt cant`,
  bn: `আমি আমার আমাকে আমাদের আমরা আপনি আপনার আপনাদের আপনারা তুমি তোমার তোমরা তার তাদের সে এটা এটি এই ওই ঐ সেই সেটা
    কি কী কীভাবে কিভাবে কেমন কেমনে কেন কোন কোনো কোথায় কখন কবে কে কার কাকে কত কয়টা এবং ও আর বা অথবা কিন্তু যে যা যদি
    তাহলে তবে হয় হবে হয়ে হয়েছে হচ্ছে হলে হতে হয়নি করি করে করব করবো করা করার করতে করুন করবেন করেন করছি করলে করেছি
    আছে আছি নেই নাই না নি থেকে দিয়ে দিয়ে জন্য সাথে সঙ্গে পারি পারব পারবো পারে পারেন পারবেন চাই চান দরকার
    একটা একটি কিছু সব তো টা টি গুলো মধ্যে উপর পর আগে যায় যাবে যাচ্ছে দয়া প্লিজ`,
  ar: `انا انت انتم نحن هو هي هم هذا هذه ذلك تلك الذي التي ما ماذا متى اين كيف لماذا لم لن لا هل من الى على عن في مع
    او و ثم ان اذا لو كل بعض اي كان كانت يكون تكون هناك هنا عند عندي لدي لي لك له لها قد اريد يمكن يمكنني استطيع ممكن
    فضلك رجاء الرجاء بعد قبل حتى ليس غير كما بين يا ايه ازاي شو وين ليش`,
  es: `a al como con cual cuando de del donde el ella en es esta este esto la las lo los me mi mis no o para pero por
    porque puedo que quien se ser si sin su sus te tengo tu un una uno y ya yo hay hacer quiero necesito`,
  fr: `a ai au aux avec ce ces cette comment dans de des du elle en est et eu il j je l la le les leur m ma me mes mon
    n ne nos notre nous on ou par pas peut peux pour pourquoi qu quand que quel quelle qui s sa se ses si son sont sur t
    ta te tu un une veux vos votre vous y faire dois`,
};

const none: ReadonlySet<string> = new Set();
const sets = new Map(Object.entries(LISTS).map(([lang, list]) => [lang, new Set(words(list))]));

/** The stop words of a language in normalised form; none for a language without a list. */
export function stopWords(lang: string): ReadonlySet<string> {
  return sets.get(lang.split('-')[0] ?? lang) ?? none;
}
