const en = {
  title: 'See it survive',
  lead: 'A visitor, the desk and everything that goes over the line. Break it as you like, and count what gets lost.',
  language: 'Language',
  console: 'Open the console',
  counts: 'Counts',
  controls: 'Ways to break it',
  sent: 'Sent',
  waiting: 'On the way',
  lost: 'Lost',
  doubled: 'Doubled',
  reordered: 'Reordered',
  faults: 'Faults',
  recovery: 'Recovery',
  storm: 'Start the storm',
  calm: 'Stop the storm',
  cut: 'Cut the line',
  freeze: 'Half-open',
  expire: 'Expire the token',
  kill: 'Kill the server',
  tab: 'Second tab',
  transport: 'Transport',
  best: 'The best there is',
  visitor: 'Visitor',
  desk: 'Desk',
  log: 'Live log',
  signIn:
    'The buttons kill a real server, so they are for its owner. Open the sign-in link that npm start printed, then come back here.',
  noLine:
    'This page breaks the line to its own server, and that is only possible on the machine on which npm start runs.',
  noTalk: 'The conversation appears here with the first message.',
  ready: 'Ready. Start the storm, or break something.',
  didCut: 'The line was cut.',
  didFreeze:
    'What stands is half-open now: nothing comes through, and nobody is told. Only the missing heartbeat shows it, which takes up to half a minute.',
  didExpire: 'All tokens were refused as expired.',
  didKill: 'The server was killed (SIGKILL) and is started again.',
  didTransport: 'The visitor’s client was replaced by one that uses another transport.',
  recovered: '{what} Messages from both sides arrived again after {time}.',
  storming: 'The storm is on: both sides write, and something breaks every few seconds.',
  settling: 'The storm is over. Waiting until all has arrived …',
  settled: 'All has arrived: {sent} messages, {lost} lost, {doubled} doubled, {reordered} reordered.',
  refused: 'The control was refused. Sign in to the console again.',
  how: 'Both sides number their messages. The count compares what each has sent with what the visitor’s window, the desk and a second tab show. The line is a small proxy of its own on this machine; the server is a child process that npm start watches over. None of these buttons is part of the server.',
};

const bn = {
  title: 'দেখুন কীভাবে টিকে থাকে',
  lead: 'একজন দর্শনার্থী, ডেস্ক, আর লাইনে যা কিছু যায়। যেমন খুশি ভাঙুন, আর গুনুন কী হারায়।',
  language: 'ভাষা',
  console: 'কনসোল খুলুন',
  counts: 'গণনা',
  controls: 'ভাঙার উপায়',
  sent: 'পাঠানো',
  waiting: 'পথে',
  lost: 'হারানো',
  doubled: 'দ্বিগুণ',
  reordered: 'উল্টোপাল্টা',
  faults: 'বিঘ্ন',
  recovery: 'সেরে ওঠা',
  storm: 'ঝড় শুরু করুন',
  calm: 'ঝড় থামান',
  cut: 'লাইন কাটুন',
  freeze: 'আধখোলা',
  expire: 'টোকেনের মেয়াদ শেষ করুন',
  kill: 'সার্ভার মেরে ফেলুন',
  tab: 'দ্বিতীয় ট্যাব',
  transport: 'পরিবহন',
  best: 'সবচেয়ে ভালোটি',
  visitor: 'দর্শনার্থী',
  desk: 'ডেস্ক',
  log: 'চলমান লগ',
  signIn:
    'বোতামগুলো সত্যিকারের সার্ভার মারে, তাই এগুলো মালিকের জন্য। npm start যে সাইন-ইন লিংক দেখিয়েছে সেটি খুলুন, তারপর এখানে ফিরে আসুন।',
  noLine: 'এই পাতা নিজের সার্ভারের লাইন ভাঙে; যে যন্ত্রে npm start চলে কেবল সেখানেই তা সম্ভব।',
  noTalk: 'প্রথম বার্তার সঙ্গে কথোপকথন এখানে দেখা যাবে।',
  ready: 'প্রস্তুত। ঝড় শুরু করুন, বা কিছু ভাঙুন।',
  didCut: 'লাইন কাটা হয়েছে।',
  didFreeze:
    'যা ছিল তা এখন আধখোলা: কিছুই যায় না, কেউ জানতেও পারে না। কেবল হৃৎস্পন্দন না থাকলে ধরা পড়ে, তাতে আধ মিনিট পর্যন্ত লাগে।',
  didExpire: 'সব টোকেন মেয়াদোত্তীর্ণ বলে ফেরানো হয়েছে।',
  didKill: 'সার্ভার মেরে ফেলা হয়েছে (SIGKILL), আবার চালু হচ্ছে।',
  didTransport: 'দর্শনার্থীর ক্লায়েন্টের জায়গায় অন্য পরিবহনের একটি এসেছে।',
  recovered: '{what} {time} পরে দুই দিকের বার্তা আবার পৌঁছেছে।',
  storming: 'ঝড় চলছে: দুই দিকই লিখছে, আর কয়েক সেকেন্ড পরপর কিছু ভাঙছে।',
  settling: 'ঝড় শেষ। সব পৌঁছানোর অপেক্ষা …',
  settled: 'সব পৌঁছেছে: {sent} বার্তা, {lost} হারানো, {doubled} দ্বিগুণ, {reordered} উল্টোপাল্টা।',
  refused: 'নিয়ন্ত্রণ ফেরানো হয়েছে। কনসোলে আবার সাইন ইন করুন।',
  how: 'দুই দিকই নিজের বার্তায় নম্বর দেয়। যা পাঠানো হয়েছে তার সঙ্গে দর্শনার্থীর জানালা, ডেস্ক ও দ্বিতীয় ট্যাব যা দেখায় তা মেলানো হয়। লাইনটি এই যন্ত্রেরই ছোট একটি প্রক্সি; সার্ভারটি একটি চাইল্ড প্রসেস, npm start তার দেখাশোনা করে। এই বোতামগুলোর কোনোটি সার্ভারের অংশ নয়।',
};

