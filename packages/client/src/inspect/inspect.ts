import type { ClientFrame, Cursor, ServerFrame } from '@sahay/protocol';
import type { ConnectionCause, ConnectionState } from '../connector/log-connector.ts';
import type { OutboxEntry } from '../outbox/outbox-entry.ts';
import type { Session } from '../session/session.ts';

/** What can be seen of a client at work. All of it is plain data, so a recording can be saved as JSON. */
export type Inspection = { /** In ms since 1970. */ at: number } & (
  | { kind: 'frame'; way: 'in' | 'out'; frame: ClientFrame | ServerFrame }
  | { kind: 'state'; state: ConnectionState; cause: ConnectionCause }
  | { kind: 'outbox'; lane: string; entries: readonly OutboxEntry[] }
  | { kind: 'cursors'; cursors: readonly Cursor[] }
);

/** See `SupportClient.inspect`. */
export function inspect(session: Session, listener: (seen: Inspection) => void): () => void {
  const { clock } = session.host;
  let cursors = '';
  const lookAtCursors = (at: number): void => {
    const now = session.log.cursors();
    if (JSON.stringify(now) === cursors) return;
    cursors = JSON.stringify(now);
    listener({ at, kind: 'cursors', cursors: now });
  };
  const lookAtState = (): void => {
    const { state, cause } = session.connection.getSnapshot();
    listener({ at: clock.now(), kind: 'state', state, cause });
  };
  const unsubscribe = session.connection.subscribe(lookAtState);
  session.tap = {
    traffic(way, frame) {
      const at = clock.now();
      // A token is nobody's business but the server's.
      const shown = 'token' in frame ? { ...frame, token: '…' } : frame;
      listener({ at, kind: 'frame', way, frame: shown });
      // The frame is applied once this is heard.
      if (way === 'in') queueMicrotask(() => lookAtCursors(at));
    },
    outbox: (lane) =>
      listener({ at: clock.now(), kind: 'outbox', lane, entries: session.outbox.entries(lane) }),
  };
  lookAtState();
  lookAtCursors(clock.now());
  for (const lane of session.outbox.lanes)
    listener({ at: clock.now(), kind: 'outbox', lane, entries: session.outbox.entries(lane) });
  return () => {
    unsubscribe();
    session.tap = undefined;
  };
}
