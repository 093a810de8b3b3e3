import type { LogEvent } from '@sahay/protocol';
import type { Check } from '../check.ts';
import { must } from '../finding.ts';

/** The numbers must follow one another, from a given one on. */
export function mustBeDense(events: readonly LogEvent[], from: number): void {
  const numbers = events.map(({ seq }) => seq);
  const dense = numbers.map((_, place) => from + place);
  must(
    numbers.every((seq, place) => seq === dense[place]),
    `the numbers ${dense[0] ?? from} to ${dense.at(-1) ?? from}, one after the other`,
    numbers.join(', '),
  );
}

const seqDense: Check = {
  id: 'seq-dense',
  section: '3.2',
  level: 'core',
  title: 'In each stream `seq` is dense from 1, and one epoch holds while the log lives.',
  async run(stage) {
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    const reading = await visitor.readsPublic(conversationId);
    const { asOf } = reading.subscribed.snapshot ?? {};
    must(asOf !== undefined, 'a snapshot with its cursor', reading.subscribed);
    for (const word of ['one', 'two', 'three', 'four']) await visitor.says(word, conversationId);
    await reading.event('message.created', ({ data }) =>
      data.message.parts.some((part) => part.type === 'text' && part.text === 'four'),
    );
    mustBeDense(reading.events, asOf.seq + 1);
    const epochs = new Set(reading.events.map(({ epoch }) => epoch).concat(asOf.epoch));
    must(epochs.size === 1, 'one epoch', [...epochs]);
    const whole = await visitor
      .another()
      .then((peer) => peer.subscribe(asOf.stream, { stream: asOf.stream, epoch: asOf.epoch, seq: 0 }));
    if (whole.subscribed.recovered) mustBeDense(await whole.caughtUp(), 1);
  },
};

/** What a log is. */
export const streamChecks: readonly Check[] = [seqDense];
