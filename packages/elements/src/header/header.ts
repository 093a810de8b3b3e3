import { css, html, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Participant } from '@sahay/protocol';
import { SahayElement } from '../internal/sahay-element.ts';
import { wearFaces } from '../message/lazy-renderers.ts';
import { avatarFrame } from '../theme/avatar-frame.ts';
import { base } from '../theme/base.ts';
import { windowControls } from '../theme/window-controls.ts';
import { windowTokens } from '../theme/window-tokens.ts';
export type { HeaderAction } from './window-header.ts';
import {
  headerStyles,
  statusLine,
  windowHeader,
  type HeaderAction,
  type HeaderActs,
} from './window-header.ts';

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
    headerStyles,
    css`
      :host {
        display: block;
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

  readonly #acts: HeaderActs = {
    choose: (id) => this.fire('sahay-action', { id } satisfies HeaderActionDetail),
    minimize: () => this.fire('sahay-minimize', {}),
    arrived: () => this.requestUpdate(),
  };

  protected override render(): TemplateResult {
    const { heading, face, actions, closable } = this;
    const status = html`<slot name="status">${statusLine(this.status, this.online)}</slot>`;
    const facts = { heading, status, face, actions, closable, locale: this.localized };
    return html`<div class="header">${windowHeader(facts, this.#acts)}</div>`;
  }

  protected override updated(): void {
    wearFaces(this.shadowRoot);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-header': SahayHeader;
  }
}
