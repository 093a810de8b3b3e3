import type { Cursor, ServerFrame, StreamName } from '@sahay/protocol';
import { validateCursor } from '@sahay/protocol/validate-client';
import { ProblemError } from '../http/problem-error.ts';

/** Characters of an id at most: it comes back as a header. Streams that were quiet longest are left out beyond. */
const longestId = 6_000;

/**
 * Where a reader stands in each stream it reads, as one opaque text. It never says more than was sent, so resuming from
 * it loses nothing; a stream it does not hold begins with a snapshot.
 */
export class CursorSet {
  /** Latest last. */
  readonly #cursors = new Map<StreamName, Cursor>();
  /** What the reader said it holds, while the log has not said whether that fits. */
  readonly #offered = new Map<StreamName, Cursor | undefined>();

  follow(stream: StreamName, cursor: Cursor | undefined): void {
    this.#offered.set(stream, cursor);
    this.#cursors.delete(stream);
  }

  unfollow(stream: StreamName): void {
    this.#offered.delete(stream);
    this.#cursors.delete(stream);
  }

  /** Takes a frame as sent. Returns whether it is a durable event of a stream that is followed. */
  sent(frame: ServerFrame): boolean {
    if (frame.type === 'subscribed') {
      const { stream, recovered, snapshot } = frame;
      const cursor = recovered ? this.#offered.get(stream) : snapshot?.asOf;
      if (cursor) this.#set(cursor);
      this.#offered.delete(stream);
      return false;
    }
    if (frame.type !== 'event') return false;
    const { id, stream, epoch, seq } = frame.event;
    this.#set({ stream, epoch, seq, eventId: id });
    return true;
  }

  #set(cursor: Cursor): void {
    this.#cursors.delete(cursor.stream);
    this.#cursors.set(cursor.stream, cursor);
  }

  toString(): string {
    const held: Cursor[] = [];
    let length = 2;
    for (const { stream, epoch, seq, eventId } of [...this.#cursors.values()].reverse()) {
      const cursor = { stream, epoch, seq, ...(eventId && { eventId }) };
      length += JSON.stringify(cursor).length + 1;
      if (length * 1.34 > longestId) break;
      held.push(cursor);
    }
    return Buffer.from(JSON.stringify(held)).toString('base64url');
  }
}

/**
 * The cursors that an id of an event stream stands for.
 *
 * @throws ProblemError `cursor_invalid`
 */
export function cursorsIn(id: string): Cursor[] {
  if (id.length <= longestId && /^[\w-]+$/.test(id)) {
    try {
      const cursors: unknown = JSON.parse(Buffer.from(id, 'base64url').toString());
      if (Array.isArray(cursors) && cursors.every((cursor) => validateCursor(cursor).valid))
        return cursors as Cursor[];
    } catch {
      // Whatever it was, it is no id of ours.
    }
  }
  throw new ProblemError(
    'cursor_invalid',
    'The cursor cannot be read. Pass the last id of the stream, unchanged.',
  );
}