const ar = {
  title: 'شاهده ينجو',
  lead: 'زائرة، ومكتب، وكل ما يمر على الخط. اكسره كما تشاء، واحسب ما يضيع.',
  language: 'اللغة',
  console: 'افتح لوحة التحكم',
  counts: 'الأعداد',
  controls: 'طرق الكسر',
  sent: 'أُرسلت',
  waiting: 'في الطريق',
  lost: 'ضائعة',
  doubled: 'مكررة',
  reordered: 'مختلّة الترتيب',
  faults: 'الأعطال',
  recovery: 'التعافي',
  storm: 'ابدأ العاصفة',
  calm: 'أوقف العاصفة',
  cut: 'اقطع الخط',
  freeze: 'نصف مفتوح',
  expire: 'أنهِ صلاحية الرمز',
  kill: 'اقتل الخادم',
  tab: 'تبويب ثانٍ',
  transport: 'النقل',
  best: 'أفضل المتاح',
  visitor: 'الزائرة',
  desk: 'المكتب',
  log: 'السجل الحي',
  signIn:
    'هذه الأزرار تقتل خادمًا حقيقيًا، فهي لصاحبه وحده. افتح رابط الدخول الذي طبعه npm start ثم عُد إلى هنا.',
  noLine: 'هذه الصفحة تكسر الخط إلى خادمها، وهذا ممكن فقط على الجهاز الذي يعمل عليه npm start.',
  noTalk: 'تظهر المحادثة هنا مع أول رسالة.',
  ready: 'جاهز. ابدأ العاصفة أو اكسر شيئًا.',
  didCut: 'قُطع الخط.',
  didFreeze:
    'ما كان قائمًا صار نصف مفتوح: لا شيء يمر ولا أحد يُخبَر. لا يكشفه إلا غياب النبض، وقد يستغرق نصف دقيقة.',
  didExpire: 'رُفضت كل الرموز لانتهاء صلاحيتها.',
  didKill: 'قُتل الخادم (SIGKILL) ويُشغَّل من جديد.',
  didTransport: 'استُبدل عميل الزائرة بآخر يستخدم نقلًا مختلفًا.',
  recovered: '{what} وصلت رسائل الطرفين من جديد بعد {time}.',
  storming: 'العاصفة قائمة: الطرفان يكتبان، وشيء ينكسر كل بضع ثوانٍ.',
  settling: 'انتهت العاصفة. بانتظار وصول كل شيء …',
  settled: 'وصل كل شيء: {sent} رسالة، {lost} ضائعة، {doubled} مكررة، {reordered} مختلّة الترتيب.',
  refused: 'رُفض الأمر. سجّل الدخول إلى لوحة التحكم من جديد.',
  how: 'يرقّم الطرفان رسائلهما. يقارن العدّ ما أرسله كل طرف بما تعرضه نافذة الزائرة والمكتب والتبويب الثاني. الخط وكيل صغير على هذا الجهاز، والخادم عملية فرعية يراقبها npm start. لا شيء من هذه الأزرار جزء من الخادم.',
};

const languages = { en, bn, ar };

/** The languages of the page, by tag. */
export const tags = Object.keys(languages);

/** The words of the page, in the language of its address or of the browser. */
export function wordsFor(search, spoken) {
  const wanted = [new URLSearchParams(search).get('lang'), ...spoken].map((tag) => tag?.split('-')[0]);
  const tag = wanted.find((one) => one && Object.hasOwn(languages, one)) ?? 'en';
  return { tag, words: languages[tag] };
}

/** Puts values into a text: `{time}`. */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
