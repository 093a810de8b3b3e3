import { css, html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Participant } from '@sahay/protocol';
import { chevronDownIcon, moreIcon } from '../icons/window-icons.ts';
import { SahayElement } from '../internal/sahay-element.ts';
import { face } from '../message/face.ts';
import { renderer, wear, wearFaces, type Renderers } from '../message/lazy-renderers.ts';
import { avatarFrame } from '../theme/avatar.ts';
import { base } from '../theme/base.ts';
import { windowControls } from '../theme/window-controls.ts';
import { windowTokens } from '../theme/window-tokens.ts';

/** One entry of the menu. */
export interface HeaderAction {
  id: string;
  label: string;
  icon?: TemplateResult | undefined;
}

/** Which entry was chosen. */
export interface HeaderActionDetail {
  id: string;
}

/**
 * The window's head: whose it is, who answers, what else can be done.
 *
 * @fires {CustomEvent<HeaderActionDetail>} sahay-action - An entry of the menu was chosen.
 * @fires {CustomEvent} sahay-minimize - The window is to be closed.
 * @slot status - In place of the status line.
 * @csspart title - The heading.
 * @csspart status - The line below it.
 * @csspart menu - The menu.
 * @csspart minimize - The button that closes the window.
 */
export class SahayHeader extends SahayElement {
  static override styles = [
    windowTokens,
    base,
    avatarFrame,
    windowControls,
    css`
      :host {
        position: relative;
        z-index: 1;
        display: flex;
        align-items: center;
        gap: var(--_space-3);
        min-block-size: 68px;
        padding: var(--_space-2) var(--_space-2) var(--_space-2) var(--_space-4);
        padding-inline: var(--_space-4) var(--_space-2);
        border-block-end: 1px solid var(--_border);
        background: var(--_raised);
      }
      .avatar {
        --_avatar: 40px;
      }
      .names {
        flex: 1;
        min-inline-size: 0;
      }
      h2 {
        margin: 0;
        font-size: var(--_text-m);
        font-weight: 600;
        line-height: 1.3;
      }
      h2,
      .status {
        display: -webkit-box;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
        overflow: hidden;
        overflow-wrap: anywhere;
      }
      .status {
        color: var(--_muted);
        font-size: var(--_text-s);
        line-height: 1.4;
      }
      /* Its line is kept free: the name must not move when it becomes known who answers. */
      .status:empty::before {
        content: '\\00a0';
      }
      .status.online::before {
        content: '';
        display: inline-block;
        inline-size: 8px;
        block-size: 8px;
        margin-inline-end: 6px;
        border: 4px solid var(--_success);
        border-radius: 50%;
      }
      .buttons {
        display: flex;
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    heading: {},
    status: {},
    online: { type: Boolean },
    face: { attribute: false },
    actions: { attribute: false },
    closable: { type: Boolean },
    open: { state: true, attribute: false },
  };

  /** The window's name. */
  heading = '';
  /** Who answers, or what the connection does. */
  status = '';
  /** Whether somebody is there: shows a green dot beside the status. */
  online = false;
  /** Whose picture to show. */
  face: Participant | undefined;
  /** What the menu offers; without entries there is none. */
  actions: readonly HeaderAction[] = [];
  /** Offers to close the window. */
  closable = false;

  private open = false;
  /** Whether the menu stands there, and focus went into it. */
  #entered = false;

  constructor() {
    super();
    this.addEventListener('focusout', (event) => {
      const to = event.relatedTarget;
      if (this.open && to !== this && !(to instanceof Node && this.shadowRoot?.contains(to)))
        this.open = false;
    });
    this.addEventListener('keydown', this.#pressed);
  }

  protected override render(): TemplateResult {
    const { strings } = this.localized;
    return html`${this.face ? face(this.face, this.#faceArrived) : nothing}
      <div class="names">
        <h2 part="title" dir="auto">${this.heading || strings.title}</h2>
        <slot name="status"
          ><div class=${this.online ? 'status online' : 'status'} part="status">${this.status}</div></slot
        >
      </div>
      <div class="buttons">
        ${
          this.actions.length
            ? html`<button
                type="button"
                id="more"
                class="icon-button"
                aria-label=${strings.more}
                aria-haspopup="menu"
                aria-expanded=${this.open ? 'true' : 'false'}
                @click=${() => this.#toggle(!this.open)}
              >
                ${moreIcon()}
              </button>`
            : nothing
        }
        ${
          this.closable
            ? html`<button
                type="button"
                class="icon-button"
                part="minimize"
                aria-label=${strings.closeChat}
                @click=${() => this.fire('sahay-minimize', {})}
              >
                ${chevronDownIcon()}
              </button>`
            : nothing
        }
      </div>
      ${this.open ? this.#menu?.menu(this.actions, (id) => this.#choose(id)) : nothing}`;
  }

  readonly #faceArrived = (): void => this.requestUpdate();

  get #menu(): Renderers['menu'] | undefined {
    const menu = renderer('menu', () => this.requestUpdate());
    wear(this.shadowRoot, menu?.menuStyles);
    return menu;
  }

  protected override updated(): void {
    wearFaces(this.shadowRoot);
    const [first] = this.#entries();
    if (first && !this.#entered) first.focus();
    this.#entered = first !== undefined;
  }

  async #toggle(open: boolean): Promise<void> {
    this.open = open;
    await this.updateComplete;
    if (!open) this.shadowRoot?.getElementById('more')?.focus();
  }

  #entries(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('[role=menuitem]')];
  }

  #choose(id: string): void {
    void this.#toggle(false);
    this.fire('sahay-action', { id });
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    if (!this.open) return;
    if (event.key === 'Escape') void this.#toggle(false);
    else if (!this.#menu?.moveFocus(event.key, this.#entries())) return;
    event.preventDefault();
    event.stopPropagation();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-header': SahayHeader;
  }
}
