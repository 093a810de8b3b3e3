/** Forms, with every kind of field. */
export const forms = (words, { says }) => [
  {
    title: 'Forms',
    states: [
      { name: 'every kind of field', views: [says('agent', [form(words, 'all', everyField(words))])] },
      {
        name: 'not right yet',
        views: [says('agent', [form(words, 'wrong', shortForm(words))])],
        press: true,
      },
      {
        name: 'refused',
        views: [
          says('agent', [form(words, 'refused', [{ name: 'note', label: words.reason, kind: 'text' }])]),
        ],
        press: true,
        refuses: true,
      },
      {
        name: 'sent',
        views: [
          says('agent', [
            {
              ...form(words, 'sent', shortForm(words)),
              submitted: { email: 'mina@shop.example', order: '4711', refund: 'another', terms: true },
            },
          ]),
        ],
      },
      {
        name: 'as the desk sees it',
        perspective: 'agent',
        views: [says('visitor', [words.question]), says('agent', [form(words, 'desk', shortForm(words))])],
      },
    ],
  },
  {
    title: 'Surveys',
    states: [
      ...['csat', 'nps', 'ces'].map((kind) => ({
        name: `asked, ${kind}`,
        views: [says('system', [{ type: 'survey', surveyId: 's1', kind }])],
      })),
      {
        name: 'asked by an agent',
        views: [says('agent', [words.thanks, { type: 'survey', surveyId: 's1', kind: 'csat' }])],
      },
      {
        name: 'answered',
        views: [
          says('agent', [
            {
              type: 'survey',
              surveyId: 's1',
              kind: 'nps',
              state: 'submitted',
              answers: { score: 9, comment: words.thanks },
            },
          ]),
        ],
      },
      {
        name: 'skipped',
        views: [says('agent', [{ type: 'survey', surveyId: 's1', state: 'dismissed' }])],
      },
    ],
  },
];

const form = (words, partId, fields) => ({
  partId,
  type: 'form',
  title: words.formTitle,
  submitLabel: words.sendReturn,
  fields,
});

const email = (words) => ({
  name: 'email',
  label: words.email,
  kind: 'email',
  required: true,
  placeholder: 'name@example.com',
  help: words.emailHelp,
  autocomplete: 'email',
});
const order = (words) => ({
  name: 'order',
  label: words.order,
  kind: 'text',
  required: true,
  pattern: '\\d{4}',
  help: words.orderHelp,
});
const refund = (words) => ({
  name: 'refund',
  label: words.refund,
  kind: 'radio',
  required: true,
  options: [
    { value: 'money', label: words.money },
    { value: 'another', label: words.another },
  ],
});
const terms = (words) => ({ name: 'terms', label: words.terms, kind: 'checkbox', required: true });

const shortForm = (words) => [email(words), order(words), refund(words), terms(words)];

const everyField = (words) => [
  email(words),
  order(words),
  { name: 'phone', label: words.phone, kind: 'tel', autocomplete: 'tel' },
  { name: 'site', label: words.site, kind: 'url', placeholder: 'https://' },
  { name: 'count', label: words.count, kind: 'number', min: 1, max: 9 },
  { name: 'day', label: words.day, kind: 'date' },
  { name: 'hour', label: words.hour, kind: 'time' },
  { name: 'reason', label: words.reason, kind: 'textarea', placeholder: words.reasonHint },
  {
    name: 'colour',
    label: words.colour,
    kind: 'select',
    options: [
      { value: 'brass', label: words.brass },
      { value: 'black', label: words.black },
    ],
  },
  refund(words),
  {
    name: 'finishes',
    label: words.finishes,
    kind: 'checkboxes',
    options: [
      { value: 'brass', label: words.brass },
      { value: 'black', label: words.black },
    ],
  },
  { name: 'stars', label: words.stars, kind: 'rating' },
  { name: 'effort', label: words.effort, kind: 'scale' },
  { name: 'photo', label: words.photoField, kind: 'file' },
  terms(words),
];
