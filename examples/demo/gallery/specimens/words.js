const en = {
  you: 'You',
  bot: 'Sahay',
  agent: 'Rina',
  hello: 'Hello! Ask me anything.',
  question: 'My lamp arrived broken. What now?',
  answer: 'I am sorry to hear that. I can send you a new one today.',
  more: 'You need not send the old one back.',
  thanks: 'Great, thank you',
  long: 'Send it to https://shop.example/returns/2026/03/02/a-very-long-address-that-never-ends-and-has-no-place-to-break?order=4711 please.',
  markdown: `## Returning a lamp

It takes **three steps**, and _no_ receipt:

1. Pack it in any box
2. Write \`4711\` on it
   - outside, not inside
   - large
3. Hand it in at a [parcel shop](https://parcels.example/near-you)

> Broken glass? Leave it at home and send a photo.

---

Questions: [help@shop.example](mailto:help@shop.example), ~~by fax~~.`,
  table: `| Size | Price | In stock |
| :--- | ---: | :---: |
| Small | 19 € | yes |
| Medium, with a dimmer | 29 € | no |
| Large | 1,049 € | yes |

- [x] Ordered
- [x] Packed
- [ ] Delivered`,
  code: `Put this before \`</body>\`:

\`\`\`js
// One line is enough.
import { open } from '@shop/chat';
open({ heading: 'Help', delay: 250 });
\`\`\``,
  halfway: 'The courier is **two streets aw',
  refused: 'Call me on 0123',
  photo: 'A lamp on a desk, by night',
  file: 'Invoice 4711.pdf',
  voice: 'Voice message',
  transcript: 'Hello, the lamp flickers when I touch it.',
  film: 'How to change the bulb',
  lamp: 'Desk lamp “Jonaki”',
  lampSub: '29 € · ready tomorrow',
  lampText: 'Warm light, three steps of brightness, made of reclaimed brass.',
  tell: 'Tell me more',
  shop: 'See it in the shop',
  hold: 'Hold one for me',
  shade: 'Shade of rice paper',
  bulb: 'Bulb, 4 W',
  stand: 'Stand for the floor, with a long name that takes more than one line',
  yes: 'Yes',
  no: 'No',
  person: 'Talk to a person',
  track: 'Track my order',
  change: 'Change the address',
  cancel: 'Cancel the order',
  formTitle: 'Return a lamp',
  email: 'Your e-mail',
  emailHelp: 'We send the label there.',
  phone: 'Telephone',
  order: 'Order number',
  orderHelp: 'Four digits; it is in the e-mail you got from us.',
  site: 'Where did you buy it?',
  count: 'How many lamps',
  day: 'When may we fetch it?',
  hour: 'At what time?',
  reason: 'What is wrong with it?',
  reasonHint: 'It flickers, it fell …',
  colour: 'Colour',
  brass: 'Brass',
  finishes: 'Finishes you would also take',
  black: 'Black',
  refund: 'What would you like?',
  money: 'My money back',
  another: 'Another lamp',
  terms: 'I have read the conditions of return',
  stars: 'How do you like the shop?',
  effort: 'How easy was it?',
  photoField: 'A photo of it',
  sendReturn: 'Send the return',
  tool: 'Refund 29 €',
  toolDetail: 'To the card that ends in 4242, in one to three days.',
  reasoning:
    'The order is from last week, so it is within thirty days.\nThe visitor says it arrived broken, so the return costs nothing.',
  source: 'How do I return something?',
  quote: 'My lamp arrived broken. What now?',
  place: 'The shop in Dhaka',
  model: 'Desk lamp “Jonaki”, in three dimensions',
  seat: 'Seats 12A and 12B',
  seatOwn: 'Drawn by this page: 12A, 12B',
  later: 'A thing of tomorrow',
};

