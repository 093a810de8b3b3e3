import type { MessageView } from '@sahay/client';
import { html, nothing, type TemplateResult } from 'lit';
import type { ChatRoom } from '../chat/later.ts';
import { relativeTime } from '../internal/measures.ts';
import { whileConnected } from '../internal/while-connected.ts';
import { completeEnglish } from '../locales/complete-english.ts';
import type { SahayMessageList } from '../message-list/message-list.ts';
import { ReadingPlace } from '../message-list/reading-place.ts';
import type { Row } from '../message-list/rows.ts';
import { conversationOf } from '../parts/conversation-of.ts';
import { wear } from '../message/lazy-renderers.ts';
import type { RowTools } from '../message/row-context.ts';
import { attempt } from './attempt.ts';
import { CopyRange } from './copy-range.ts';
import { GapLine } from './gap-line.ts';
import { LongPress } from './long-press.ts';
import { indexOf } from './index-of.ts';
import { openMessageMenu } from './message-menu.ts';
import { toolStyles } from './message-tools.styles.ts';
import { pushUp } from './push-up.ts';
import { answeredMessage } from './answered-message.ts';
import { followLink, messageWith, revealMessage } from './message-link.ts';
import { reactions } from './reactions.ts';
import { roving } from './roving.ts';
import { UnreadDivider } from './unread-divider.ts';

completeEnglish();

/** Times this young are told as "5 min. ago". */
const young = 3_600_000;
/** How often they are told anew, in milliseconds. */
const tick = 20_000;

const all = new WeakMap<SahayMessageList, ListTools>();

/** The tools of a transcript: the same object each time. */
export function toolsOf(list: SahayMessageList): ListTools {
  const tools = all.get(list) ?? new ListTools(list);
  all.set(list, tools);
  tools.watch();
  return tools;
}

/** A button that knows the message it belongs to. */
export interface MessageButton extends HTMLButtonElement {
  view: MessageView;
}

/**
 * What a transcript can do once a conversation has begun: a menu for each message, reactions, a divider before what was not read, times
 * that update, copies that say who said what and when. It arrives after the first messages.
 */
export class ListTools implements RowTools {
  readonly #list: SahayMessageList;
  readonly #divider: UnreadDivider;
  readonly #gap: GapLine;
  /** The window this transcript stands in; without one it has no menus. */
  #room: ChatRoom | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** The conversation in which the message that the page's address names was last looked for. */
  #linkedIn: string | undefined;
  #copying: CopyRange | undefined;

  constructor(list: SahayMessageList) {
    this.#list = list;
    this.#divider = new UnreadDivider(list);
    this.#gap = new GapLine(list, (words) => this.#room?.say(words));
    whileConnected(list, document, 'visibilitychange', list.redraw);
    list.addController({ hostDisconnected: () => this.#rest() });
    attempt(list, (room) => this.#enter(room));
  }

  #enter(room: ChatRoom): void {
    this.#room = room;
    this.#list.redraw();
  }

  /** Begins what ends by itself when the list leaves the page. */
  watch(): void {
    const { scroller } = this.#list;
    const shown = conversationOf(this.#list)?.id;
    if (this.#room && shown !== undefined && shown !== this.#linkedIn) {
      this.#linkedIn = shown;
      void followLink(this.#list);
    }
    if (!scroller) return;
    wear(this.#list.shadowRoot, toolStyles);
    if (!this.#copying) {
      this.#copying = new CopyRange(this.#list, scroller);
      this.#list.place = new ReadingPlace(scroller);
      roving(scroller);
      pushUp(this.#list, scroller);
      this.#gap.watch(scroller);
      new LongPress(scroller, (row) => row.querySelector<MessageButton>('.act')?.click());
      scroller.addEventListener('pointerover', nameTime);
    }
    this.#timer ??= setInterval(() => this.#tick(), tick);
  }

  #rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #tick(): void {
    const last = Date.parse(this.#list.messages.at(-1)?.message.createdAt ?? '');
    if (document.visibilityState === 'visible' && Date.now() - last < young + tick) this.#list.redraw();
  }

  /** The lines that stand before a message: some are missing there, or what follows was not read. */
  before(view: MessageView): readonly Row[] {
    return [...this.#gap.before(view), ...this.#divider.before(view)];
  }

  /** Leads to a message, also to one that has to be loaded first. */
  show(messageId: string): void {
    attempt(this.#list, async ({ failed }) => {
      if (await revealMessage(this.#list, messageId)) return;
      failed(new Error(`The message ${messageId} is not there.`), this.#list.localized.strings.messageGone);
    });
  }

  /** A time of the last hour as a distance; others as they are. */
  time(time: number): string | undefined {
    const now = Date.now();
    return now - time < young && time - now < tick ? relativeTime(this.#list.formats, time, now) : undefined;
  }

  /** What a message answers, where it says so without quoting it. */
  above({ key, message }: MessageView): unknown {
    const { replyTo, parts, status } = message;
    if (!replyTo || status === 'deleted' || parts.some(({ type }) => type === 'quote')) return nothing;
    const { messages } = this.#list;
    const answered = messageWith(this.#list, replyTo);
    // What stands right above needs no repeating: some backends name the question in every answer.
    if (!answered || messages.at(indexOf(messages, key) - 1) === answered) return nothing;
    return answeredMessage(answered, this.#list, this) ?? nothing;
  }

  /** Reactions, that it was edited or replaced, and the button of the menu. */
  below(view: MessageView, last: boolean): TemplateResult | typeof nothing {
    const { message, own } = view;
    if (!this.#room || message.status === 'deleted' || message.status === 'streaming') return nothing;
    const { strings } = this.#list.localized;
    const react = (emoji: string, active: boolean): void => this.react(view, emoji, active);
    return html`${message.reactions ? reactions(view, this.#me, this.#list.localized, this.#list.formats, react) : nothing}${
        message.editedAt ? html`<span class="meta edited">${strings.messageEdited}</span>` : nothing
      }${
        message.supersededAt ? html`<span class="meta replaced">${strings.messageReplaced}</span>` : nothing
      }<button
        type="button"
        class="icon-button act"
        part="message-menu"
        tabindex=${last ? 0 : -1}
        aria-haspopup="menu"
        aria-label=${`${strings.messageMenu}: ${own ? strings.you : (message.author.name ?? strings.agent)}`}
        .view=${view}
        @click=${this.#open}
      ></button>`;
  }

  get #me(): string | undefined {
    return this.#room?.client?.user.getSnapshot().participant?.id;
  }

  readonly #open = ({ currentTarget }: Event): void => {
    const button = currentTarget as MessageButton;
    attempt(this.#list, (room) => {
      openMessageMenu(button, this.#list, room, (emoji) => {
        const mine = button.view.message.reactions?.[emoji]?.includes(this.#me ?? '');
        this.react(button.view, emoji, !mine);
      });
    });
  };

  /** Gives or takes back a reaction. */
  react({ message }: MessageView, emoji: string, active: boolean): void {
    attempt(this.#list, ({ handle }) =>
      handle?.do?.('message.react', { messageId: message.id, emoji, active }),
    );
  }
}

/** The exact time is told where the pointer rests. */
function nameTime(this: HTMLElement, { target }: Event): void {
  if (!(target instanceof HTMLTimeElement) || target.title) return;
  const list = (this.getRootNode() as ShadowRoot).host as SahayMessageList;
  const time = Date.parse(target.dateTime);
  if (!Number.isNaN(time)) target.title = list.formats.dateTime(time);
}
