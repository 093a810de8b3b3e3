import type { Clock, ConnectionSnapshot, InboxView, SupportClient, UserView } from '@sahay/client';
import { inboxIcon } from '@sahay/elements/icons';
import { Announcer, ReadableController, type Listens } from '@sahay/elements/internal';
import { avatar, base, colorScheme, tokens } from '@sahay/elements/theme';
import type { AgentPresence, InboxEntry } from '@sahay/protocol';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import { repeat } from 'lit/directives/repeat.js';
import { connectionWords } from '../internal/connection-words.ts';
import { ConsoleElement } from '../internal/console-element.ts';
import { visitorName } from '../internal/names.ts';
import { pageClock } from '../internal/page-clock.ts';
import { seenMessages } from '../internal/seen-messages.ts';
import { tellConnection } from '../internal/tell-connection.ts';
import { Ticker } from '../internal/ticker.ts';
import { inboxRow, type RowSurroundings } from './inbox-row.ts';
import { inboxStyles } from './inbox.styles.ts';
import { stepFor } from '../internal/roving.ts';
import { entriesIn, inboxSections, type InboxSection } from './sections.ts';

/** Which conversation was chosen. */
export interface InboxSelectDetail {
  conversationId: string;
}

/** What the events of the inbox carry. */
export interface SahayInboxEventMap {
  'sahay-select': CustomEvent<InboxSelectDetail>;
  'sahay-error': CustomEvent<{ error: unknown }>;
}

/** How often waiting times are drawn anew, in milliseconds. */
const minuteHand = 15_000;

/**
 * The list of conversations for those who answer: who waits (longest first), one's own, all that are open, and the closed ones; and
 * the switch that says whether one is there.
 *
 * @example
 * const inbox = document.querySelector('sahay-inbox');
 * inbox.client = createSupportClient({ url, role: 'agent', getToken });
 * inbox.addEventListener('sahay-select', ({ detail }) => desk.open(detail.conversationId));
 *
 * @tagname sahay-inbox
 * @fires {CustomEvent<InboxSelectDetail>} sahay-select - A conversation was chosen.
 * @fires {CustomEvent<{ error: unknown }>} sahay-error - The presence could not be changed.
 * @slot header - Stands beside the heading.
 * @csspart header - Heading and presence switch.
 * @csspart tabs - The sections.
 * @csspart list - The list of conversations.
 * @csspart entry - One conversation.
 * @cssprop [--sahay-accent=#0b6452] - The brand's colour; everything else follows.
 * @cssprop [--sahay-surface-raised=#fff] - The ground of the list.
 */
export class SahayInbox extends ConsoleElement {
  static override styles = [tokens, colorScheme, base, avatar, inboxStyles];

  declare addEventListener: Listens<SahayInboxEventMap>;
  declare removeEventListener: Listens<SahayInboxEventMap>;

  /** The client of the agent who looks. */
  @property({ attribute: false }) client: SupportClient | undefined;
  /** Which section is shown: `waiting` (default), `mine`, `all` or `closed`. */
  @property({ reflect: true }) section: InboxSection = 'waiting';
  /** The conversation that is marked as chosen. */
  @property() selected: string | undefined;
  /** Tells the time; tests bring their own. */
  @property({ attribute: false }) clock: Clock = pageClock;

  /** Which option the Tab key stops at. */
  @state() private current: string | undefined;
  readonly #inbox = new ReadableController<InboxView>(this);
  readonly #user = new ReadableController<UserView>(this);
  readonly #connection = new ReadableController<ConnectionSnapshot>(this);
  readonly #seen = new ReadableController<ReadonlyMap<string, string>>(this);
  #announcer: Announcer | undefined;
  #known: ReadonlySet<string> | undefined;
  #refocus = false;

  constructor() {
    super();
    new Ticker(this, () => this.clock, minuteHand);
  }

