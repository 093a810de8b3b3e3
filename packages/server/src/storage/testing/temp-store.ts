import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Command } from '@sahay/protocol';
import type { Actor } from '@sahay/protocol/core';
import { defaultPolicy, type PolicyData } from '../../policy.ts';
import { openSqliteStore, type SqliteStoreOptions } from '../sqlite/sqlite-store.ts';
import type { NumberedCommand, Store } from '../store.ts';
import { atEnd } from './at-end.ts';

export const visitor: Actor = { id: 'v1', role: 'visitor', name: 'Asha', tenantId: 'shop' };
export const stranger: Actor = { id: 'v2', role: 'visitor', tenantId: 'shop' };
export const agent: Actor = { id: 'a1', role: 'agent', name: 'Rumi', tenantId: 'shop' };
export const bot: Actor = { id: 'bot', role: 'bot', name: 'Sahay', tenantId: 'shop' };

/** A policy with a bot that greets. */
export const botPolicy: PolicyData = {
  ...defaultPolicy,
  bot: { id: 'bot', role: 'bot', name: 'Sahay' },
  greetings: {
    en: [{ partId: 'p1', type: 'text', text: 'Hello' }],
    bn: [{ partId: 'p1', type: 'text', text: 'নমস্কার' }],
  },
};

/** A folder that goes when the test ends. */
export function tempFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'sahay-store-'));
  atEnd(t, () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A store on a fresh file, closed when the test ends. */
export async function tempStore(t: TestContext, options: Partial<SqliteStoreOptions> = {}): Promise<Store> {
  const path = options.path ?? join(tempFolder(t), 'sahay.db');
  const store = await openSqliteStore({ path, tenantId: 'shop', policy: defaultPolicy, ...options });
  atEnd(t, () => store.close());
  return store;
}

export const start = (conversationId = 'c1', locale = 'en'): Command => ({
  type: 'conversation.start',
  conversationId,
  data: { locale },
});

export const say = (text: string, conversationId = 'c1', clientMessageId = 'cm1'): Command => ({
  type: 'message.send',
  conversationId,
  data: { clientMessageId, parts: [{ partId: 'p1', type: 'text', text }] },
});

export const numbered = (outboxId: string, n: number, command: Command): NumberedCommand => ({
  outboxId,
  n,
  command,
});
