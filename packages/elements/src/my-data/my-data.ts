import type { SupportClient } from '@sahay/client';
import type { Consent, ConsentPurpose, DataExport, ErasureReceipt } from '@sahay/protocol';
import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { sharedClient } from '../chat/client-registry.ts';
import { forgetContact } from '../contact/known-contact.ts';
import { downloadIcon } from '../icons/late-icons.ts';
import { trashIcon } from '../icons/tool-icons.ts';
import { checkIcon } from '../icons/window-icons.ts';
import type { Listens } from '../internal/listens.ts';
import { PanelElement } from '../panel/panel-element.ts';
import { saveFile } from '../panel/save-file.ts';
import { localText } from '../pre-chat/local-text.ts';
import { myDataStyles } from './my-data.styles.ts';

/** What the events of the panel carry. */
export interface SahayMyDataEventMap {
  'sahay-erased': CustomEvent<ErasureReceipt>;
  'sahay-back': CustomEvent<undefined>;
  'sahay-error': CustomEvent<{ error: unknown }>;
}

/**
 * What is kept of the visitor: she sees it, saves a copy, withdraws a consent, deletes it all and gets a receipt. The server answers for
 * the one whose session this is, and for nobody else: there is no id to choose another by.
 *
 * @example
 * <sahay-my-data server="https://support.example.com"></sahay-my-data>
 *
 * @tagname sahay-my-data
 * @fires {CustomEvent<ErasureReceipt>} sahay-erased - Everything was deleted.
 * @fires {CustomEvent} sahay-back - The visitor wants to go back.
 * @csspart panel - What can be scrolled.
 */
export class SahayMyData extends PanelElement {
  static override styles = [...[PanelElement.styles].flat(), myDataStyles];
  static override properties: PropertyDeclarations = {
    server: {},
    purposes: { attribute: false },
    held: { state: true, attribute: false },
    asking: { state: true, attribute: false },
    receipt: { state: true, attribute: false },
  };

  declare addEventListener: Listens<SahayMyDataEventMap>;
  declare removeEventListener: Listens<SahayMyDataEventMap>;

  /** The server's address, for use alone on a page. Default: the page's own origin. Not used when `client` is set. */
  server: string | undefined;
  /** What consent is asked for, to name it as the form did. Default: what the client was told; else purposes stand by their ids. */
  purposes: readonly ConsentPurpose[] | undefined;
  private held: DataExport | 'nothing' | undefined;
  private asking = false;
  private receipt: ErasureReceipt | undefined;
  #looked: SupportClient | undefined;
  /** Counts who was here: what was asked for one is not shown to the next. */
  #person = 0;

  protected override get heading(): string {
    return this.localized.strings.myData;
  }

  protected override get whose(): SupportClient {
    return this.#client;
  }

  /** Alone on a page it stays, and shows what is kept of who is there now. */
  protected override forget(): void {
    this.held = this.receipt = this.#looked = undefined;
    this.asking = false;
    this.#person++;
    super.forget();
    this.requestUpdate();
  }

