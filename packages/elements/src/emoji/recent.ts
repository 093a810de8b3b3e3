import type { SupportClient } from '@sahay/client';
import { mayStore } from '../composer/tools/may-store.ts';
import { whenGone } from '../contact/when-gone.ts';
import { attempt } from '../message-tools/attempt.ts';

/** As many as fit two rows. */
const most = 16;
/** What they are kept as, with the client's other data: gone with a logout. */
const name = 'emoji';
/** Where there is no storage to reach, they last as long as the page. */
let list: readonly string[] = [];
/** Clients that tell when their person has gone, and her emoji with her. */
const followed = new WeakSet<SupportClient>();

function follow(client: SupportClient | undefined): void {
  if (!client || followed.has(client)) return;
  followed.add(client);
  whenGone(client, () => (list = []));
}

/** The emoji that were chosen last. */
export class RecentEmoji {
  readonly #host: HTMLElement;

  constructor(host: HTMLElement, arrived: () => void) {
    this.#host = host;
    if (list.length) return;
    attempt(host, async ({ client }) => {
      follow(client);
      const kept = await client?.remember(name);
      if (!kept || list.length) return;
      list = kept.split(' ').slice(0, most);
      arrived();
    });
  }

  get list(): readonly string[] {
    return list;
  }

  add(emoji: string): void {
    list = [emoji, ...list.filter((one) => one !== emoji)].slice(0, most);
    attempt(this.#host, (room) => {
      const { client } = room;
      follow(client);
      if (mayStore(room)) return client?.remember(name, list.join(' '));
    });
  }
}
