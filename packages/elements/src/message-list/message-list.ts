import type { MessageList, MessageView } from '@sahay/client';
import type { Participant } from '@sahay/protocol';
import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { SahayElement } from '../internal/sahay-element.ts';
import { face } from '../message/face.ts';
import { asksForFeedback, isNotice, startsDay, startsGroup } from '../message/grouping.ts';
import { renderer, wearLateStyles } from '../message/lazy-renderers.ts';
import { messageRow, rowClass } from '../message/message-row.ts';
import { bubbleStyles, messageStyles } from '../message/message.styles.ts';
import type { ResolveAttachment, RowContext, RowEvents } from '../message/row-context.ts';
import { avatarFrame } from '../theme/avatar-frame.ts';
import { base } from '../theme/base.ts';
import { typingDots, typingStyles, typingWords } from '../typing-indicator/typing-dots.ts';
import { replyStyles } from '../quick-replies/reply-chips.ts';
import { windowControls } from '../theme/window-controls.ts';
import { windowTokens } from '../theme/window-tokens.ts';
import type { ListTools } from '../message-tools/list-tools.ts';
import { messageListStyles } from './message-list.styles.ts';
import type { ReadingPlace } from './reading-place.ts';
import type { RowWindow } from './row-window.ts';
import { Rows, type Row } from './rows.ts';
import { ScrollKeeper } from './scroll-keeper.ts';

/** Longer transcripts are drawn only as far as they are seen; until what does that has arrived, their end is. */
const drawnWhole = 120;
/** So much of the end of a longer one is drawn before anything else: it fills a tall screen. */
const drawnFirst = 40;

/** Whether the newest message is in view. */
export interface EndChangeDetail {
  atEnd: boolean;
}

/**
 * The transcript: messages grouped by author, days, who is typing. Stays at the end while its reader is there, and never moves what
 * she reads otherwise. It reads nothing aloud by itself: see `Announcer`.
 *
 * @fires {CustomEvent<EndChangeDetail>} sahay-end-change - The reader came to the end, or left it.
 * @fires {CustomEvent} sahay-load-earlier - The reader is near the top and there is more.
 * @fires {CustomEvent<{ key: string }>} sahay-retry - "Send again" on a failed message.
 * @fires {CustomEvent<{ key: string }>} sahay-discard - "Discard" on a failed message.
 * @fires {CustomEvent<{ messageId: string, helpful: boolean }>} sahay-feedback - An answer did or didn't help.
 * @fires {CustomEvent<QuickReplyDetail>} sahay-quick-reply - A suggested reply was chosen.
 * @fires {CustomEvent<CitationDetail>} sahay-open-citation - A source was asked for.
 * @slot before - Stands above the first message.
 * @slot after - Stands below the last one, such as a survey.
 * @slot empty - Shown while there are no messages.
 * @slot after-<id> - Stands below the message with this id, if it is `annotated`.
 * @csspart scroller - The part that scrolls.
 * @csspart message - One message's row.
 * @csspart bubble - A bubble.
 * @csspart author - The name and time above a group.
 * @csspart meta - Time and delivery mark.
 * @csspart image - A picture.
 * @csspart file - A file's card.
 * @csspart citation - A source's card.
 * @csspart card - A card.
 * @csspart form - A form.
 * @csspart notice - A line such as "Rina joined".
 * @csspart day - The heading of a day.
 * @csspart feedback - "Did this solve it?".
 * @csspart quick-replies - The suggested replies.
 * @csspart jump - The button that leads to the newest message.
 */
export class SahayMessageList extends SahayElement {
  static override styles = [
    windowTokens,
    base,
    avatarFrame,
    windowControls,
    bubbleStyles,
    typingStyles,
    replyStyles,
    messageStyles,
    messageListStyles,
  ];
  static override properties: PropertyDeclarations = {
    messages: { attribute: false },
    greeting: { attribute: false },
    typing: { attribute: false },
    resolveAttachment: { attribute: false },
    hasEarlier: { type: Boolean, attribute: 'has-earlier' },
    loadingEarlier: { type: Boolean, attribute: 'loading-earlier' },
    loading: { type: Boolean },
    feedback: { type: Boolean },
    perspective: { reflect: true },
    annotated: { attribute: false },
    atEnd: { state: true, attribute: false },
  };

