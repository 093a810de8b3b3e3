import {
  createSupportClient,
  SahayError,
  type ConnectionSnapshot,
  type InboxView,
  type SupportClient,
} from '@sahay/client';
import { ReadableController, type ColorScheme } from '@sahay/elements/internal';
import { avatar, base, colorScheme, controls, tokens } from '@sahay/elements/theme';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import type { SahayDesk } from '../desk/desk.ts';
import type { InboxSelectDetail } from '../inbox/inbox.ts';
import { entriesIn } from '../inbox/sections.ts';
import type { SahayInbox } from '../inbox/inbox.ts';
import { ConsoleElement } from '../internal/console-element.ts';
import { forgetVisit, VisitStore } from '../internal/visit-store.ts';
import { AgentSession, takeSignInCode, type AgentToken } from './agent-session.ts';
import { Columns } from './columns.ts';
import { consoleAppStyles } from './console-app.styles.ts';
import { consoleRail, type RailAction } from './console-rail.ts';
import { hashOf, routeOf, type Route } from './route.ts';
import { storedScheme, storeScheme } from './scheme.ts';

const isIds = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((id) => typeof id === 'string');
const openTabs = new VisitStore('open', isIds);

/** The whole page: signing in, then inbox, desk and insights over one client. */
export class SahayConsoleApp extends ConsoleElement {
  static override styles = [tokens, colorScheme, base, avatar, controls, consoleAppStyles];

  @query('sahay-inbox') private inbox!: SahayInbox | null;
  @query('sahay-desk') private desk!: SahayDesk | null;
  @state() private stage: 'starting' | 'signed-out' | 'unreachable' | 'ready' = 'starting';
  @state() private route: Route = routeOf(location.hash);
  @state() private scheme: ColorScheme = storedScheme();
  @state() private adding = false;
  @state() private problem = '';
  /** The one-time code of a link that was followed. */
  @state() private code: string | undefined;
  readonly #columns = new Columns(this);
  readonly #session = new AgentSession();
  readonly #connection = new ReadableController<ConnectionSnapshot>(this);
  readonly #inboxView = new ReadableController<InboxView>(this);
  #client: SupportClient | undefined;
  /** Why nobody is signed in any more. */
  #why: 'signed-out' | 'ended' | undefined;
  /** Kept over reloads, and while one looks at the insights. */
  #tabs: string[] = openTabs.read() ?? [];
  #lastConversation: string | undefined;
  #stop: AbortController | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    addEventListener('hashchange', this.#hashChanged, { signal });
    this.code = takeSignInCode(location, history);
    void this.#start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.abort();
    void this.#client?.destroy();
    this.#client = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.colorScheme = this.scheme;
    if (this.#connection.value?.state === 'stopped' && this.stage === 'ready') void this.#ended();
  }

  protected override updated(): void {
    document.title = this.#title();
    document.documentElement.dataset.colorScheme = this.scheme;
  }

