import type { GetToken } from '../connector/log-connector.ts';
import { sessionKey } from '../identity/anonymous-session.ts';
import { SahayError } from '../sahay-error.ts';
import type { Session } from './session.ts';

/** See `SupportClient.identify`. */
export async function identify(session: Session, getToken: GetToken): Promise<void> {
  const { host, outbox, connector } = session;
  if (host.getToken) throw new SahayError('forbidden', 'This client has a getToken already.');
  const stored = await host.storage.read((reader) => reader.get(sessionKey));
  // Nobody was here yet.
  if (stored === undefined && !outbox.isBusy) return become(session, getToken);
  await session.connect();
  if (!connector.capabilities().has('identity_link'))
    throw new SahayError(
      'capability_absent',
      `${connector.name} cannot link an anonymous visitor to a known one.`,
    );
  // What she said as nobody in particular arrives as such.
  await outbox.flushed();
  const token = await session.link.token!();
  become(session, getToken);
  session.linking = true;
  const { result } = await session.put({ type: 'identity.link', data: { token } });
  await result;
  await host.storage.write((writer) => writer.delete(sessionKey));
  session.linking = false;
  session.log.connected();
}

/** Whoever was here goes on as the one the token speaks for. */
function become(session: Session, getToken: GetToken): void {
  session.closeLink();
  session.host = { ...session.host, getToken };
  session.log = session.newLog();
  for (const { id } of session.models.values()) session.mirror(id);
}