  /** The messages, oldest first; each object must be replaced when it changes, and only then. */
  messages: MessageList | readonly MessageView[] = [];
  /** A message shown before all others, such as a greeting that is not recorded yet. */
  greeting: MessageView | undefined;
  /** Who else is typing. */
  typing: readonly Participant[] = [];
  /** Makes a link to an attachment. Without it pictures and files of the conversation cannot be shown. */
  resolveAttachment: ResolveAttachment | undefined;
  /** Whether there are earlier messages to load. */
  hasEarlier = false;
  /** Whether they are being loaded. */
  loadingEarlier = false;
  /** Shows the outline of messages that are still on their way. */
  loading = false;
  /** Whether to ask "Did this solve it?" under the last answer. */
  feedback = false;
  /** From whose side it is seen: for an `agent` all who help stand on her side, and the visitor on the other. Default `visitor`. */
  perspective: 'visitor' | 'agent' | undefined;
  /** Ids of messages below which the slot `after-<id>` opens, for notes and the like. */
  annotated: ReadonlySet<string> | undefined;

  /** How many messages were not read before they came into view, until a divider was placed before them. */
  news = 0;

  private atEnd = true;
  readonly #keeper = new ScrollKeeper(this);
  /** The last message there was when the reader left the end. */
  #lastSeen: string | undefined;
  readonly #rows = new Rows();
  #window: RowWindow | undefined;
  #known: RowContext | undefined;

  /** For the scroll keeper. */
  get scroller(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.scroller');
  }

  /** What holds the reading position, once it has arrived. */
  set place(place: ReadingPlace) {
    this.#keeper.place = place;
  }

  /** Whether the newest message is in view, and new ones will be. */
  get following(): boolean {
    return this.#keeper.atEnd;
  }

  /** Shows the newest message. */
  scrollToEnd(smooth = false): void {
    this.#keeper.atEnd = true;
    this.#window?.draw();
    // Nobody wants to see all of a long transcript pass by.
    this.#keeper.toEnd(smooth && !this.#window);
  }

