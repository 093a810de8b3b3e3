import { createHmac, randomBytes } from 'node:crypto';
import { parseStream, type StreamName, type Transcript, type TranscriptEntry } from '@sahay/protocol';
import { digestOfEvent, linkOf, noLink } from '../../transcript/chain.ts';
import type { Database } from './database.ts';

type EntryRow = { seq: number; id: string; type: string; time: string; data: string };
type SealedRow = { seq: number; type: string; time: string; digest: string };

/**
 * Transcripts of conversations, chained. Salts come from a secret of the conversation's own, so that nothing has to be
 * stored for an event until it is erased or leaves the log; then its digest is.
 */
export class TranscriptTable {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** A stream's transcript; empty when there is no such stream. */
  read(stream: StreamName): Transcript {
    let head = noLink;
    const entries: TranscriptEntry[] = [];
    for (const entry of this.#entries(stream)) {
      head = linkOf(head, entry);
      entries.push({ ...entry, link: head });
    }
    return { version: 1, stream, entries, head };
  }

  /** Keeps the digests of a stream's entries, up to a seq, from before their events go. */
  seal(stream: StreamName, until = Number.MAX_SAFE_INTEGER): void {
    const n = this.#numberOf(stream);
    if (n === undefined) return;
    for (const { seq, type, time, digest } of [...this.#liveEntries(stream, n)])
      if (seq <= until)
        this.#db.run(
          'INSERT INTO sealed_entries (stream, seq, type, time, digest) VALUES (?, ?, ?, ?, ?)',
          n,
          seq,
          type,
          time,
          digest,
        );
  }

  /** Forgets the salts of a conversation: nobody can try out any more what its sealed events may have said. */
  forgetSalts(conversationId: string): void {
    this.#db.run('DELETE FROM chain_secrets WHERE conversation = ?', conversationId);
  }

  #entries(stream: StreamName): Omit<TranscriptEntry, 'link'>[] {
    const n = this.#numberOf(stream);
    if (n === undefined) return [];
    const sealed = this.#db.all<SealedRow>(
      'SELECT seq, type, time, digest FROM sealed_entries WHERE stream = ? ORDER BY seq',
      n,
    );
    return [...sealed.map((row) => ({ ...row })), ...this.#liveEntries(stream, n)].sort(
      (a, b) => a.seq - b.seq,
    );
  }

  *#liveEntries(stream: StreamName, n: number): Generator<Omit<TranscriptEntry, 'link'>> {
    const rows = this.#db.all<EntryRow>(
      `SELECT seq, events.id, type, time, data FROM entries JOIN events ON events.n = entries.event
       WHERE stream = ?1 AND seq NOT IN (SELECT seq FROM sealed_entries WHERE stream = ?1) ORDER BY seq`,
      n,
    );
    if (rows.length === 0) return;
    const secret = this.#secretOf(stream);
    for (const { seq, id, type, time, data } of rows) {
      const event = { id, type, time, data: JSON.parse(data) as Record<string, unknown> };
      const salt = createHmac('sha256', secret).update(`${stream}#${seq}`).digest('base64url');
      yield { seq, ...event, salt, digest: digestOfEvent(salt, event) };
    }
  }

  #secretOf(stream: StreamName): Uint8Array {
    const address = parseStream(stream);
    const id = address?.kind === 'conversation' ? address.id : stream;
    const held = this.#db.get<{ secret: Uint8Array }>(
      'SELECT secret FROM chain_secrets WHERE conversation = ?',
      id,
    );
    if (held) return held.secret;
    const secret = randomBytes(32);
    this.#db.run('INSERT INTO chain_secrets (conversation, secret) VALUES (?, ?)', id, secret);
    return secret;
  }

  #numberOf(stream: StreamName): number | undefined {
    return this.#db.get<{ n: number }>('SELECT n FROM streams WHERE id = ?', stream)?.n;
  }
}
