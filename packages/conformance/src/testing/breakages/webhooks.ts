import { signaturesOf, webhookHeaders, type WebhookRequest } from '../../reference/webhooks.ts';
import type { Breakage } from '../breakage.ts';

const breakage = (
  what: string,
  webhook: (request: WebhookRequest) => Record<string, string> | undefined,
): Breakage => ({ check: 'webhook-signature-rotation-replay', what, seams: () => ({ webhook }) });

/** Webhooks that cannot be believed, or that do not come. */
export const webhookBreakages: readonly Breakage[] = [
  breakage('only the newest secret signs', (request) =>
    webhookHeaders({ ...request, secrets: request.secrets.slice(0, 1) }),
  ),
  breakage('the time is not signed', (request) => ({
    ...webhookHeaders(request),
    'webhook-signature': signaturesOf({ ...request, timestamp: '0' }),
  })),
  breakage('the time is never a fresh one', (request) =>
    webhookHeaders({ ...request, timestamp: '1614265330' }),
  ),
  breakage('each attempt has an id of its own', (request) =>
    webhookHeaders({ ...request, id: `${request.id}-${request.attempt}` }),
  ),
  breakage('what is refused is forgotten', (request) =>
    request.attempt > 1 ? undefined : webhookHeaders(request),
  ),
];
