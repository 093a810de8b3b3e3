import { markdown } from './view.js';

/** Words: who says them, how they look, where they stand. */
export const talk = (words, { says, authors }) => [
  {
    title: 'Text',
    states: [
      {
        name: 'grouped by author',
        views: [
          says('bot', [words.hello]),
          says('visitor', [words.question]),
          says('agent', [words.answer]),
          says('agent', [words.more]),
          says('visitor', [words.thanks], { delivery: 'delivered' }),
        ],
      },
      { name: 'a long address', views: [says('visitor', [words.long]), says('agent', [words.long])] },
      { name: 'Markdown', views: [says('bot', [markdown(words.markdown)])] },
      { name: 'table and tasks', views: [says('bot', [markdown(words.table)])] },
      { name: 'code', views: [says('bot', [markdown(words.code)])] },
      {
        name: 'a quoted message',
        views: [
          says('agent', [
            { type: 'quote', messageId: 'm1', text: words.quote, authorName: words.you },
            words.answer,
          ]),
        ],
      },
    ],
  },
  {
    title: 'Answers of a bot',
    states: [
      { name: 'nothing yet', views: [says('bot', [], { status: 'streaming' })] },
      { name: 'arriving', views: [says('bot', [markdown(words.halfway)], { status: 'streaming' })] },
      {
        name: 'stopped',
        views: [says('visitor', [words.question]), says('bot', [words.answer], { status: 'cancelled' })],
      },
      {
        name: 'failed',
        views: [says('visitor', [words.question]), says('bot', [words.answer], { status: 'failed' })],
      },
      {
        name: 'did it help?',
        feedback: true,
        views: [says('bot', [words.answer, { type: 'citation', title: words.source, articleId: 'returns' }])],
      },
      { name: 'it helped', views: [says('bot', [words.answer], { feedback: { helpful: true } })] },
      {
        name: 'it did not',
        views: [
          says('visitor', [words.question]),
          says('bot', [words.answer], { feedback: { helpful: false } }),
        ],
      },
      {
        name: 'and why',
        views: [
          says('visitor', [words.question]),
          says('bot', [words.answer], { feedback: { helpful: false, reason: words.no } }),
        ],
      },
      {
        name: 'reasoning',
        views: [says('bot', [{ type: 'reasoning', text: words.reasoning }, words.answer])],
      },
      {
        name: 'reasoning, still thinking',
        views: [says('bot', [{ type: 'reasoning', text: words.reasoning }], { status: 'streaming' })],
      },
      { name: 'quick replies', views: [says('bot', [words.answer, replies(words.yes, words.no)])] },
      {
        name: 'many quick replies',
        views: [
          says('bot', [
            words.hello,
            replies(words.track, words.change, words.cancel, words.person, words.tell),
          ]),
        ],
      },
    ],
  },
  {
    title: 'Delivery',
    states: [
      ...['pending', 'unsaved', 'sent', 'delivered', 'read', 'failed'].map((delivery) => ({
        name: delivery,
        views: [says('visitor', [words.question], { delivery })],
      })),
      {
        name: 'refused, and why',
        views: [
          says('visitor', [words.refused], {
            delivery: 'failed',
            problem: { code: 'rate_limited', status: 429, title: 'Too many', type: 'about:blank' },
          }),
        ],
      },
      {
        name: 'an answer that quotes nothing',
        views: [
          says('visitor', [words.question], { id: 'asked' }),
          says('bot', [words.answer]),
          says('agent', [words.yes], { replyTo: 'asked' }),
        ],
      },
      { name: 'deleted', views: [says('agent', [], { status: 'deleted' })] },
      {
        name: 'lines of the transcript',
        views: [
          says('system', [{ type: 'notice', kind: 'handoff_requested', fallbackText: '' }]),
          says('system', [
            { type: 'notice', kind: 'agent_joined', participant: authors.agent, fallbackText: '' },
          ]),
          says('system', [{ type: 'notice', kind: 'closed', fallbackText: '' }]),
        ],
      },
    ],
  },
];

const replies = (...labels) => ({
  type: 'quick_replies',
  options: labels.map((label, index) => ({ id: `r${index}`, label })),
});
