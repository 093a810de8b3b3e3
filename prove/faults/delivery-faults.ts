import type { LiveHub } from '../../packages/server/src/hub/live-hub.ts';
import type { EncodedFrame, Reader } from '../../packages/server/src/hub/reader.ts';

/** What stands between the hub and one reader. */
type Between = (deliver: (frame: EncodedFrame) => void) => (frame: EncodedFrame) => void;

/** Puts something between a hub and each reader that joins. */
function between(hub: LiveHub, make: () => Between): LiveHub {
  const join = hub.join.bind(hub);
  hub.join = (reader: Reader): void => {
    reader.deliver = make()(reader.deliver.bind(reader));
    join(reader);
  };
  return hub;
}

/** What was committed while the log was read comes neither from the log nor live. */
export function readBeforeSubscribe(hub: LiveHub): LiveHub {
  return between(hub, () => (deliver) => {
    const reading = new Map<string, number>();
    return (encoded) => {
      const { frame } = encoded;
      if (frame.type === 'subscribed') {
        // A hub hands over what it had gathered in the same turn.
        reading.set(frame.stream, frame.headSeq);
        queueMicrotask(() => reading.delete(frame.stream));
      }
      if (frame.type === 'event' && frame.event.seq > (reading.get(frame.event.stream) ?? Infinity)) return;
      deliver(encoded);
    };
  });
}

export function doubleBroadcast(hub: LiveHub): LiveHub {
  let events = 0;
  return between(hub, () => (deliver) => (encoded) => {
    deliver(encoded);
    if (encoded.frame.type === 'event' && ++events % 50 === 0) deliver(encoded);
  });
}

/** What one stream has reached counts as seen in the others. */
export function sharedCursor(hub: LiveHub): LiveHub {
  return between(hub, () => (deliver) => {
    let seen = { stream: '', seq: 0 };
    return (encoded) => {
      const { frame } = encoded;
      if (frame.type === 'event') {
        const { stream, seq } = frame.event;
        if (stream !== seen.stream && seq <= seen.seq) return;
        if (seq > seen.seq) seen = { stream, seq };
      }
      deliver(encoded);
    };
  });
}
