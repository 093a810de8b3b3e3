import type { ClientFrame, Cursor, ServerFrame } from '@sahay/protocol';
import type { ConnectionCause, ConnectionState } from '../connector/log-connector.ts';
import type { OutboxEntry } from '../outbox/outbox-entry.ts';
import type { Session } from '../session/session.ts';
import { locksOf } from '../environment.ts';
import { holdsLock } from './holds-lock.ts';

/** What can be seen of a client at work. All of it is plain data, so a recording can be saved as JSON. */
export type Inspection = { /** In ms since 1970. */ at: number } & (
  | { kind: 'frame'; way: 'in' | 'out'; frame: ClientFrame | ServerFrame }
  | { kind: 'state'; state: ConnectionState; cause: ConnectionCause }
  | { kind: 'outbox'; lane: string; entries: readonly OutboxEntry[] }
  | { kind: 'cursors'; cursors: readonly Cursor[] }
  /** `durable`: what waits survives the page. `drains`: this tab, of all, is sending it now. */
  | { kind: 'tab'; durable: boolean; drains: boolean }
);

type Listener = (seen: Inspection) => void;

/** A session is tapped once, for all that look on. */
const watches = new WeakMap<Session, Watch>();

/** See `SupportClient.inspect`. */
export function inspect(session: Session, listener: Listener): () => void {
  let watch = watches.get(session);
  if (!watch) watches.set(session, (watch = new Watch(session)));
  return watch.add(listener);
}

class Watch {
  readonly #session: Session;
  readonly #listeners = new Set<Listener>();
  #end: (() => void) | undefined;
  #cursors = '';
  #tab = '';
  #looked = Promise.resolve();

  constructor(session: Session) {
    this.#session = session;
  }

  /** Whoever comes hears first how things stand. */
  add(listener: Listener): () => void {
    // Not the caller's function: given twice, it is heard twice, and each ends its own.
    const own: Listener = (seen) => listener(seen);
    this.#listeners.add(own);
    this.#end ??= this.#begin();
    const at = this.#session.host.clock.now();
    own(this.#state());
    own({ at, kind: 'cursors', cursors: this.#cursorsNow() });
    for (const lane of this.#session.outbox.lanes) own(this.#lane(lane));
    this.#tab = '';
    this.#lookAtTab();
    return () => {
      this.#listeners.delete(own);
      if (this.#listeners.size > 0) return;
      this.#end?.();
      this.#end = undefined;
    };
  }

  #begin(): () => void {
    const session = this.#session;
    const unsubscribe = session.connection.subscribe(() => {
      this.#tell(this.#state());
      this.#lookAtTab();
    });
    session.tap = {
      traffic: (way, frame) => this.#traffic(way, frame),
      outbox: (lane) => {
        this.#tell(this.#lane(lane));
        this.#lookAtTab();
      },
    };
    return () => {
      unsubscribe();
      session.tap = undefined;
    };
  }

  #tell(seen: Inspection): void {
    for (const listener of [...this.#listeners]) listener(seen);
  }

  #state(): Inspection {
    const { state, cause } = this.#session.connection.getSnapshot();
    return { at: this.#session.host.clock.now(), kind: 'state', state, cause };
  }

  #lane(lane: string): Inspection {
    const { outbox, host } = this.#session;
    return { at: host.clock.now(), kind: 'outbox', lane, entries: outbox.entries(lane) };
  }

  #traffic(way: 'in' | 'out', frame: ClientFrame | ServerFrame): void {
    const at = this.#session.host.clock.now();
    // A token is nobody's business but the server's.
    this.#tell({ at, kind: 'frame', way, frame: 'token' in frame ? { ...frame, token: '…' } : frame });
    // The frame is applied once this is heard.
    if (way === 'in') queueMicrotask(() => this.#lookAtCursors(at));
  }

  /** How far each stream has come. */
  #cursorsNow(): Cursor[] {
    return [...this.#session.log.streams.values()].flatMap(({ cursor }) => cursor ?? []);
  }

  #lookAtCursors(at: number): void {
    const cursors = this.#cursorsNow();
    const now = JSON.stringify(cursors);
    if (now === this.#cursors) return;
    this.#cursors = now;
    this.#tell({ at, kind: 'cursors', cursors });
  }

  /** One look after the other, so that the last one told is the last one. */
  #lookAtTab(): void {
    this.#looked = this.#looked.then(async () => {
      const { storage, namespace, clock, environment } = this.#session.host;
      const { durable } = storage;
      // An outbox that is not stored is this tab's own.
      const drains = !durable || (await holdsLock(`${namespace}:drain`, locksOf(environment)));
      const now = `${durable} ${drains}`;
      if (now === this.#tab) return;
      this.#tab = now;
      this.#tell({ at: clock.now(), kind: 'tab', durable, drains });
    });
  }
}
