import type { SupportClient } from '@sahay/client';
import type { ChatRoom } from '../../chat/later.ts';
import { whenGone } from '../../contact/when-gone.ts';
import { whileConnected } from '../../internal/while-connected.ts';
import { attempt } from '../../message-tools/attempt.ts';
import type { SahayComposer } from '../composer.ts';
import { forgetLeft, leaveBehind, takeOver } from './left-behind.ts';
import { mayStore } from './may-store.ts';

/** How long after the last letter a draft is kept, in milliseconds. */
const pause = 400;
/** What a draft is called before there is a conversation. */
const fresh = 'new';
/** Why nothing can be kept is told by the client, as a `problem`; it loses a draft, not what is being written. */
const untold = (): undefined => undefined;

/** What was written before it was known whether anything may be stored: it lasts as long as the page. */
const unstored = new WeakMap<SupportClient, string>();

/** Keeps what was written and not sent, for each conversation, in the client's storage: it is there after a reload, and gone with a logout. */
export class Drafts {
  readonly #composer: SahayComposer;
  readonly #editing: () => boolean;
  #name: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #kept = '';
  /** The window as it was last seen: an element that was taken out has none. */
  #room: ChatRoom | undefined;
  readonly #gone: () => void;
  #stop: (() => void) | undefined;

  /**
   * @param editing whether the field holds a message that is edited: no draft
   * @param gone called when she who wrote here has gone, and her words with her
   */
  constructor(composer: SahayComposer, editing: () => boolean, gone: () => void) {
    this.#composer = composer;
    this.#editing = editing;
    this.#gone = gone;
    whileConnected(composer, window, 'pagehide', () => this.#leave());
    composer.addController({
      hostConnected: () => this.#watch(),
      hostDisconnected: () => {
        this.#flush();
        this.#stop = this.#stop?.() as undefined;
      },
    });
  }

  get #client(): SupportClient | undefined {
    return this.#room?.client;
  }

  #watch(): void {
    if (this.#client && this.#composer.isConnected)
      this.#stop ??= whenGone(this.#client, () => this.#forget());
  }

  /** Whoever comes after her shall neither read what she wrote nor find it stored. */
  #forget(): void {
    clearTimeout(this.#timer);
    this.#gone();
    this.#composer.value = this.#kept = '';
    if (this.#client) unstored.delete(this.#client);
    forgetLeft();
  }

  /** Notices that another conversation is shown; puts its draft into the field. */
  follow(): void {
    const name = this.#composer.draft ?? fresh;
    const before = this.#name;
    if (name === before) return;
    if (before !== undefined) this.#flush();
    this.#name = name;
    // A conversation that begins with what was just sent takes along what was written since.
    if (before === fresh && this.#composer.value) return this.written();
    if (before !== undefined) this.#composer.value = '';
    void this.#restore(name);
  }

  written(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#flush(), pause);
  }

  /** What is on its way is no draft any more. */
  sent(): void {
    clearTimeout(this.#timer);
    queueMicrotask(() => this.#flush());
  }

  async #restore(name: string): Promise<void> {
    this.#kept = '';
    const kept = await this.#remember(name).catch(untold);
    const draft = (this.#isHers(name) && takeOver(name)) || kept;
    if (!draft || name !== this.#name || this.#composer.value) return;
    this.#kept = this.#composer.value = draft;
  }

  /** A conversation is one person's; before there is one, whoever comes after somebody else must not find her words. */
  #isHers(name: string): boolean {
    return name !== fresh || !this.#client?.user.getSnapshot().participant;
  }

  /** What belongs to a conversation is stored as that is. */
  #mayStore(name: string): boolean {
    return name !== fresh || (this.#room !== undefined && mayStore(this.#room));
  }

  #leave(): void {
    this.#flush();
    const name = this.#name;
    const { value: text } = this.#composer;
    if (name !== undefined && text.trim() && !this.#editing() && this.#isHers(name) && this.#mayStore(name))
      leaveBehind({ name, text });
  }

  #flush(): void {
    clearTimeout(this.#timer);
    const name = this.#name;
    const text = this.#composer.value;
    if (name === undefined || text === this.#kept || this.#editing()) return;
    forgetLeft();
    this.#kept = text;
    this.#remember(name, text.trim() && text).catch(untold);
  }

  async #remember(name: string, text?: string): Promise<string | undefined> {
    // Asked for as seldom as can be: whatever is attempted takes away what the window says of the attempt before.
    if (this.#composer.isConnected && !(this.#room && this.#mayStore(name)))
      this.#room = await new Promise<ChatRoom>((resolve) => attempt(this.#composer, resolve));
    this.#watch();
    const client = this.#client;
    if (!client) return undefined;
    const before = name === fresh ? unstored.get(client) : undefined;
    if (text === undefined && before) return before;
    if (text && !this.#mayStore(name)) return void unstored.set(client, text);
    if (name === fresh) unstored.delete(client);
    return client.remember(`draft:${name}`, text);
  }
}
