import { DatabaseSync } from 'node:sqlite';
import { migrate } from '../../storage/sqlite/migrate.ts';
import type { SqlAccess } from '../../storage/store.ts';

/** Plain SQL on a database in memory, for tests of what needs no log. */
export function memorySql(): SqlAccess {
  const database = new DatabaseSync(':memory:');
  migrate(database, ':memory:');
  const run = (sql: string, params: readonly unknown[] = []): { changes: number } => ({
    changes: Number(database.prepare(sql).run(...(params as string[])).changes),
  });
  return {
    all: async <T extends object>(sql: string, params: readonly unknown[] = []) =>
      database.prepare(sql).all(...(params as string[])) as T[],
    run: async (sql, params) => run(sql, params),
    transaction: async (statements) => {
      database.exec('BEGIN');
      try {
        const changes = statements.map(({ sql, params }) => run(sql, params));
        database.exec('COMMIT');
        return changes;
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
  };
}