  /** A link that was followed stands before a session that exists: it may be another agent's. */
  async #start(): Promise<void> {
    if (this.code !== undefined) {
      this.stage = 'signed-out';
      return;
    }
    try {
      const token = await this.#session.token();
      if (token) this.#enter(token);
      else this.stage = 'signed-out';
    } catch {
      // Whatever kept the server from answering: the page says so and offers to try again.
      this.stage = 'unreachable';
    }
  }

  #enter(first: AgentToken): void {
    let unused: AgentToken | undefined = first;
    const client = createSupportClient({
      url: location.origin,
      role: 'agent',
      locale: this.localeTag,
      // Two agents who use this browser in turn must not share an outbox.
      namespace: `console-${first.participant.id}`,
      getToken: async () => {
        const token = unused ?? (await this.#session.token());
        unused = undefined;
        if (!token) throw new SahayError('unauthenticated', 'The session has ended. Sign in again.');
        return token.accessToken;
      },
    });
    this.#client = client;
    this.#connection.source = client.connection;
    this.#inboxView.source = client.inbox;
    this.code = undefined;
    this.stage = 'ready';
    client.connect().catch(() => {
      // The connection's state says what happened, and is shown; a session that ended leads to the sign-in page.
    });
  }

  async #ended(): Promise<void> {
    await this.#leave('ended')?.destroy();
  }

  #leave(why: 'signed-out' | 'ended' | undefined): SupportClient | undefined {
    const client = this.#client;
    this.#why = why;
    this.problem = '';
    this.#client = undefined;
    this.#connection.source = undefined;
    this.#inboxView.source = undefined;
    this.stage = 'signed-out';
    return client;
  }

  /** Only once the server has ended the session is she told that she is signed out. */
  async #signOut(): Promise<void> {
    try {
      await this.#session.signOut();
    } catch {
      // Whatever kept it from the server, the session goes on, and she must know.
      this.problem = this.words.strings.signOutFailed;
      return;
    }
    const client = this.#leave('signed-out');
    this.#tabs = [];
    forgetVisit();
    this.#go({ page: 'inbox' });
    await client?.logout({ pending: 'discard' });
  }

  readonly #hashChanged = (): void => {
    const code = takeSignInCode(location, history);
    if (code !== undefined) {
      this.code = code;
      void this.#leave(undefined)?.destroy();
      return;
    }
    this.route = routeOf(location.hash);
  };

  #go(route: Route): void {
    if (this.route.page === 'inbox') this.#lastConversation = this.route.conversationId;
    this.route = route;
    const hash = hashOf(route);
    if (location.hash !== hash) history.pushState(null, '', hash);
  }

  protected override render(): TemplateResult {
    switch (this.stage) {
      case 'ready':
        return this.#client ? this.#console(this.#client) : this.#starting();
      case 'signed-out':
        return html`<sahay-sign-in
          .session=${this.#session}
          .code=${this.code}
          .why=${this.#why}
          @sahay-signed-in=${() => {
            this.code = undefined;
            void this.#start();
          }}
        ></sahay-sign-in>`;
      case 'unreachable':
        return html`<main class="alone">
          <p>${this.localized.strings.errorUnreachable}</p>
          <button type="button" class="button primary" @click=${() => this.#start()}>
            ${this.words.strings.retry}
          </button>
        </main>`;
      default:
        return this.#starting();
    }
  }

  #starting(): TemplateResult {
    return html`<main class="alone" aria-busy="true">
      <span class="hidden-visually">${this.words.strings.loading}</span>
    </main>`;
  }

  #console(client: SupportClient): TemplateResult {
    const { route, scheme } = this;
    return html`<div class="console" data-pane=${this.#pane()} ?data-narrow=${this.#columns.count === 1}>
      ${consoleRail(
        {
          words: this.words,
          page: route.page,
          scheme,
          waiting: this.#waiting() ? this.formats.number(this.#waiting()) : '',
          agent: client.user.getSnapshot().participant,
        },
        (action) => this.#act(action),
      )}
      <main>
        <h1 class="hidden-visually">${this.words.strings.console}</h1>
        ${this.#place(client, route)}
      </main>
      ${this.adding ? this.#colleague(client) : nothing}${this.#problemLine()}
    </div>`;
  }

  #place(client: SupportClient, route: Route): TemplateResult {
    switch (route.page) {
      case 'inbox':
        return this.#work(client, route.conversationId);
      case 'insights':
        return this.#insights(client);
      default:
        return html`<sahay-settings .client=${client} .colorScheme=${this.scheme}></sahay-settings>`;
    }
  }

  #problemLine(): TemplateResult | typeof nothing {
    if (!this.problem) return nothing;
    return html`<sahay-banner class="problem" kind="problem" role="alert"
      >${this.problem}<button
        slot="action"
        type="button"
        class="button quiet"
        @click=${() => (this.problem = '')}
      >
        ${this.words.strings.dismiss}
      </button></sahay-banner
    >`;
  }

  /** On narrow screens one thing at a time. */
  #pane(): 'list' | 'desk' | 'insights' {
    if (this.route.page !== 'inbox') return 'insights';
    return this.route.conversationId ? 'desk' : 'list';
  }

  #work(client: SupportClient, conversationId: string | undefined): TemplateResult {
    return html`<sahay-inbox
        .client=${client}
        .colorScheme=${this.scheme}
        .selected=${conversationId}
        @sahay-select=${(event: CustomEvent<InboxSelectDetail>) => this.#open(event.detail.conversationId)}
      ></sahay-inbox>
      <sahay-desk
        .client=${client}
        .colorScheme=${this.scheme}
        .conversationId=${conversationId}
        .back=${this.#columns.count === 1}
        .details=${this.#columns.count === 3}
        .openIds=${this.#tabs}
        @sahay-select=${(event: CustomEvent<{ conversationId: string | undefined }>) =>
          this.#go({ page: 'inbox', conversationId: event.detail.conversationId })}
        @sahay-tabs-change=${(event: CustomEvent<{ openIds: string[] }>) => {
          this.#tabs = event.detail.openIds;
          openTabs.write(this.#tabs);
        }}
        @sahay-back=${() => {
          this.#go({ page: 'inbox' });
          void this.updateComplete.then(() => this.inbox?.focus());
        }}
      ></sahay-desk>`;
  }

  #open(conversationId: string): void {
    this.#go({ page: 'inbox', conversationId });
    if (this.#columns.count === 1) void this.updateComplete.then(() => this.desk?.focus());
  }

  #insights(client: SupportClient): TemplateResult {
    return html`<sahay-insights
      .client=${client}
      .colorScheme=${this.scheme}
      @sahay-select=${(event: CustomEvent<InboxSelectDetail>) => this.#open(event.detail.conversationId)}
    ></sahay-insights>`;
  }

  #colleague(client: SupportClient): TemplateResult {
    return html`<sahay-add-colleague
      .client=${client}
      @sahay-close=${() => {
        this.adding = false;
      }}
    ></sahay-add-colleague>`;
  }

  #act(action: RailAction): void {
    switch (action) {
      case 'inbox':
        return this.#go({ page: 'inbox', conversationId: this.#lastConversation });
      case 'insights':
      case 'settings':
        return this.#go({ page: action });
      case 'add-colleague':
        this.adding = true;
        return;
      case 'sign-out':
        void this.#signOut();
        return;
      default:
        this.scheme = action.scheme;
        storeScheme(action.scheme);
    }
  }

  #waiting(): number {
    const view = this.#inboxView.value;
    return view ? entriesIn('waiting', view.entries, undefined).length : 0;
  }

  #title(): string {
    const { strings } = this.words;
    if (this.stage !== 'ready') return `${strings.console} · Sahay`;
    const page = strings[this.route.page];
    const waiting = this.#waiting();
    return `${waiting ? `(${this.formats.number(waiting)}) ` : ''}${page} · Sahay`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-console-app': SahayConsoleApp;
  }
}