  get #client(): SupportClient {
    return this.client ?? sharedClient(this.server ?? location.origin, this.localeTag);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.#looked === this.#client || this.busy) return;
    this.#looked = this.#client;
    void this.#look();
  }

  /** Fetches what is kept now. Whoever never said anything has no session, and gets none made to be told so. */
  async #look(): Promise<void> {
    const client = this.#client;
    await this.#ask(async () => {
      await client.ready;
      const isKnown = client.user.getSnapshot().participant ?? client.conversations.current();
      return isKnown ? await client.exportData() : 'nothing';
    });
  }

  /** Shows what comes of it to whoever asked, if she is still there; whether it was done. */
  async #ask(held: () => Promise<DataExport | 'nothing'>): Promise<boolean> {
    const person = this.#person;
    return this.attempt(async () => {
      const found = await held();
      if (person === this.#person) this.held = found;
    });
  }

  protected override content(): unknown {
    const { strings } = this.localized;
    if (this.receipt) return this.#deleted(this.receipt);
    if (this.held === undefined) {
      if (!this.problem) return this.waiting();
      return html`<button type="button" class="button" @click=${() => this.#look()}>
        ${strings.tryAgain}
      </button>`;
    }
    if (this.held === 'nothing') return html`<p>${strings.dataNone}</p>`;
    return html`<p class="quiet-text">${strings.dataExplained}</p>
      ${this.#facts(this.held)}${this.#consents(this.held.consents)}
      <div class="stack">
        <button type="button" class="button" ?disabled=${this.busy} @click=${this.#save}>
          ${downloadIcon()}${strings.dataSave}
        </button>
      </div>
      ${this.#deletion()}`;
  }

  #facts({ participant, conversations, attachments }: DataExport): TemplateResult {
    const { strings } = this.localized;
    const count = (value: number): string => this.formats.number(value);
    const contact = conversations
      .flatMap(({ context }) => Object.values(context.contact ?? {}))
      .filter((value) => value !== undefined);
    const messages = conversations
      .flatMap(({ transcript }) => transcript.entries)
      .filter(({ type }) => type === 'message.created').length;
    const facts: [string, string][] = [
      ...(participant.name ? [[strings.dataName, participant.name] as [string, string]] : []),
      [strings.dataConversations, count(conversations.length)],
      [strings.dataMessages, count(messages)],
      [strings.dataFiles, count(attachments.length)],
      ...(contact.length > 0
        ? [[strings.dataContact, [...new Set(contact)].join(', ')] as [string, string]]
        : []),
      ...told(conversations),
    ];
    return html`<dl>
      ${facts.map(
        ([name, value]) =>
          html`<dt><bdi>${name}</bdi></dt>
            <dd><bdi>${value}</bdi></dd>`,
      )}
    </dl>`;
  }

  #consents(consents: readonly Consent[]): TemplateResult | typeof nothing {
    const { strings } = this.localized;
    if (consents.length === 0) return nothing;
    return html`<div>
      <h3>${strings.dataConsents}</h3>
      <ul>
        ${consents.map(({ purpose, granted, time, policyVersion }) => {
          const date = this.formats.date(Date.parse(time), { dateStyle: 'medium' });
          const label = this.#labelOf(purpose);
          return html`<li>
            <span
              ><bdi>${label}</bdi
              ><small>${this.text(granted ? 'dataAgreed' : 'dataWithdrawn', { date })}</small></span
            >
            ${
              granted
                ? html`<button
                    type="button"
                    class="button quiet"
                    ?disabled=${this.busy}
                    aria-label="${strings.dataWithdraw}: ${label}"
                    @click=${() => this.#withdraw(purpose, policyVersion)}
                  >
                    ${strings.dataWithdraw}
                  </button>`
                : nothing
            }
          </li>`;
        })}
      </ul>
    </div>`;
  }

  #labelOf(purpose: string): string {
    const known = this.purposes ?? this.#client.user.getSnapshot().settings?.consent?.purposes;
    return localText(known?.find((one) => one.purpose === purpose)?.label, this.localeTag) || purpose;
  }

  /** The button one pressed gives way to another: without this the focus would leave the view, and Escape with it. */
  readonly #question = async (asking: boolean): Promise<void> => {
    this.asking = asking;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(asking ? '.danger-zone' : '.danger')?.focus();
  };

  #deletion(): TemplateResult {
    const { strings } = this.localized;
    if (!this.asking)
      return html`<div class="stack">
        <button type="button" class="button danger" @click=${() => this.#question(true)}>
          ${trashIcon()}${strings.dataDelete}
        </button>
      </div>`;
    return html`<div class="danger-zone" role="group" tabindex="-1" aria-labelledby="delete">
      <h3 id="delete">${strings.dataDeleteQuestion}</h3>
      <p>${strings.dataDeleteExplained}</p>
      <div class="buttons">
        <button type="button" class="button danger" ?disabled=${this.busy} @click=${this.#erase}>
          ${strings.dataDeleteYes}
        </button>
        <button type="button" class="button" @click=${() => this.#question(false)}>${strings.cancel}</button>
      </div>
    </div>`;
  }

  #deleted(receipt: ErasureReceipt): TemplateResult {
    const { strings } = this.localized;
    const count = (value: number): string => this.formats.number(value);
    return html`<p class="done" role="status">${checkIcon()}${strings.dataDeleted}</p>
      <dl>
        <dt>${strings.dataConversations}</dt>
        <dd>${count(receipt.conversations.length)}</dd>
        <dt>${strings.dataMessages}</dt>
        <dd>${count(receipt.messages)}</dd>
        <dt>${strings.dataFiles}</dt>
        <dd>${count(receipt.attachments)}</dd>
      </dl>
      <p class="quiet-text">
        ${this.text('dataReceipt', { id: receipt.receiptId })},
        ${this.formats.date(Date.parse(receipt.time), { dateStyle: 'medium', timeStyle: 'short' })}
      </p>
      <div class="stack">
        <button type="button" class="button" @click=${() => this.#saveReceipt(receipt)}>
          ${downloadIcon()}${strings.dataReceiptSave}
        </button>
      </div>`;
  }

  /** A fresh copy: what was said since is in it. */
  readonly #save = async (): Promise<void> => {
    await this.#ask(async () => {
      const held = await this.#client.exportData();
      saveFile('my-data.json', JSON.stringify(held, undefined, 2), 'application/json');
      return held;
    });
  };

  async #withdraw(purpose: string, policyVersion: string): Promise<void> {
    const client = this.#client;
    await this.#ask(async () => {
      await client.command('consent.set', { purpose, granted: false, policyVersion });
      return client.exportData();
    });
  }

  readonly #erase = async (): Promise<void> => {
    const person = this.#person;
    await this.attempt(async () => {
      const receipt = await this.#client.eraseData();
      await forgetContact(this.#client);
      if (person === this.#person) this.receipt = receipt;
      this.fire('sahay-erased', receipt);
    });
  };

  #saveReceipt(receipt: ErasureReceipt): void {
    saveFile(`receipt-${receipt.receiptId}.json`, JSON.stringify(receipt, undefined, 2), 'application/json');
  }
}

/** What she answered before she began, and what pages told of her, by its names; the same is shown once. */
function told(conversations: DataExport['conversations']): [string, string][] {
  const facts = new Map<string, Set<string>>();
  for (const { context } of conversations)
    for (const [name, value] of Object.entries(context.attributes ?? {}))
      if (value !== null && value !== '') facts.set(name, (facts.get(name) ?? new Set()).add(String(value)));
  return [...facts].map(([name, values]) => [name, [...values].join(', ')]);
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-my-data': SahayMyData;
  }
}
