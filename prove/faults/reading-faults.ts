import type { ConversationSnapshot, LogEvent, Message } from '@sahay/protocol';
import type { Store, StreamReading } from '../../packages/server/src/storage/store.ts';
import { decorate, pause } from './decorate.ts';

/** A slow disk makes the moment between two steps long enough to be met. */
const slowMs = 30;

/** A resume gets the end of what was missed, and is told that it was all. */
export function windowResend(store: Store): Store {
  return decorate(store, {
    read: async (stream, cursor) => {
      const reading = await store.read(stream, cursor);
      return { ...reading, events: reading.events.slice(-5) };
    },
  });
}

const byTime = (a: { createdAt: string }, b: { createdAt: string }): number =>
  a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0;

const timeOf = (event: LogEvent): string => event.time;

/** Sorted by clock, under the numbers of the log. */
function sortedReading({ subscribed, events }: StreamReading): StreamReading {
  const sorted = events.toSorted((a, b) => (timeOf(a) < timeOf(b) ? -1 : timeOf(a) > timeOf(b) ? 1 : 0));
  return {
    subscribed: {
      ...subscribed,
      ...(subscribed.snapshot && { snapshot: sortedSnapshot(subscribed.snapshot) }),
    },
    events: sorted.map((event, index) => ({ ...event, seq: events[index]?.seq ?? event.seq })),
  };
}

function sortedSnapshot<T extends NonNullable<StreamReading['subscribed']['snapshot']>>(snapshot: T): T {
  if (snapshot.kind !== 'conversation') return snapshot;
  return { ...snapshot, messages: snapshot.messages.toSorted(byTime) };
}

/** Whoever reads later sees what was written while the clock was wrong in another place. */
export function orderByClock(store: Store): Store {
  return decorate(store, {
    read: async (stream, cursor) => sortedReading(await store.read(stream, cursor)),
    history: async (conversationId, query) => {
      const page = await store.history(conversationId, query);
      return { ...page, messages: page.messages.toSorted(byTime) satisfies Message[] };
    },
  });
}

/** The cursor is read after the messages, and something was written between. */
export function staleSnapshot(store: Store): Store {
  return decorate(store, {
    read: async (stream, cursor) => {
      const reading = await store.read(stream, cursor);
      const { snapshot } = reading.subscribed;
      if (snapshot?.kind !== 'conversation') return reading;
      await pause(slowMs);
      const { subscribed } = await store.read(stream);
      const late = {
        ...snapshot,
        asOf: subscribed.snapshot?.asOf ?? snapshot.asOf,
      } satisfies ConversationSnapshot;
      return { ...reading, subscribed: { ...subscribed, snapshot: late } };
    },
  });
}

/** Reading takes its time; what `readBeforeSubscribe` loses meanwhile is lost. */
export function slowReading(store: Store): Store {
  return decorate(store, {
    read: async (stream, cursor) => {
      const reading = await store.read(stream, cursor);
      await pause(slowMs);
      return reading;
    },
  });
}
