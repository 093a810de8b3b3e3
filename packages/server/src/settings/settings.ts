import type { OpeningHours, Settings as Sections } from '@sahay/protocol';
import type { SqlAccess } from '../storage/store.ts';

/** What agents set for the whole installation; what is absent was never set. */
export interface SettingValues extends Readonly<Sections> {
  readonly hours?: OpeningHours | undefined;
}

/** What {@link Settings} needs. */
export interface SettingsParts {
  sql: SqlAccess;
  /** Milliseconds since 1970. */
  clock: () => number;
}

/** The installation's settings: kept in the database, held here, and told to whoever works by them as soon as they change. */
export class Settings {
  readonly #parts: SettingsParts;
  readonly #listeners = new Set<() => void | Promise<void>>();
  #values: SettingValues;

  private constructor(parts: SettingsParts, values: SettingValues) {
    this.#parts = parts;
    this.#values = values;
  }

  /** Reads what is set. */
  static async open(parts: SettingsParts): Promise<Settings> {
    const rows = await parts.sql.all<{ section: string; json: string }>('SELECT section, json FROM settings');
    const values = Object.fromEntries(
      rows.map(({ section, json }) => [section, JSON.parse(json) as unknown]),
    );
    return new Settings(parts, values);
  }

  get values(): SettingValues {
    return this.#values;
  }

  /**
   * Sets sections, and unsets those that are `undefined`; others stay. Resolves once that is on disk and everybody was told.
   *
   * @param by the agent who does it
   */
  async change(changes: SettingValues, by: string): Promise<void> {
    const { sql, clock } = this.#parts;
    await sql.transaction(
      Object.entries(changes).map(([section, value]) =>
        value === undefined
          ? { sql: 'DELETE FROM settings WHERE section = ?', params: [section] }
          : {
              sql: `INSERT INTO settings (section, json, changed_by, changed_at) VALUES (?, ?, ?, ?)
                ON CONFLICT (section) DO UPDATE SET json = excluded.json, changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
              params: [section, JSON.stringify(value), by, clock()],
            },
      ),
    );
    this.#values = { ...this.#values, ...changes };
    await Promise.all([...this.#listeners].map(async (listener) => listener()));
  }

  /** Hears of every change, once it is on disk. Returns the unsubscribe. */
  onChange(listener: () => void | Promise<void>): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
