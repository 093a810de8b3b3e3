import type { ChatRoom } from '../../chat/later.ts';

/** Whether what is written before there is a conversation may be stored: not before it is known that she need not consent first, or did. */
export function mayStore({ client, settings, welcomed }: ChatRoom): boolean {
  const { participant, consents = [] } = client?.user.getSnapshot() ?? {};
  if (!welcomed && !participant) return false;
  const isGiven = (purpose: string): boolean =>
    consents.some((one) => one.purpose === purpose && one.granted);
  return !settings?.consent?.purposes.some(({ purpose, required }) => required && !isGiven(purpose));
}
