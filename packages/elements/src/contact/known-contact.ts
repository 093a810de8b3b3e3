import type { SupportClient } from '@sahay/client';

/** How a visitor can be reached, as she told it in this browser. */
export interface KnownContact {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

const key = 'contact';
const known = new WeakMap<SupportClient, KnownContact>();
const reading = new WeakMap<SupportClient, Promise<KnownContact>>();

/** What is known already, to draw with; where it was not looked up yet that is done, and `arrived` called when there is something. */
export function knownContact(client: SupportClient, arrived: () => void): KnownContact {
  const held = known.get(client);
  if (!held && !reading.has(client))
    void readContact(client).then((contact) => Object.keys(contact).length > 0 && arrived());
  return held ?? {};
}

/** What she told, read anew: another tab may have been told since. It stands in the client's storage, and goes with a logout. */
export function readContact(client: SupportClient): Promise<KnownContact> {
  const work = read(client);
  reading.set(client, work);
  return work;
}

async function read(client: SupportClient): Promise<KnownContact> {
  // A storage that fails costs her a line that she has typed before.
  const kept = await client.remember(key).catch(() => undefined);
  const contact = kept ? parsed(kept) : {};
  known.set(client, contact);
  return contact;
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
  known.set(client, contact);
  await client.remember(key, JSON.stringify(contact)).catch(() => undefined);
}

/** Her data was deleted: nothing is known any more. */
export async function forgetContact(client: SupportClient): Promise<void> {
  known.set(client, {});
  await client.remember(key, '').catch(() => undefined);
}
