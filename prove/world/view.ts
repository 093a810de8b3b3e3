import type { ConversationHandle } from '@sahay/client';
import { numberOf } from './message-text.ts';
import type { Page } from './page.ts';
import { shownBy, type Talk } from './talk.ts';
import type { World } from './world.ts';

/** How many events pass between two looks at a view. */
const everyEvents = 40;

/** One page's view of one conversation, looked at now and then. */
export class View {
  readonly page: Page;
  readonly handle: ConversationHandle;
  readonly #world: World;
  readonly #talk: Talk;
  /** What this page took and has not seen in the log yet: it has to be in sight, as on its way. */
  readonly #mine = new Set<number>();
  #events = 0;

  constructor(world: World, talk: Talk, page: Page, handle: ConversationHandle) {
    this.#world = world;
    this.#talk = talk;
    this.page = page;
    this.handle = handle;
    page.client.on('message.created', ({ data, stream }) => {
      if (data.message.conversationId !== handle.id || !stream.startsWith('conversation:')) return;
      const number = numberOf(data.message);
      if (number > 0) talk.settle(number);
      if (++this.#events % everyEvents === 0) this.look(false);
    });
  }

  took(message: number): void {
    this.#mine.add(message);
  }

  /** Writes down what is shown. */
  look(isFinal: boolean): void {
    const { inLog, pending, refused } = shownBy(this.handle);
    this.#world.records.view(this.#talk.index, this.page.id, isFinal, inLog, pending);
    for (const message of refused) this.#world.complain(`message ${message} was refused`);
    for (const message of inLog) {
      this.#mine.delete(message);
      this.#talk.settle(message);
    }
    if (this.#mine.size === 0) return;
    const onTheWay = new Set(pending);
    const { hasEarlier } = this.handle.getSnapshot();
    for (const message of this.#mine)
      if (!onTheWay.has(message)) {
        // What arrived before a snapshot may stand before the snapshot's first message.
        if (hasEarlier && this.#talk.isSettled(message)) continue;
        this.#mine.delete(message);
        this.#world.complain(`message ${message} was taken by page ${this.page.id} and is not in sight`);
      }
  }

  /** Where this view stands, in words. */
  describe(): string {
    const { state, cause } = this.page.client.connection.getSnapshot();
    const { phase, messages, problem } = this.handle.getSnapshot();
    const why = problem ? ` (${problem.code}: ${problem.detail})` : '';
    const { pending } = shownBy(this.handle);
    return `page ${this.page.id}: ${state} (${cause}), ${phase}${why}, ${messages.length} messages, on their way ${pending.join(' ') || 'none'}`;
  }

  /** The last place in the log that is shown, and whether anything is still on its way. */
  end(): { last: number | undefined; isQuiet: boolean } {
    const { messages, phase } = this.handle.getSnapshot();
    const view = messages.at(-1);
    const onTheWay = view?.own && view.message.id === view.message.clientMessageId;
    return { last: view && numberOf(view.message), isQuiet: phase === 'ready' && !onTheWay };
  }
}
