import type { SupportClient } from '@sahay/client';
import type { DataExport, ErasureReceipt } from '@sahay/protocol';

/** All that is kept of the client's own visitor. */
export async function exportData(client: SupportClient): Promise<DataExport> {
  const { exportId } = await client.command('data.export', {});
  const response = await client.fetch(`/v1/exports/${encodeURIComponent(exportId!)}`);
  return (await response.json()) as DataExport;
}

/** Deletes all that is kept of the client's own visitor; what was deleted stands in the receipt. */
export async function eraseData(client: SupportClient): Promise<ErasureReceipt> {
  const { receiptId } = await client.command('data.erase', {});
  const response = await client.fetch(`/v1/erasures/${encodeURIComponent(receiptId!)}`);
  return (await response.json()) as ErasureReceipt;
}
