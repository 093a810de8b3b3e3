import type { SupportClient } from '@sahay/client';
import { PerPerson } from './per-person.ts';

/** How a visitor can be reached, as she told it in this browser. */
export interface KnownContact {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

const key = 'contact';
/** Why nothing can be kept is told by the client, as a `problem`; it costs her a line that she has typed before. */
const untold = (): undefined => undefined;
/** `reading`: whether it was looked up. */
const known = new PerPerson<{ contact?: KnownContact; reading?: boolean }>(() => ({}));
/** Whose data may be deleted elsewhere: by the page's own code, or in another tab. */
const followed = new WeakSet<SupportClient>();

function follow(client: SupportClient): void {
  if (followed.has(client)) return;
  followed.add(client);
  // What is listened to goes with the client; what was stored of it goes with the erasure.
  client.on('data.erased', ({ data }) => {
    if (data.conversationId === undefined) known.of(client).contact = {};
  });
}

/** What is known already, to draw with; where it was not looked up yet that is done, and `arrived` called when there is something. */
export function knownContact(client: SupportClient, arrived: () => void): KnownContact {
  follow(client);
  const { contact, reading } = known.of(client);
  if (!contact && !reading)
    void readContact(client).then((read) => Object.keys(read).length > 0 && arrived());
  return contact ?? {};
}

/** What she told, read anew: another tab may have been told since. It stands in the client's storage, and goes with a logout. */
export async function readContact(client: SupportClient): Promise<KnownContact> {
  const held = known.of(client);
  held.reading = true;
  const kept = await client.remember(key).catch(untold);
  return (held.contact = kept ? parsed(kept) : {});
}

function parsed(kept: string): KnownContact {
  try {
    return JSON.parse(kept) as KnownContact;
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/** Keeps what she told, beside what was known before: nothing is asked twice. Call it once the backend has it. */
export async function keepContact(client: SupportClient, told: KnownContact): Promise<void> {
  const contact = { ...(await readContact(client)), ...told };
  known.of(client).contact = contact;
  await client.remember(key, JSON.stringify(contact)).catch(untold);
}

/** Her data was deleted: nothing is known any more. */
export async function forgetContact(client: SupportClient): Promise<void> {
  known.of(client).contact = {};
  await client.remember(key, '').catch(untold);
}
