import type { ContinuationAnswer, Session as VisitorSession } from '@sahay/protocol';
import { sessionKey } from '../identity/anonymous-session.ts';
import { SahayError } from '../sahay-error.ts';
import { addressOf } from '../sahay-connector/api.ts';
import { refusalOf } from '../sahay-connector/refusal.ts';
import type { Session } from '../session/session.ts';

/** How to go on from an e-mail. */
export interface ContinueOptions {
  /** Ends the session of somebody else in this browser, and what it has not sent yet. Default `false`: it is refused. */
  replace?: boolean | undefined;
}

/** See `SupportClient.continueFrom`. Resolves with the conversation's id. */
export async function continueFrom(
  session: Session,
  token: string,
  { replace = false }: ContinueOptions = {},
): Promise<string> {
  const { conversationId, session: offered } = await ask(session, token);
  // Whom the host's backend knows signs in there; until then it is not found.
  if (!offered || session.host.getToken) return conversationId;
  const held = await session.host.storage.read((reader) => reader.get(sessionKey));
  const isSame = (held as VisitorSession | undefined)?.participant.id === offered.participant.id;
  if (isSame) return conversationId;
  if (held !== undefined) {
    if (!replace)
      throw new SahayError(
        'forbidden',
        'Somebody else’s conversations are in this browser. Ask whether to leave them, then call continueFrom with replace.',
      );
    await session.logout(false);
  }
  await session.host.storage.write((writer) => writer.put(sessionKey, offered));
  return conversationId;
}

async function ask({ host, connector }: Session, token: string): Promise<ContinuationAnswer> {
  if (!host.base) throw new SahayError('capability_absent', `${connector.name} has no links to go on from.`);
  const response = await host.fetch(`${addressOf(host.base)}/v1/continuations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  if (!response.ok) throw await refusalOf(response);
  return (await response.json()) as ContinuationAnswer;
}
