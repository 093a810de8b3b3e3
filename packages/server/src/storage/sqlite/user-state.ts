import { emptyUserState, type UserState } from '@sahay/protocol/core';
import type { Database } from './database.ts';

/** What belongs to a user: the fold of the events of her stream. */
export function userStateOf(db: Database, id: string): UserState {
  const row = db.get<{ state: string }>('SELECT state FROM users WHERE id = ?', id);
  return row ? (JSON.parse(row.state) as UserState) : emptyUserState;
}
