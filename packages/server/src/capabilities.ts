import type { Capability } from '@sahay/protocol';
import type { ServerConfig } from './config/index.ts';

const capabilities: readonly Capability[] = [
  ...(['streaming', 'typing', 'receipts', 'attachments', 'handoff', 'queue', 'availability'] as const),
  ...([
    'surveys',
    'feedback',
    'edit',
    'delete',
    'reactions',
    'cancel',
    'regenerate',
    'history',
    'history_around',
    'notes',
    'inbox',
    'insights',
  ] as const),
  ...([
    'consent',
    'invitations',
    'multiple_conversations',
    'export',
    'erase',
    'resumable_upload',
    'settings',
    'email',
    'search',
  ] as const),
];

/** What this server can do. Nobody is known where no host says who is who, so nobody can become known. */
export const capabilitiesOf = ({
  hostKey,
  webhooks,
}: Pick<ServerConfig, 'hostKey' | 'webhooks'>): Capability[] => [
  ...capabilities,
  ...(hostKey ? (['identity_link'] as const) : []),
  ...(webhooks.length > 0 ? (['webhooks'] as const) : []),
];