  /** Puts the keyboard focus on the list. */
  override focus(options?: FocusOptions): void {
    (this.#option(this.current) ?? this.renderRoot.querySelector<HTMLElement>('.panel'))?.focus(options);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#announcer?.clear();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('client')) {
      this.#inbox.source = this.client?.inbox;
      this.#user.source = this.client?.user;
      this.#connection.source = this.client?.connection;
      this.#seen.source = this.client && seenMessages(this.client);
      this.#known = undefined;
    }
    if (changed.has('selected') && this.selected) this.current = this.selected;
    this.#refocus = this.shadowRoot?.activeElement?.matches('[role=option]') ?? false;
  }

  protected override firstUpdated(): void {
    this.#announcer = new Announcer(this.renderRoot);
  }

  protected override updated(): void {
    // A row that moves in the list loses the focus in some browsers; it stays with whoever it was on.
    if (this.#refocus && !this.shadowRoot?.activeElement?.matches('[role=option]'))
      this.focus({ preventScroll: true });
    this.#announceArrivals();
    tellConnection(this, this.client, this.#announcer, connectionWords(this.#connection.value, this.words));
  }

  get #me(): string | undefined {
    return this.#user.value?.participant?.id;
  }

  #announceArrivals(): void {
    const view = this.#inbox.value;
    if (!view?.ready) return;
    const waiting = entriesIn('waiting', view.entries, this.#me);
    if (this.#known) {
      for (const entry of waiting) {
        if (this.#known.has(entry.conversationId)) continue;
        this.#announcer?.announce(`${this.words.strings.waiting}: ${visitorName(entry.visitor, this.words)}`);
      }
    }
    this.#known = new Set(waiting.map(({ conversationId }) => conversationId));
  }

  protected override render(): TemplateResult {
    const { strings } = this.words;
    return html`<header part="header">
        <h2>${strings.inbox}</h2>
        ${this.#presence()}<slot name="header"></slot>
      </header>
      ${this.#tabs()} ${this.#connectionLine()}${this.#panel()}`;
  }

  #presence(): TemplateResult {
    const { strings } = this.words;
    const mine = this.#inbox.value?.agents.find(({ agent }) => agent.id === this.#me)?.status;
    const choice = (status: AgentPresence['status'], label: string, hint: string) =>
      html`<label class=${status} title=${hint}
        ><input
          type="radio"
          name="presence"
          value=${status}
          ?disabled=${!this.client}
          .checked=${mine === status || (status === 'away' && mine === 'offline')}
          @change=${() => this.#setPresence(status)}
        />${label}</label
      >`;
    return html`<div class="presence" role="radiogroup" aria-label=${strings.presence}>
      ${choice('online', strings.online, strings.onlineHint)}
      ${choice('away', strings.away, strings.awayHint)}
    </div>`;
  }

  #setPresence(status: AgentPresence['status']): void {
    this.client?.command('agent.status', { status }).catch((error: unknown) => {
      this.fire('sahay-error', { error });
      this.requestUpdate();
    });
  }

  #tabs(): TemplateResult {
    const view = this.#inbox.value;
    const tab = (section: InboxSection) => {
      const count = view?.ready ? entriesIn(section, view.entries, this.#me).length : 0;
      const selected = section === this.section;
      const label = { waiting: 'waiting', mine: 'mine', all: 'allOpen', closed: 'closed' } as const;
      return html`<button
        type="button"
        role="tab"
        id=${`tab-${section}`}
        aria-selected=${selected ? 'true' : 'false'}
        aria-controls="panel"
        tabindex=${selected ? 0 : -1}
        @click=${() => this.#show(section)}
      >
        ${this.words.strings[label[section]]}${
          count && (section === 'waiting' || section === 'mine')
            ? html`<b class=${section === 'waiting' ? 'asks' : ''}>${this.formats.number(count)}</b>`
            : nothing
        }
      </button>`;
    };
    return html`<div
      role="tablist"
      part="tabs"
      aria-label=${this.words.strings.sections}
      @keydown=${this.#tabKey}
    >
      ${inboxSections.map(tab)}
    </div>`;
  }