const bn = {
  ...en,
  you: 'আপনি',
  bot: 'সহায়',
  agent: 'রিনা',
  hello: 'নমস্কার! যা জানতে চান জিজ্ঞাসা করুন।',
  question: 'আমার বাতিটা ভাঙা অবস্থায় এসেছে। এখন কী করব?',
  answer: 'শুনে দুঃখ পেলাম। আজই একটা নতুন পাঠিয়ে দিতে পারি।',
  more: 'পুরোনোটা ফেরত পাঠাতে হবে না।',
  thanks: 'বেশ, ধন্যবাদ',
  long: 'এখানে পাঠান: https://shop.example/returns/2026/03/02/a-very-long-address-that-never-ends-and-has-no-place-to-break?order=4711',
  markdown: `## বাতি ফেরত দেওয়া

**তিনটি ধাপ**, রসিদ _লাগবে না_:

1. যেকোনো বাক্সে ভরুন
2. ওপরে \`4711\` লিখুন
   - ভেতরে নয়, বাইরে
   - বড় করে
3. [পার্সেলের দোকানে](https://parcels.example/near-you) দিয়ে আসুন

> কাচ ভেঙেছে? ঘরেই রাখুন, শুধু ছবি পাঠান।

---

প্রশ্ন থাকলে: [help@shop.example](mailto:help@shop.example)`,
  table: `| মাপ | দাম | মজুত |
| :--- | ---: | :---: |
| ছোট | ১৯ € | আছে |
| মাঝারি, আলো কমানোর সুইচসহ | ২৯ € | নেই |
| বড় | ১,০৪৯ € | আছে |

- [x] অর্ডার হয়েছে
- [x] বাক্সে ভরা হয়েছে
- [ ] পৌঁছেছে`,
  code: `\`</body>\`-এর আগে এটি বসান:

\`\`\`js
// One line is enough.
import { open } from '@shop/chat';
open({ heading: 'Help', delay: 250 });
\`\`\``,
  halfway: 'কুরিয়ার আর **দুই রাস্তা দূ',
  refused: 'আমাকে 0123 নম্বরে ফোন করুন',
  photo: 'রাতে টেবিলের ওপর একটি বাতি',
  file: 'চালান 4711.pdf',
  voice: 'ভয়েস বার্তা',
  transcript: 'নমস্কার, ছুঁলেই বাতিটা দপদপ করে।',
  film: 'বাল্ব বদলাবেন যেভাবে',
  lamp: 'টেবিল বাতি “জোনাকি”',
  lampSub: '২৯ € · কালই তৈরি',
  lampText: 'উষ্ণ আলো, তিন ধাপের উজ্জ্বলতা, পুরোনো পিতলে তৈরি।',
  tell: 'আরও বলুন',
  shop: 'দোকানে দেখুন',
  hold: 'একটা রেখে দিন',
  shade: 'কাগজের ঢাকনা',
  bulb: 'বাল্ব, ৪ ওয়াট',
  stand: 'মেঝেতে রাখার স্ট্যান্ড, যার নাম এত লম্বা যে এক লাইনে ধরে না',
  yes: 'হ্যাঁ',
  no: 'না',
  person: 'মানুষের সঙ্গে কথা বলব',
  track: 'আমার অর্ডার কোথায়',
  change: 'ঠিকানা বদলাব',
  cancel: 'অর্ডার বাতিল করব',
  formTitle: 'বাতি ফেরত',
  email: 'আপনার ই-মেইল',
  emailHelp: 'লেবেলটা সেখানেই পাঠাব।',
  phone: 'টেলিফোন',
  order: 'অর্ডার নম্বর',
  orderHelp: 'চার অঙ্কের; আমাদের ই-মেইলে লেখা আছে।',
  site: 'কোথা থেকে কিনেছেন?',
  count: 'কয়টি বাতি',
  day: 'কবে নিতে আসব?',
  hour: 'কখন?',
  reason: 'কী হয়েছে?',
  reasonHint: 'দপদপ করে, পড়ে গেছে …',
  colour: 'রং',
  brass: 'পিতল',
  finishes: 'আর কোন রঙ হলেও চলবে',
  black: 'কালো',
  refund: 'আপনি কী চান?',
  money: 'টাকা ফেরত',
  another: 'আরেকটি বাতি',
  terms: 'ফেরতের শর্ত পড়েছি',
  stars: 'দোকানটি কেমন লাগে?',
  effort: 'কতটা সহজ ছিল?',
  photoField: 'একটা ছবি',
  sendReturn: 'ফেরত পাঠান',
  tool: '২৯ € ফেরত',
  toolDetail: '4242 দিয়ে শেষ হওয়া কার্ডে, এক থেকে তিন দিনে।',
  reasoning: 'অর্ডারটি গত সপ্তাহের, তাই তিরিশ দিনের মধ্যে।\nভাঙা অবস্থায় এসেছে, তাই ফেরতে খরচ নেই।',
  source: 'কীভাবে ফেরত দেব?',
  quote: 'আমার বাতিটা ভাঙা অবস্থায় এসেছে। এখন কী করব?',
  place: 'ঢাকার দোকান',
  model: 'টেবিল বাতি “জোনাকি”, ত্রিমাত্রিক',
  seat: 'আসন 12A ও 12B',
  seatOwn: 'এই পাতা এঁকেছে: 12A, 12B',
  later: 'আগামীকালের কিছু',
};

