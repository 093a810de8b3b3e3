import type { MessageView, SupportClient } from '@sahay/client';
import type { Invitation } from '@sahay/protocol';
import { whenGone } from '../contact/when-gone.ts';
import type { SahayBubble } from './bubble.ts';
import type { Offer } from './teaser.ts';

/** Longer than this no timer waits, in milliseconds. */
const longestWait = 2 ** 31 - 1;
/** More of a message is not put beside the bubble, in characters. */
const mostSaid = 240;

/**
 * What the closed bubble has to say: an invitation, or else the last message that was not read. Each is said once: what was waved away
 * does not come back.
 */
export class News {
  /** What to show, if anything. */
  offer: Offer | undefined;
  readonly #bubble: SahayBubble;
  readonly #changed: () => void;
  readonly #done = new Set<string>();
  #client: SupportClient | undefined;
  #key: string | undefined;

  /** @param changed called when there may be something else to say */
  constructor(bubble: SahayBubble, changed: () => void) {
    this.#bubble = bubble;
    this.#changed = changed;
  }

  /** Listens to a client until the signal ends it. */
  follow(client: SupportClient, signal: AbortSignal): void {
    this.#client = client;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      clearTimeout(timer);
      const [ends] = this.#invitations().map(({ expiresAt }) => Date.parse(expiresAt) - Date.now());
      if (ends !== undefined) timer = setTimeout(look, Math.min(ends, longestWait));
      this.#changed();
    };
    const unsubscribe = client.user.subscribe(look);
    const stops = [
      whenGone(client, forgetHint),
      client.on('data.erased', ({ data }) => data.conversationId === undefined && forgetHint()),
    ];
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      unsubscribe();
      for (const stop of stops) stop();
      this.#client = undefined;
    });
    // Whoever asked to follow looks by itself; what has been there before may end by itself.
    queueMicrotask(() => signal.aborted || look());
  }

  /** Looks what there is to say now. */
  look(): void {
    const [invitation] = this.#invitations();
    if (invitation) {
      this.#say(invitation.invitationId, () => this.#invite(invitation));
    } else {
      const message = this.#bubble.unreadCount > 0 ? this.#lastMessage() : undefined;
      if (message && !this.#done.has(message.key)) this.#say(message.key, () => this.#quote(message));
      else this.offer = this.#key = undefined;
    }
  }

  #say(key: string, offer: () => Offer): void {
    if (key === this.#key) return;
    this.#key = key;
    this.offer = offer();
  }

  /** Those that stand, the latest first. */
  #invitations(): Invitation[] {
    const { invitations = [] } = this.#client?.user.getSnapshot() ?? {};
    return invitations
      .filter(
        ({ invitationId, expiresAt }) => !this.#done.has(invitationId) && Date.parse(expiresAt) > Date.now(),
      )
      .reverse();
  }

  #lastMessage(): MessageView | undefined {
    const { messages } = this.#client?.conversations.current()?.getSnapshot() ?? {};
    const last = messages?.at(-1);
    return last && !last.own && last.message.author.role !== 'system' && wordsOf(last) ? last : undefined;
  }

  #quote(view: MessageView): Offer {
    return {
      text: wordsOf(view),
      author: view.message.author.name,
      dismissed: () => this.#settle(view.key),
    };
  }

  #invite(invitation: Invitation): Offer {
    const client = this.#client!;
    const { invitationId, text, reason, from } = invitation;
    // It stands until the backend knows what became of it.
    const offerAgain = (): void => {
      this.#done.delete(invitationId);
      this.#changed();
    };
    return {
      text,
      reason,
      author: from?.name,
      taken: () => {
        this.#settle(invitationId);
        void import('./take-up.ts')
          .then(({ takeUp }) => takeUp(this.#bubble, client, invitation))
          .then((taken) => taken || offerAgain(), offerAgain);
      },
      dismissed: () => {
        this.#settle(invitationId);
        void client.command('invitation.dismiss', { invitationId }).catch(offerAgain);
      },
    };
  }

  #settle(key: string): void {
    this.#done.add(key);
    this.#changed();
  }
}

/** Whoever comes next has no conversation here; see `remember` in `bubble.ts`. */
function forgetHint(): void {
  try {
    localStorage.removeItem('sahay-conversation');
  } catch (error) {
    // Where storage is forbidden, nothing was kept.
    if (!(error instanceof DOMException)) throw error;
  }
}

/** What a message says, as plain words. */
function wordsOf({ message }: MessageView): string {
  const words = message.parts.map((part) => {
    if (part.type === 'text') return part.format === 'markdown' ? withoutMarks(part.text) : part.text;
    return part.type === 'quick_replies' || part.type === 'citation' ? '' : (part.fallbackText ?? '');
  });
  return words.join(' ').trim().slice(0, mostSaid);
}

/** The commonest marks only: this is a glimpse, the window shows the message. */
function withoutMarks(markdown: string): string {
  return markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s*(?:#{1,6}|>|[-+*])\s+/gm, '')
    .replace(/[*_`~]{1,3}/g, '');
}