  readonly #tabKey = (event: KeyboardEvent): void => {
    const to = stepFor(event, inboxSections.indexOf(this.section), inboxSections.length, 'inline');
    if (to === undefined) return;
    event.preventDefault();
    this.#show(inboxSections[to]!);
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>(`#tab-${this.section}`)?.focus(),
    );
  };

  #show(section: InboxSection): void {
    this.section = section;
    this.current = this.selected;
  }

  #connectionLine(): TemplateResult | typeof nothing {
    const words = connectionWords(this.#connection.value, this.words);
    return words ? html`<p class="connection">${words}</p>` : nothing;
  }

  #panel(): TemplateResult {
    const view = this.#inbox.value;
    const busy = !view?.ready;
    const entries = entriesIn(this.section, view?.entries ?? [], this.#me);
    return html`<div
      class="panel"
      id="panel"
      role="tabpanel"
      aria-labelledby=${`tab-${this.section}`}
      aria-busy=${busy ? 'true' : 'false'}
      tabindex=${ifDefined(entries.length ? undefined : 0)}
    >
      ${busy ? this.#skeleton() : entries.length ? this.#list(entries) : this.#empty()}
    </div>`;
  }

  #list(entries: readonly InboxEntry[]): TemplateResult {
    const around: RowSurroundings = {
      words: this.words,
      formats: this.formats,
      now: this.clock.now(),
      me: this.#me,
    };
    const stop = entries.some(({ conversationId }) => conversationId === this.current)
      ? this.current
      : entries[0]?.conversationId;
    return html`<div
      role="listbox"
      part="list"
      aria-label=${this.words.strings.conversations}
      @click=${this.#clicked}
      @keydown=${(event: KeyboardEvent) => this.#listKey(event, entries)}
    >
      ${repeat(
        entries,
        ({ conversationId }) => conversationId,
        (entry) => this.#entry(entry, stop, around),
      )}
    </div>`;
  }

  #entry(entry: InboxEntry, stop: string | undefined, around: RowSurroundings): TemplateResult {
    const { conversationId } = entry;
    const isNew = this.client !== undefined && seenMessages(this.client).isNew(entry);
    return html`<div
      role="option"
      part="entry"
      class=${isNew ? 'fresh' : ''}
      data-id=${conversationId}
      aria-selected=${conversationId === this.selected ? 'true' : 'false'}
      tabindex=${conversationId === stop ? 0 : -1}
    >
      ${inboxRow(entry, isNew, around)}
    </div>`;
  }

  readonly #clicked = (event: Event): void => {
    const id = optionId(event);
    if (id !== undefined) this.#select(id);
  };

  #listKey(event: KeyboardEvent, entries: readonly InboxEntry[]): void {
    const focused = optionId(event);
    if (focused === undefined) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.#select(focused);
      return;
    }
    const index = entries.findIndex(({ conversationId }) => conversationId === focused);
    const to = stepFor(event, index, entries.length, 'block');
    if (to === undefined) return;
    event.preventDefault();
    this.current = entries[to]?.conversationId;
    void this.updateComplete.then(() => this.focus());
  }

  #select(conversationId: string): void {
    this.current = conversationId;
    if (this.fire('sahay-select', { conversationId } satisfies InboxSelectDetail))
      this.selected = conversationId;
  }

  #option(id: string | undefined): HTMLElement | null {
    const first = '[role=option][tabindex="0"]';
    return (
      this.renderRoot.querySelector<HTMLElement>(id ? `[data-id=${CSS.escape(id)}]` : first) ??
      this.renderRoot.querySelector<HTMLElement>(first)
    );
  }

  #empty(): TemplateResult {
    const { strings } = this.words;
    const text = {
      waiting: strings.emptyWaiting,
      mine: strings.emptyMine,
      all: strings.emptyAll,
      closed: strings.emptyClosed,
    }[this.section];
    return html`<p class="empty">${inboxIcon()}${text}</p>`;
  }

  #skeleton(): TemplateResult {
    return html`<span class="hidden-visually">${this.words.strings.loading}</span>${[1, 2, 3, 4].map(
        () => html`<div class="skeleton"><i></i><i></i><i></i></div>`,
      )}`;
  }
}

function optionId({ target }: Event): string | undefined {
  return (target as Element).closest<HTMLElement>('[role=option]')?.dataset.id;
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-inbox': SahayInbox;
  }
}
