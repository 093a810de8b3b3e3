const inline = { type: 'image', mediaType: 'image/webp' };

/** What is shown beside words: pictures, files, cards, tools, places, models, parts of a page's own. */
export const things = (words, { says }, { picture, model }) => [
  {
    title: 'Pictures and files',
    states: [
      {
        name: 'picture',
        views: [
          says('agent', [
            { ...inline, name: 'lamp.webp', alt: words.photo, attachmentId: 'wide', width: 640, height: 400 },
          ]),
        ],
      },
      {
        name: 'one’s own, upright',
        views: [
          says('visitor', [
            { ...inline, name: 'lamp.webp', alt: words.photo, attachmentId: 'tall', width: 400, height: 640 },
          ]),
        ],
      },
      {
        name: 'on its way',
        views: [
          says('agent', [
            {
              ...inline,
              name: 'lamp.webp',
              alt: words.photo,
              attachmentId: 'never',
              width: 640,
              height: 400,
            },
          ]),
        ],
      },
      {
        name: 'from another host',
        views: [says('bot', [{ ...inline, name: words.photo, url: 'https://pictures.example/lamp.webp' }])],
      },
      {
        name: 'files',
        views: [
          says('visitor', [
            {
              type: 'file',
              name: words.file,
              mediaType: 'application/pdf',
              size: 482_133,
              attachmentId: 'file',
            },
          ]),
          says('agent', [
            {
              type: 'file',
              name: words.file,
              mediaType: 'application/pdf',
              url: 'https://files.example/4711.pdf',
            },
          ]),
        ],
      },
      {
        name: 'sound',
        views: [
          says('visitor', [
            {
              type: 'audio',
              name: words.voice,
              mediaType: 'audio/wav',
              size: 16_044,
              durationMs: 1000,
              attachmentId: 'sound',
              transcript: words.transcript,
            },
          ]),
        ],
      },
      {
        name: 'film',
        views: [
          says('agent', [
            {
              type: 'video',
              name: 'bulb.webm',
              alt: words.film,
              mediaType: 'video/webm',
              size: 1_204_000,
              attachmentId: 'film',
            },
          ]),
        ],
      },
    ],
  },
  {
    title: 'Cards',
    states: [
      { name: 'card', views: [says('agent', [{ type: 'card', card: lamp(words, picture) }])] },
      { name: 'words alone', views: [says('bot', [{ type: 'card', card: { title: words.shade } }])] },
      {
        name: 'carousel',
        views: [
          says('bot', [
            words.answer,
            {
              type: 'carousel',
              cards: [
                lamp(words, picture),
                { title: words.shade, subtitle: '12 €', actions: [hold(words)] },
                { title: words.bulb, subtitle: '4 €', actions: [hold(words)] },
                { title: words.stand, actions: [hold(words)] },
              ],
            },
          ]),
        ],
      },
      {
        name: 'source',
        views: [says('bot', [words.answer, { type: 'citation', title: words.source, articleId: 'returns' }])],
      },
      {
        name: 'place',
        views: [
          says('agent', [{ type: 'location', latitude: 23.8103, longitude: 90.4125, label: words.place }]),
        ],
      },
      {
        name: 'three dimensions',
        views: [says('agent', [{ type: 'model3d', url: model, alt: words.model }])],
      },
      {
        name: 'three dimensions, elsewhere',
        views: [
          says('agent', [{ type: 'model3d', url: 'https://models.example/lamp.glb', alt: words.model }]),
        ],
      },
      {
        name: 'a part of the page’s own',
        views: [says('bot', [{ type: 'x-seats', fallbackText: words.seat, text: words.seatOwn }])],
      },
      {
        name: 'a part nobody knows',
        views: [says('bot', [{ type: 'x-tomorrow', fallbackText: words.later }])],
      },
    ],
  },
  {
    title: 'Tools',
    states: ['running', 'waiting_approval', 'succeeded', 'failed', 'denied'].map((state) => ({
      name: state.replace('_', ' '),
      views: [
        says('bot', [
          {
            type: 'tool_status',
            toolCallId: 'k1',
            name: 'refund',
            label: words.tool,
            detail: words.toolDetail,
            state,
          },
        ]),
      ],
    })),
  },
];

const hold = (words) => ({ id: 'hold', label: words.hold, kind: 'action', value: 'lamp' });

const lamp = (words, picture) => ({
  title: words.lamp,
  subtitle: words.lampSub,
  text: words.lampText,
  imageUrl: picture,
  imageAlt: words.photo,
  actions: [
    { id: 'tell', label: words.tell, kind: 'reply' },
    { id: 'shop', label: words.shop, kind: 'link', url: 'https://shop.example/lamps/jonaki' },
    hold(words),
  ],
});
