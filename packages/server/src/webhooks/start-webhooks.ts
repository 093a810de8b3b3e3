import type { Logger } from 'pino';
import type { Store } from '../storage/store.ts';
import type { WebhookEndpoint } from './webhook-endpoint.ts';
import { forgetOtherEndpoints, WebhookOutbox } from './webhook-outbox.ts';
import { WebhookSender } from './webhook-sender.ts';

/** What {@link startWebhooks} needs. */
export interface WebhookParts {
  endpoints: readonly WebhookEndpoint[];
  store: Pick<Store, 'sql' | 'onCommitted'>;
  clock: () => number;
  logger: Logger;
  backoffMs?: readonly number[] | undefined;
}

/** Posts what is on disk for the configured addresses, from what the last process left on. Returns the stop. */
export async function startWebhooks(parts: WebhookParts): Promise<() => Promise<void>> {
  const { endpoints, store, clock, logger, backoffMs } = parts;
  await forgetOtherEndpoints(
    store.sql,
    endpoints.map(({ url }) => url),
  );
  if (endpoints.length === 0) return () => Promise.resolve();
  const senders = endpoints.map((endpoint) => {
    const outbox = new WebhookOutbox(store.sql, endpoint.url);
    return new WebhookSender({ endpoint, outbox, clock, logger, backoffMs });
  });
  const wake = (): void => {
    for (const sender of senders) sender.wake();
  };
  const stopListening = store.onCommitted(wake);
  wake();
  return async () => {
    stopListening();
    await Promise.all(senders.map((sender) => sender.stop()));
  };
}