const ar = {
  ...en,
  you: 'أنت',
  bot: 'سهاي',
  agent: 'رينا',
  hello: 'مرحبا! اسألني عن أي شيء.',
  question: 'وصل المصباح مكسورا. ماذا أفعل؟',
  answer: 'يؤسفني ذلك. يمكنني أن أرسل لك مصباحا جديدا اليوم.',
  more: 'لا حاجة إلى إعادة القديم.',
  thanks: 'ممتاز، شكرا',
  long: 'أرسله إلى https://shop.example/returns/2026/03/02/a-very-long-address-that-never-ends-and-has-no-place-to-break?order=4711 من فضلك.',
  markdown: `## إعادة مصباح

**ثلاث خطوات** و_بلا_ إيصال:

1. ضعه في أي صندوق
2. اكتب عليه \`4711\`
   - من الخارج لا من الداخل
   - بخط كبير
3. سلّمه في [مكتب الطرود](https://parcels.example/near-you)

> زجاج مكسور؟ اتركه في البيت وأرسل صورة.

---

للأسئلة: [help@shop.example](mailto:help@shop.example)`,
  table: `| القياس | السعر | متوفر |
| :--- | ---: | :---: |
| صغير | 19 € | نعم |
| متوسط مع خافت للضوء | 29 € | لا |
| كبير | 1049 € | نعم |

- [x] تم الطلب
- [x] تم التغليف
- [ ] تم التسليم`,
  code: `ضع هذا قبل \`</body>\`:

\`\`\`js
// One line is enough.
import { open } from '@shop/chat';
open({ heading: 'Help', delay: 250 });
\`\`\``,
  halfway: 'المندوب على **بعد شارع',
  refused: 'اتصل بي على 0123',
  photo: 'مصباح على مكتب ليلا',
  file: 'فاتورة 4711.pdf',
  voice: 'رسالة صوتية',
  transcript: 'مرحبا، المصباح يومض عندما ألمسه.',
  film: 'كيف تغيّر اللمبة',
  lamp: 'مصباح مكتب «جوناكي»',
  lampSub: '29 € · جاهز غدا',
  lampText: 'ضوء دافئ، ثلاث درجات سطوع، من نحاس معاد تدويره.',
  tell: 'أخبرني المزيد',
  shop: 'شاهده في المتجر',
  hold: 'احجز لي واحدا',
  shade: 'غطاء من ورق الأرز',
  bulb: 'لمبة 4 واط',
  stand: 'حامل للأرض، باسم طويل يحتاج إلى أكثر من سطر واحد',
  yes: 'نعم',
  no: 'لا',
  person: 'أريد التحدث إلى شخص',
  track: 'أين طلبي؟',
  change: 'تغيير العنوان',
  cancel: 'إلغاء الطلب',
  formTitle: 'إعادة مصباح',
  email: 'بريدك الإلكتروني',
  emailHelp: 'نرسل الملصق إليه.',
  phone: 'الهاتف',
  order: 'رقم الطلب',
  orderHelp: 'أربعة أرقام، تجدها في رسالتنا.',
  site: 'من أين اشتريته؟',
  count: 'كم مصباحا',
  day: 'متى نأتي لأخذه؟',
  hour: 'في أي ساعة؟',
  reason: 'ما المشكلة؟',
  reasonHint: 'يومض، سقط …',
  colour: 'اللون',
  brass: 'نحاسي',
  finishes: 'ألوان أخرى تناسبك',
  black: 'أسود',
  refund: 'ماذا تريد؟',
  money: 'استرداد المال',
  another: 'مصباحا آخر',
  terms: 'قرأت شروط الإعادة',
  stars: 'ما رأيك في المتجر؟',
  effort: 'كم كان سهلا؟',
  photoField: 'صورة له',
  sendReturn: 'إرسال الطلب',
  tool: 'استرداد 29 €',
  toolDetail: 'إلى البطاقة المنتهية بـ 4242 خلال يوم إلى ثلاثة أيام.',
  reasoning: 'الطلب من الأسبوع الماضي، أي خلال ثلاثين يوما.\nوصل مكسورا، لذا لا تكلفة للإعادة.',
  source: 'كيف أعيد شيئا؟',
  quote: 'وصل المصباح مكسورا. ماذا أفعل؟',
  place: 'المتجر في دكا',
  model: 'مصباح مكتب «جوناكي» بثلاثة أبعاد',
  seat: 'المقعدان 12A و12B',
  seatOwn: 'رسمته هذه الصفحة: 12A وَ12B',
  later: 'شيء من الغد',
};

/** What the specimens say, in the language of the page. */
export const wordsOf = (tag) => ({ en, bn, ar })[tag] ?? en;
