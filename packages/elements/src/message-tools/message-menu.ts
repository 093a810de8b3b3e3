import type { MessageView } from '@sahay/client';
import { html, nothing, render, type TemplateResult } from 'lit';
import type { ChatRoom } from '../chat/later.ts';
import { loadComposerTools, loadPicker } from '../composer/lazy-tools.ts';
import { copyIcon, replyIcon, retryIcon } from '../icons/late-icons.ts';
import { linkIcon, pencilIcon, trashIcon } from '../icons/tool-icons.ts';
import { writeClipboard } from '../internal/write-clipboard.ts';
import type { LocaleStrings } from '../locales/locale-strings.ts';
import type { SahayMessageList } from '../message-list/message-list.ts';
import type { MessageButton } from './list-tools.ts';
import { messageLink } from './message-link.ts';
import { offersFor, type Offer } from './message-offers.ts';
import { messageText } from '@sahay/protocol/core';
import { popOver } from './pop-over.ts';

/** One tap away; all others are in the picker. */
const usual = ['👍', '❤️', '😂', '😮', '🙏', '👎'];

interface Entry {
  label: keyof LocaleStrings &
    ('reply' | 'answerAgain' | 'copyText' | 'copyLink' | 'editMessage' | 'deleteMessage');
  icon: () => TemplateResult;
}
const entries: Partial<Record<Offer, Entry>> = {
  reply: { label: 'reply', icon: replyIcon },
  again: { label: 'answerAgain', icon: retryIcon },
  copy: { label: 'copyText', icon: copyIcon },
  link: { label: 'copyLink', icon: linkIcon },
  edit: { label: 'editMessage', icon: pencilIcon },
  delete: { label: 'deleteMessage', icon: trashIcon },
};

/** Opens the menu of a message beside its button. */
export function openMessageMenu(
  button: MessageButton,
  list: SahayMessageList,
  room: ChatRoom,
  react: (emoji: string) => void,
): void {
  const { view } = button;
  const offers = offersFor(view, room);
  const { strings } = list.localized;
  const close = popOver(button, (menu, shut) => {
    menu.classList.add('message-menu');
    menu.setAttribute('role', 'menu');
    menu.setAttribute('aria-label', strings.messageMenu);
    const choose = (offer: Offer, entry: HTMLElement): void => {
      if (offer === 'delete' && !entry.dataset.sure) return askAgain(entry, strings);
      shut();
      act(offer, view, list, room);
    };
    render(
      html`${
        offers.has('react')
          ? emojiRow(
              view,
              room,
              strings,
              (emoji) => (shut(), react(emoji)),
              () => pick(button, list, shut, react),
            )
          : nothing
      }
      ${Object.entries(entries)
        .filter(([offer]) => offers.has(offer as Offer))
        .map(
          ([offer, { label, icon }]) =>
            html`<button
              type="button"
              role="menuitem"
              tabindex="-1"
              class=${offer}
              @click=${({ currentTarget }: Event) => choose(offer as Offer, currentTarget as HTMLElement)}
            >
              ${icon()}<span>${strings[label]}</span>
            </button>`,
        )}`,
      menu,
    );
    menu.addEventListener('keydown', (event) => moveIn(menu, event));
    menu.querySelector('button')?.focus();
  });
  void close;
}

function emojiRow(
  { message }: MessageView,
  { client }: ChatRoom,
  strings: LocaleStrings,
  react: (emoji: string) => void,
  more: () => void,
): TemplateResult {
  const me = client?.user.getSnapshot().participant?.id ?? '';
  return html`<div class="emoji-row" role="group" aria-label=${strings.react}>
    ${usual.map(
      (emoji) =>
        html`<button
          type="button"
          role="menuitemcheckbox"
          tabindex="-1"
          aria-checked=${message.reactions?.[emoji]?.includes(me) ?? false}
          @click=${() => react(emoji)}
        >
          ${emoji}
        </button>`,
    )}<button type="button" role="menuitem" tabindex="-1" aria-label=${strings.emojiMore} @click=${more}>
      +
    </button>
  </div>`;
}

function pick(
  button: MessageButton,
  list: SahayMessageList,
  shut: () => void,
  react: (emoji: string) => void,
): void {
  shut();
  void loadPicker().then(({ openPicker }) => openPicker(button, list.localized, list, react));
}

/** What cannot be undone is asked for twice. */
function askAgain(entry: HTMLElement, { deleteSure }: LocaleStrings): void {
  entry.dataset.sure = 'yes';
  entry.querySelector('span')!.textContent = deleteSure;
}

function act(offer: Offer, view: MessageView, list: SahayMessageList, room: ChatRoom): void {
  const { strings } = list.localized;
  const { id } = view.message;
  if (offer === 'delete' || offer === 'again')
    void room.attempt(() =>
      room.handle?.do?.(offer === 'delete' ? 'message.delete' : 'message.regenerate', { messageId: id }),
    );
  else if (offer === 'copy' || offer === 'link')
    void writeClipboard(offer === 'copy' ? messageText(view.message) : messageLink(view.message)).then(
      (done) => room.say(done ? strings.copied : strings.copyRefused),
    );
  else if (room.composer)
    void loadComposerTools().then(({ toolsFor }) =>
      toolsFor(room.composer!).answer(offer === 'edit' ? 'edit' : 'reply', view),
    );
}

/** Up and down lead through all; left and right as they stand. */
function moveIn(menu: HTMLElement, event: KeyboardEvent): void {
  const all = [...menu.querySelectorAll<HTMLElement>('button')];
  const now = all.findIndex((entry) => entry.matches(':focus'));
  const forward = menu.matches(':dir(rtl)') ? -1 : 1;
  const { key } = event;
  const row = all.filter((entry) => entry.closest('.emoji-row')).length;
  const down = now < row ? row : now + 1;
  const up = now <= row && now >= 0 ? (now === row && row ? 0 : -1) : now - 1;
  const to = {
    ArrowDown: down,
    ArrowUp: up,
    ArrowRight: now + forward,
    ArrowLeft: now - forward,
    Home: 0,
    End: -1,
  }[key];
  if (to === undefined) return;
  event.preventDefault();
  all.at(to % all.length)?.focus();
}
