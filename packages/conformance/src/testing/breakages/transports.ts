import type { Breakage } from '../breakage.ts';

/** Lines that do not carry what they should. */
export const transportBreakages: readonly Breakage[] = [
  {
    check: 'hello-first',
    what: 'a ping is answered to whoever asks',
    seams: () => ({
      incoming: (frame, seat) => {
        if (frame.type !== 'ping' || seat.claims) return false;
        seat.put({ type: 'pong' });
        return true;
      },
    }),
  },
  {
    check: 'hello-first',
    what: 'what comes too early is overheard',
    seams: () => ({ closeCode: (code, seat) => (code === 4401 && !seat.claims ? undefined : code) }),
  },
  {
    check: 'transport-equivalence',
    what: 'event streams leave receipts out',
    seams: () => ({
      outgoing: (frame, seat) => {
        const isReceipt = frame.type === 'event' && frame.event.type === 'receipt.updated';
        return isReceipt && seat.transport === 'sse' ? [] : [frame];
      },
    }),
  },
  {
    check: 'sse-id-durable-only',
    what: 'every entry has an id',
    seams: () => {
      let last = '';
      return { entryId: (_frame, sound) => (last = sound ?? last) };
    },
  },
  {
    check: 'longpoll-timeout-empty',
    what: 'a poll never waits',
    seams: () => ({ pollWait: () => 0 }),
  },
  {
    check: 'heartbeat-dead-peer',
    what: 'nobody is ever taken for dead',
    seams: () => ({ closeCode: (code) => (code === 1006 ? undefined : code) }),
  },
  {
    check: 'heartbeat-dead-peer',
    what: 'pings are not answered',
    seams: () => ({ incoming: (frame) => frame.type === 'ping' }),
  },
  {
    check: 'oversize-frame-close-code',
    what: 'frames of any size are taken',
    seams: () => ({ largestFrame: (sound) => 2 * sound }),
  },
  {
    check: 'schema-every-frame',
    what: 'acknowledgements do not name their lane',
    seams: () => ({
      outgoing: (frame) => {
        if (frame.type !== 'ack') return [frame];
        const { lane: _lane, ...rest } = frame;
        return [rest];
      },
    }),
  },
];
