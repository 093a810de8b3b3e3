// What most visitors never do; each is documented at `SupportClient`.
import { continueFrom as goOnFrom, type ContinueOptions } from './data/continue-from.ts';
import * as myData from './data/my-data.ts';
import type { GetToken, LinkRequestInit } from './connector/log-connector.ts';
import type { ConversationHandle } from './conversation-handle.ts';
import type * as Inspect from './inspect/inspect.ts';
import { requestOver } from './sahay-connector/request.ts';
import { identify as become } from './session/identify.ts';
import type { Session } from './session/session.ts';
import { remember as keep } from './session/remember.ts';
import type { SupportClient } from './support-client.ts';
import { maySound as mayBeHeard } from './tabs/may-sound.ts';

/** Whose client does it. */
export interface Doer {
  session: Session;
  client: Pick<SupportClient, 'conversations'>;
}

export const fetch = ({ session }: Doer, path: string, init?: LinkRequestInit): Promise<Response> =>
  requestOver(session, path, init);
export const identify = ({ session }: Doer, getToken: GetToken): Promise<void> => become(session, getToken);
export const maySound = ({ session }: Doer, key: string): Promise<boolean> => mayBeHeard(session, key);
export const remember = ({ session }: Doer, name: string, text?: string): Promise<string | undefined> =>
  keep(session, name, text);
export const exportData = ({ session }: Doer): ReturnType<typeof myData.exportData> =>
  myData.exportData(session);
export const eraseData = ({ session }: Doer, conversationId?: string): ReturnType<typeof myData.eraseData> =>
  myData.eraseData(session, conversationId);

export async function continueFrom(
  { session, client }: Doer,
  token: string,
  options?: ContinueOptions,
): Promise<ConversationHandle> {
  return client.conversations.open(await goOnFrom(session, token, options));
}

/** Who looks on is rare even among what is rare. */
export async function inspect(
  { session }: Doer,
  listener: Parameters<typeof Inspect.inspect>[1],
): Promise<() => void> {
  return (await import('./inspect/inspect.ts')).inspect(session, listener);
}
