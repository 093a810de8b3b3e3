import type { ConnectorHost, LogConnector, LogLink, ServerLinkFrame } from '@sahay/client/connector';
import type { LogEvent, SubscribedFrame, SubscribeFrame } from '@sahay/protocol';

/** What a tap found that the protocol forbids. */
export type WireFault = { kind: 'gap' | 'repeat'; stream: string; detail: string };

/** What a tap tells of. */
export interface TapListener {
  fault(fault: WireFault): void;
  /** A subscription was answered: by the events that were missed, or by a snapshot. */
  subscribed(recovered: boolean): void;
}

/**
 * `unsure`: asked for twice on one line. A request that was sent twice may arrive after the next question, so nobody can tell which of
 * them an answer belongs to.
 */
type Place = { epoch: string; seq: number; state: 'asked' | 'live' | 'unsure' };

/**
 * Listens between a client and its line, whatever the transport: after `subscribed` come the events from the cursor to the
 * head and on from there, each once. The client would mend what is wrong here; so it has to be seen here.
 */
export class WireTap {
  readonly #listener: TapListener;
  #places = new Map<string, Place>();

  constructor(listener: TapListener) {
    this.#listener = listener;
  }

  /** The same connector, listened to. */
  on(connector: LogConnector): LogConnector {
    return { ...connector, open: (host) => this.#open(connector, host) };
  }

  #open(connector: LogConnector, host: ConnectorHost): LogLink {
    const { handlers } = host;
    const link = connector.open({
      ...host,
      handlers: {
        ...handlers,
        onWelcome: (welcome) => {
          this.#places = new Map();
          handlers.onWelcome(welcome);
        },
        onFrame: (frame) => {
          this.#hear(frame);
          handlers.onFrame(frame);
        },
      },
    });
    return {
      ...link,
      send: (frame) => {
        if (frame.type === 'subscribe') this.#asked(frame);
        link.send(frame);
      },
    };
  }

  #hear(frame: ServerLinkFrame): void {
    if (frame.type === 'event') this.#event(frame.event);
    else if (frame.type === 'subscribed') this.#subscribed(frame);
  }

  #asked({ stream, cursor }: SubscribeFrame): void {
    // A cursor that the backend does not take leads to a snapshot, which brings its own place.
    const { epoch, seq } = cursor ?? { epoch: '', seq: 0 };
    const state = this.#places.has(stream) ? 'unsure' : 'asked';
    this.#places.set(stream, { epoch, seq, state });
  }

  #subscribed({ stream, epoch, snapshot, headSeq, recovered }: SubscribedFrame): void {
    this.#listener.subscribed(recovered);
    const place = this.#places.get(stream);
    // Answered a second time: the question was sent twice, and what follows is said twice.
    if (place?.state === 'live') place.state = 'unsure';
    if (place?.state !== 'asked') return;
    if (snapshot && snapshot.asOf.seq !== headSeq)
      this.#fault('gap', stream, `a snapshot as of ${snapshot.asOf.seq} was said to be at ${headSeq}`);
    if (snapshot) place.seq = snapshot.asOf.seq;
    place.epoch = epoch;
    place.state = 'live';
  }

  #event({ stream, epoch, seq }: LogEvent): void {
    const place = this.#places.get(stream);
    if (place?.state !== 'live') return;
    if (seq === place.seq + 1 && epoch === place.epoch) {
      place.seq = seq;
      return;
    }
    const isRepeat = seq <= place.seq;
    this.#fault(isRepeat ? 'repeat' : 'gap', stream, `event ${seq} came after ${place.seq}`);
    place.seq = Math.max(place.seq, seq);
  }

  #fault(kind: WireFault['kind'], stream: string, detail: string): void {
    this.#listener.fault({ kind, stream, detail });
  }
}
