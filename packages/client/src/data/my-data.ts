// What a visitor may ask of her own data; few ever do.
import type { DataExport, ErasureReceipt } from '@sahay/protocol';
import { SahayError } from '../sahay-error.ts';
import { requestOver } from '../sahay-connector/request.ts';
import { keptKey } from '../session/remember.ts';
import type { Session } from '../session/session.ts';

/** See `SupportClient.exportData`. */
export async function exportData(session: Session): Promise<DataExport> {
  await able(session, 'export');
  const { result } = await session.put({ type: 'data.export', data: {} });
  return documentAt(session, `/v1/exports/${(await result).exportId}`);
}

/** See `SupportClient.eraseData`. */
export async function eraseData(session: Session, conversationId?: string): Promise<ErasureReceipt> {
  await able(session, 'erase');
  // What still waits to be said would be said into what was erased.
  await session.outbox.flushed();
  const { result } = await session.put({ type: 'data.erase', data: { conversationId } });
  const { receiptId } = await result;
  await forget(session, conversationId);
  return documentAt(session, `/v1/erasures/${receiptId}`);
}

async function able(session: Session, capability: 'export' | 'erase'): Promise<void> {
  await session.connect();
  const { connector } = session;
  if (!connector.capabilities().has(capability))
    throw new SahayError('capability_absent', `${connector.name} does not support data.${capability}.`);
}

/** What pages kept here of what was erased: drafts, and whatever else where all was. */
function forget(session: Session, conversationId: string | undefined): Promise<void> {
  return session.host.storage.write(async (writer) => {
    if (conversationId !== undefined) return writer.delete(keptKey(`draft:${conversationId}`));
    for (const [key] of await writer.list(keptKey(''))) writer.delete(key);
  });
}

async function documentAt<T>(session: Session, path: string): Promise<T> {
  return (await (await requestOver(session, path)).json()) as T;
}
