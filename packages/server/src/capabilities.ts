import type { Capability } from '@sahay/protocol';

/** What this server can do. */
export const capabilities: readonly Capability[] = [
  ...(['streaming', 'typing', 'receipts', 'attachments', 'handoff', 'queue', 'availability'] as const),
  ...([
    'surveys',
    'feedback',
    'edit',
    'delete',
    'reactions',
    'cancel',
    'history',
    'notes',
    'inbox',
    'insights',
  ] as const),
  ...(['consent', 'invitations', 'multiple_conversations'] as const),
];
