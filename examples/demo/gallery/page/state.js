/** One state of a part, drawn by the window's own list of messages. It plays the conversation too: what is pressed is answered here. */
export class GalleryState extends HTMLElement {
  /** All that were made. */
  static lists = new Set();
  #state;
  #list = document.createElement('sahay-message-list');

  constructor() {
    super();
    GalleryState.lists.add(this.#list);
    this.attachShadow({ mode: 'open' }).append(this.#list);
  }

  show(state, media) {
    const list = this.#list;
    this.#state = { ...state };
    list.lang = this.lang;
    list.dir = this.lang === 'ar' ? 'rtl' : 'ltr';
    list.resolveAttachment = (id) => media.attachment(id);
    if (state.perspective) list.perspective = state.perspective;
    list.feedback = state.feedback ?? false;
    list.messages = state.views;
    if (state.press) void this.#press();
  }

  /** What the elements look for to do what a button says. */
  get conversation() {
    return {
      getSnapshot: () => ({ messages: this.#state.views }),
      subscribe: () => () => undefined,
      do: async (type, data) => this.#do(type, data),
      feedback: async (_id, helpful, reason) => this.#change({ feedback: { helpful, reason } }),
      cancelMessage: async () => this.#change({ status: 'cancelled' }),
      upload: async (_file, { name }) => ({ attachmentId: 'file', name }),
    };
  }

  get capabilities() {
    return new Set(['regenerate']);
  }

  async #do(type, { partId, values }) {
    await new Promise((resolve) => setTimeout(resolve, 600));
    if (this.#state.refuses) throw new Error('This state shows what a refusal looks like.');
    if (type !== 'form.submit') return;
    const { parts } = this.#state.views.at(-1).message;
    this.#change({
      parts: parts.map((part) => (part.partId === partId ? { ...part, submitted: values } : part)),
    });
  }

  #change(about) {
    const { views } = this.#state;
    const last = views.at(-1);
    this.#state.views = [...views.slice(0, -1), { ...last, message: { ...last.message, ...about } }];
    this.#list.messages = this.#state.views;
  }

  /** Sends the form as it stands, once it is there. */
  async #press() {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      const button = this.#list.shadowRoot
        ?.querySelector('sahay-form')
        ?.shadowRoot?.querySelector('.fields > .button');
      if (button) return button.click();
    }
  }
}
