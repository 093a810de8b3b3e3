import type { ConversationView } from '@sahay/client';
import {
  arrowBackIcon,
  bellIcon,
  botIcon,
  checkIcon,
  handoffIcon,
  inboxIcon,
  personIcon,
  retryIcon,
} from '@sahay/elements/icons';
import { authorFace, type Locale } from '@sahay/elements/internal';
import type { AgentPresence, Conversation, Participant } from '@sahay/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { languageName, visitorIn, visitorName } from '../internal/names.ts';
import type { ConsoleStrings } from '../locales/console-strings.ts';
import { controlOf, controlWords, isReopenable, type Control } from './control.ts';

/** What the buttons ask for. */
export type HeaderAction =
  | 'accept'
  | 'take-over'
  | 'return-to-bot'
  | 'queue'
  | 'pass-on'
  | 'close'
  | 'reopen'
  | 'invite'
  | 'back'
  | 'details';

/** What the header needs beside the conversation. */
export interface HeaderSurroundings {
  words: Locale<ConsoleStrings>;
  me: string | undefined;
  /** Whether there is a way back. */
  back: boolean;
  /** Whether the details are open. */
  details: boolean;
  /** Whether the colleague who has it is not there. */
  gone: boolean;
  /** Whether the visitor is on the site, if that is known. */
  here: boolean | undefined;
  /** Whether the backend carries invitations. */
  invites: boolean;
  /** Whether colleagues are there who could take it. */
  colleagues: boolean;
  /** All who answer. */
  agents: readonly AgentPresence[];
}

interface Button {
  action: HeaderAction;
  label: string;
  icon: TemplateResult;
  primary?: boolean;
}

/** Who it is, who has it, and what can be done about that. */
export function conversationHeader(
  view: ConversationView,
  around: HeaderSurroundings,
  act: (action: HeaderAction) => void,
): TemplateResult {
  const { conversation } = view;
  const { words, back, details, me } = around;
  const { strings } = words;
  return html`<header part="header">
    ${
      back
        ? html`<button
            type="button"
            class="icon-button back"
            aria-label=${strings.backToInbox}
            @click=${() => act('back')}
          >
            ${arrowBackIcon()}
          </button>`
        : nothing
    }
    ${conversation ? identity(conversation, visitorIn(view), around) : html`<div class="who"></div>`}
    <div class="actions">
      ${
        conversation
          ? buttonsFor(controlOf(conversation, me, around.agents), conversation, around).map(
              ({ action, label, icon, primary }) =>
                html`<button
                  type="button"
                  class=${primary ? 'button primary' : 'button'}
                  title=${label}
                  @click=${() => act(action)}
                >
                  ${icon}<span class="label">${label}</span>
                </button>`,
            )
          : nothing
      }
    </div>
    <button
      type="button"
      class="icon-button details"
      aria-expanded=${details ? 'true' : 'false'}
      aria-label=${strings.details}
      title=${details ? strings.hideDetails : strings.details}
      @click=${() => act('details')}
    >
      ${personIcon()}
    </button>
  </header>`;
}

function identity(
  conversation: Conversation,
  visitor: Participant,
  { words, me, agents, here }: HeaderSurroundings,
): TemplateResult {
  const name = visitorName(visitor, words);
  const control = controlOf(conversation, me, agents);
  const { locale } = conversation;
  return html`${authorFace({ ...visitor, name })}
    <div class="who">
      <h2><bdi>${name}</bdi></h2>
      <p class="state" data-state=${control.state}>
        <span>${controlWords(control, words)}</span
        >${locale ? html`<span>${languageName(locale, words.tag)}</span>` : nothing}${here ? html`<span class="here">${words.strings.visitorHere}</span>` : nothing}
      </p>
    </div>`;
}

function buttonsFor(
  control: Control,
  conversation: Conversation,
  { words, gone, invites, colleagues }: HeaderSurroundings,
): Button[] {
  const { strings } = words;
  switch (control.state) {
    case 'closed':
      return [
        ...(isReopenable(conversation)
          ? [{ action: 'reopen' as const, label: strings.reopen, icon: retryIcon() }]
          : []),
        ...(invites ? [{ action: 'invite' as const, label: strings.invite, icon: bellIcon() }] : []),
      ];
    case 'other': {
      if (!gone) return [];
      const label = words.text('takeOverFrom', { name: control.name || strings.agent });
      return [{ action: 'take-over', label, icon: handoffIcon(), primary: true }];
    }
    case 'mine': {
      const hasBot = conversation.participants.some(({ role }) => role === 'bot');
      return [
        ...(hasBot
          ? [{ action: 'return-to-bot' as const, label: strings.returnToBot, icon: botIcon() }]
          : []),
        colleagues
          ? { action: 'pass-on', label: strings.passOn, icon: handoffIcon() }
          : { action: 'queue', label: strings.toQueue, icon: inboxIcon() },
        { action: 'close', label: strings.closeConversation, icon: checkIcon(), primary: true },
      ];
    }
    default:
      return [{ action: 'accept', label: strings.takeOver, icon: handoffIcon(), primary: true }];
  }
}
