import type { SupportClient } from '@sahay/client';
import type { Announcer } from '@sahay/elements/internal';

const told = new WeakMap<SupportClient, string>();

/**
 * Reads aloud what became of a client's connection: once, although inbox and desk both show it. Who is not on screen keeps quiet, since
 * nobody would hear it there.
 */
export function tellConnection(
  teller: HTMLElement,
  client: SupportClient | undefined,
  announcer: Announcer | undefined,
  words = '',
): void {
  if (!client || !announcer || !teller.checkVisibility() || (told.get(client) ?? '') === words) return;
  told.set(client, words);
  announcer.announce(words);
}
