import { applyToInbox, emptyInboxState, type InboxState } from '@sahay/protocol/core';
import type { InboxEntry, LogEvent, Snapshot } from '@sahay/protocol';
import type { StreamSink } from '../log/event-log.ts';
import type { Observable } from '../readable.ts';
import type { InboxView } from '../support-client.ts';

/** Folds the inbox stream, for agents. */
export class InboxModel implements StreamSink {
  readonly #view: Observable<InboxView>;
  #state: InboxState = emptyInboxState;
  #ready = false;

  /** @param view is told when the snapshot has changed. */
  constructor(view: Observable<InboxView>) {
    this.#view = view;
  }

  snapshot(): InboxView {
    const { entries, agents } = this.#state;
    return { ready: this.#ready, entries: entries.toSorted(byUrgency), agents };
  }

  reset(snapshot: Snapshot): void {
    if (snapshot.kind !== 'inbox') return;
    this.#state = { entries: snapshot.entries, agents: snapshot.agents };
    this.#ready = true;
    this.#view.changed();
  }

  apply(event: LogEvent): void {
    this.#state = applyToInbox(this.#state, event);
    this.#view.changed();
  }

  problem(): void {
    // Reported by the client as a problem event; the list keeps what it has.
  }
}

const lastTime = ({ lastMessage, startedAt }: InboxEntry): string => lastMessage?.time ?? startedAt;

function byUrgency(a: InboxEntry, b: InboxEntry): number {
  if (a.waitingSince && b.waitingSince) return a.waitingSince < b.waitingSince ? -1 : 1;
  if (a.waitingSince || b.waitingSince) return a.waitingSince ? -1 : 1;
  return lastTime(a) < lastTime(b) ? 1 : -1;
}
