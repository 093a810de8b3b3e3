// The log against a backend's stream, whatever the line does with the frames: model-based, seeded.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import type { LogEvent, Snapshot, SubscribedFrame, SubscribeFrame } from '@sahay/protocol';
import { EventLog } from './event-log.ts';

const stream = 'user:v';
type Frame = SubscribedFrame | { type: 'event'; event: LogEvent };

/** A stream as a backend keeps it, and what it says about it. */
class StreamOnDisk {
  epoch = 'e1';
  seq = 0;
  #trimmed = 0;

  append(): LogEvent {
    this.seq++;
    return this.#event(this.seq);
  }

  /** A restored backup: other events stand at the same places, under another epoch. */
  restore(seq: number): void {
    this.seq = Math.min(seq, this.seq);
    this.epoch += "'";
    this.#trimmed = 0;
  }

  trim(): void {
    this.#trimmed = this.seq;
  }

  answer({ cursor }: SubscribeFrame): Frame[] {
    const { epoch, seq } = this;
    const recovered = cursor?.epoch === epoch && cursor.seq <= seq && cursor.seq >= this.#trimmed;
    const asOf = { stream, epoch, seq };
    const snapshot: Snapshot = { kind: 'user', asOf, conversations: [], consents: [], invitations: [] };
    const subscribed: SubscribedFrame = {
      type: 'subscribed', stream, epoch, headSeq: seq, recovered, ...(!recovered && { snapshot }),
    }; // prettier-ignore
    const missed = recovered
      ? Array.from({ length: seq - cursor.seq }, (_none, index) => this.#event(cursor.seq + index + 1))
      : [];
    return [subscribed, ...missed.map((event) => ({ type: 'event' as const, event }))];
  }

  #event(seq: number): LogEvent {
    return {
      id: `${this.epoch}.${seq}`, type: 'data.exported', stream, epoch: this.epoch, seq,
      time: '2026-01-01T00:00:00Z', data: { exportId: 'x' },
    }; // prettier-ignore
  }
}

const step = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ do: 'append' as const }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('hear' as const), count: fc.nat(4) }) },
  { weight: 2, arbitrary: fc.constant({ do: 'reconnect' as const }) },
  { weight: 2, arbitrary: fc.constant({ do: 'refresh' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('drop' as const), at: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('double' as const), at: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restore' as const), seq: fc.nat(10) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'trim' as const }) },
);

it('applies what follows, once and without a gap, and ends where the backend is', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const disk = new StreamOnDisk();
      let line: Frame[] = [];
      let at: { epoch: string; seq: number } | undefined;
      let caughtUp = 0;
      const log = new EventLog(
        (question) => line.push(...disk.answer(question)),
        () => undefined,
      );
      log.open(stream, {
        reset: ({ asOf }) => (at = { epoch: asOf.epoch, seq: asOf.seq }),
        apply({ epoch, seq }) {
          assert.deepEqual({ epoch, seq }, { epoch: at?.epoch, seq: at!.seq + 1 });
          at = { epoch, seq };
        },
        caughtUp: () => caughtUp++,
        problem: () => undefined,
      });
      const hear = (count: number): void => {
        for (const frame of line.splice(0, count))
          if (frame.type === 'event') log.onEvent(frame.event);
          else log.onSubscribed(frame);
      };
      const reconnect = (): void => {
        log.disconnected();
        line = [];
        log.connected();
      };
      log.connected();
      for (const one of steps) {
        if (one.do === 'append') line.push({ type: 'event', event: disk.append() });
        else if (one.do === 'hear') hear(one.count);
        else if (one.do === 'reconnect') reconnect();
        else if (one.do === 'refresh') log.refresh(stream);
        else if (one.do === 'drop') line.splice(one.at, 1);
        else if (one.do === 'double') line.splice(one.at, 0, ...line.slice(one.at, one.at + 1));
        else if (one.do === 'restore') {
          disk.restore(one.seq);
          reconnect();
        } else disk.trim();
      }
      reconnect();
      caughtUp = 0;
      for (let round = 0; round < 10; round++) hear(1_000);
      assert.deepEqual(at, { epoch: disk.epoch, seq: disk.seq });
      assert.ok(caughtUp > 0, 'and says so');
    }),
    { seed: 20_261_127, numRuns: 1_500 },
  );
});
