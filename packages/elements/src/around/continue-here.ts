import { SahayError } from '@sahay/client';
import type { ChatRoom } from '../chat/later.ts';
import { showPanel } from '../panel/show-panel.ts';
import { definePanels } from './lazy-panels.ts';
import { openLinked } from './linked-conversation.ts';

const inAddress = /[#&]?sahay-continue=([\w.~-]+)/;

/** Takes the token of an e-mail's link out of the page's address, where nobody else shall find it. */
export function takeToken(): string | undefined {
  const { hash, pathname, search } = location;
  const token = inAddress.exec(hash)?.[1];
  if (token) history.replaceState(history.state, '', pathname + search + hash.replace(inAddress, ''));
  return token;
}

/** Opens the conversation that a link is about: of an e-mail, where another visitor's is left only when that is wanted, or to a message. */
export async function continueHere(room: ChatRoom): Promise<void> {
  openLinked(room);
  const { client, locale } = room;
  const token = client && takeToken();
  if (!token) return;
  // Inside the bubble the window stands closed.
  const around = (room.root.host.getRootNode() as Partial<ShadowRoot>).host;
  (around as { open?: () => void } | undefined)?.open?.();
  const go = async (replace: boolean): Promise<void> => {
    room.show(await client.continueFrom(token, { replace }));
    await client.connect();
  };
  try {
    await go(false);
  } catch (error) {
    const { strings } = locale;
    if (!(error instanceof SahayError) || error.code !== 'forbidden')
      return room.failed(error, strings.continueFailed);
    const panel = Object.assign(document.createElement('sahay-confirm'), {
      question: strings.continueQuestion,
      explained: strings.continueExplained,
      yes: strings.continueYes,
      action: () => go(true),
      closable: true,
    });
    await definePanels();
    showPanel(room, panel);
  }
}