  /** Shows the message with this key, wherever it is in the transcript; whether it can: what draws a long one may be still to come. */
  reveal(key: string): boolean {
    const index = this.#indexOf(key);
    const row = this.#elementOf(key);
    if (index < 0 || !(this.#window || row)) return false;
    this.#keeper.atEnd = false;
    if (this.#window) this.#window.reveal(index);
    else row!.scrollIntoView({ block: 'center' });
    return true;
  }

  /** Puts the keyboard focus on the transcript. */
  override focus(options?: FocusOptions): void {
    this.scroller?.focus(options);
  }

  scrollChanged(atEnd: boolean, nearTop: boolean): void {
    if (nearTop && this.hasEarlier && !this.loadingEarlier) this.fire('sahay-load-earlier', {});
    if (atEnd === this.atEnd) return;
    this.#lastSeen = atEnd ? undefined : at(this.messages, -1)?.key;
    this.atEnd = atEnd;
    this.fire('sahay-end-change', { atEnd });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const before = changed.get('messages');
    if (!before || !this.hasUpdated) return;
    if (!this.following && at(before, 0)?.key !== at(this.messages, 0)?.key) this.#keeper.place?.hold();
    const last = at(this.messages, -1);
    if (last?.own && last.key !== at(before, -1)?.key) this.#keeper.toEnd();
  }

  protected override updated(): void {
    wearLateStyles(this.shadowRoot);
    // Who follows the end is led there by what watches sizes, once for all that is drawn in a frame.
    if (!this.following) this.#keeper.settle();
    if (this.#keeper.atEnd && !this.atEnd) this.scrollChanged(true, false);
  }

  /** The same object until language or links change, so that rows can tell by identity whether to be drawn again. */
  #context(): RowContext {
    const { localized, resolveAttachment } = this;
    const known = this.#known;
    const tools = this.#tools;
    if (
      known?.locale !== localized ||
      known.resolveAttachment !== resolveAttachment ||
      known.tools !== tools
    ) {
      const fire = <T extends keyof RowEvents>(type: T, detail: RowEvents[T]) => void this.fire(type, detail);
      this.#known = {
        locale: localized,
        formats: this.formats,
        resolveAttachment,
        tools,
        fire,
        arrived: this.redraw,
      };
    }
    return this.#known!;
  }

  /** What can be done with messages comes once there are any. */
  get #tools(): ListTools | undefined {
    return this.messages.length ? renderer('tools', this.redraw)?.toolsOf(this) : undefined;
  }

  /** Draws every row again: something they need has arrived. */
  readonly redraw = (): void => {
    // A new context is what makes them look.
    this.#known = undefined;
    this.requestUpdate();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    this.#rows.setConnected(true);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#rows.setConnected(false);
  }

  protected override update(changed: PropertyValues<this>): void {
    super.update(changed);
    this.#drawRows();
  }

  #drawRows(): void {
    const rows = this.renderRoot.querySelector<HTMLElement>('.rows')!;
    const long = this.#count > drawnWhole ? renderer('long', this.redraw) : undefined;
    if (!long) {
      this.#window?.dispose();
      this.#window = undefined;
      // Where more stands already, it stays: she may be reading it.
      const most = this.#count > drawnWhole && !rows.firstChild ? drawnFirst : drawnWhole;
      this.#draw(rows, Math.max(0, this.#count - most), this.#count);
      return;
    }
    this.#window ??= new long.RowWindow({
      scroller: this.scroller!,
      rows,
      count: () => this.#count,
      hasEarlier: () => this.hasEarlier,
      following: () => this.following,
      keyAt: (index) => this.#viewAt(index)?.key ?? '',
      indexOf: (key) => this.#indexOf(key),
      gap: () => (this.messages as MessageList).gap,
      elementOf: (key) => this.#rows.elementOf(key),
      draw: (from, to) => this.#draw(rows, from, to),
    });
    this.#window.draw();
  }

  #draw(container: HTMLElement, from: number, to: number): HTMLElement[] {
    const rows = this.#wanted(from, to);
    this.#rows.draw(container, rows);
    return rows.filter(({ view }) => view).map(({ key }) => this.#rows.elementOf(key)!);
  }

  protected override render(): TemplateResult {
    const { localized, loading } = this;
    const context = this.#context();
    const empty = !this.#count;
    // The looks of that side come with the rest.
    if (this.perspective) renderer('rich', context.arrived);
    return html`<div
        class="scroller"
        part="scroller"
        role="log"
        aria-live="off"
        aria-label=${localized.strings.transcript}
        aria-busy=${loading ? 'true' : 'false'}
        tabindex="0"
      >
        <div class="content">
          <slot name="before"></slot>
          ${this.#earlier(context)}
          ${empty ? (loading ? this.#skeleton() : html`<slot name="empty"></slot>`) : nothing}
          <div class="rows ${this.hasUpdated && !loading ? 'live' : ''}"></div>
          ${this.#typing()}
          <slot name="after"></slot>
        </div>
      </div>
      ${this.#jump(context)}`;
  }

  /** How many messages there are, the greeting counted. */
  get #count(): number {
    return this.messages.length + (this.greeting ? 1 : 0);
  }

  #viewAt(index: number): MessageView | undefined {
    if (index < 0) return undefined;
    if (!this.greeting) return at(this.messages, index);
    return index === 0 ? this.greeting : at(this.messages, index - 1);
  }

  #indexOf(key: string): number {
    const { messages, greeting } = this;
    const index = Array.isArray(messages)
      ? (messages as readonly MessageView[]).findIndex((view) => view.key === key)
      : (messages as MessageList).indexOf(key);
    if (greeting?.key === key) return 0;
    return index < 0 || !greeting ? index : index + 1;
  }

  #elementOf(key: string): HTMLElement | undefined {
    return this.#rows.elementOf(key) ?? (this.#indexOf(key) ? undefined : this.#rows.elementOf('first'));
  }

  /** The lines of the messages from one index up to another. */
  #wanted(from: number, to: number): Row[] {
    const context = this.#context();
    const rows: Row[] = [];
    for (let index = from; index < to; index++) {
      const view = this.#viewAt(index)!;
      const before = this.#viewAt(index - 1);
      // The greeting was never said on a day: the first message after it opens one.
      if (view !== this.greeting && (before === this.greeting || startsDay(view.message, before?.message)))
        rows.push(...this.#day(view));
      rows.push(...(this.#tools?.before(view) ?? []));
      rows.push(this.#row(view, index, before, context));
      if (this.annotated?.has(view.message.id)) rows.push(noteAfter(view.message.id));
    }
    return rows;
  }

  #row(view: MessageView, index: number, before: MessageView | undefined, context: RowContext): Row {
    const { message } = view;
    const after = this.#viewAt(index + 1);
    const place = {
      start: startsGroup(message, before?.message),
      end: !after || startsGroup(after.message, message),
      last: !after,
      asks: !after && this.feedback && asksForFeedback(view),
    };
    // The recorded greeting takes over the element of the one that was shown until then.
    const key = index === 0 && !view.own && !this.hasEarlier ? 'first' : view.key;
    const facts = [view, context, ...Object.values(place)];
    return isNotice(message)
      ? {
          key,
          view,
          part: 'notice',
          className: 'notice',
          facts,
          content: () => renderer('rich', context.arrived)?.notice(message.parts, context.locale),
        }
      : {
          key,
          view,
          part: 'message',
          className: rowClass(view, place),
          facts,
          content: () => messageRow(view, place, context),
        };
  }

  #day({ key, message }: MessageView): Row[] {
    const time = Date.parse(message.createdAt);
    if (Number.isNaN(time)) return [];
    const label = this.formats.day(time, Date.now(), this.localized.strings);
    return [{ key: `day ${key}`, part: 'day', className: 'day', facts: [label], content: () => label }];
  }

  #earlier(context: RowContext): TemplateResult | undefined {
    if (!this.hasEarlier) return undefined;
    const load = (): boolean => this.fire('sahay-load-earlier', {});
    return renderer('rich', context.arrived)?.earlierButton(this.loadingEarlier, context, load);
  }

  #skeleton(): TemplateResult {
    return html`<div class="skeleton">
      <span class="hidden-visually">${this.localized.strings.loading}</span><i></i><i></i><i></i>
    </div>`;
  }

  #typing(): TemplateResult | typeof nothing {
    const [first] = this.typing;
    if (!first) return nothing;
    return html`<div class="row start nameless">
      ${face(first, this.redraw)}${typingDots(typingWords(this.typing.length, first.name, this.localized))}
    </div>`;
  }

  #jump({ arrived }: RowContext): TemplateResult | undefined {
    if (this.atEnd) return undefined;
    return renderer('rich', arrived)?.jumpButton(this.messages, this.#lastSeen, this.localized, () =>
      this.scrollToEnd(true),
    );
  }
}

/** Where the host page may put something below a message. */
function noteAfter(id: string): Row {
  return {
    key: `note ${id}`,
    part: 'note',
    className: 'note',
    facts: [],
    content: () => html`<slot name=${`after-${id}`}></slot>`,
  };
}

type Views = MessageList | readonly MessageView[];

function at(views: Views, index: number): MessageView | undefined {
  return views.at(index);
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-message-list': SahayMessageList;
  }
}
