import type { Check } from '../check.ts';
import { must } from '../finding.ts';
import { commandOf, messageOf } from '../person.ts';

const sendRetrySameResult: Check = {
  id: 'send-retry-same-result',
  section: '4.3',
  level: 'core',
  title: 'A number that is done gets its original result again, and has no second effect.',
  async run(stage) {
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    const reading = await visitor.readsPublic(conversationId);
    const n = visitor.take(conversationId);
    const command = commandOf('message.send', messageOf('once'), conversationId);
    const first = await visitor.numbered(n, command);
    must(first.type === 'ack', 'the message to be accepted', first);
    const second = await visitor.numbered(n, command);
    must(
      second.type === 'ack' && second.result.messageId === first.result.messageId,
      `the result ${JSON.stringify(first.result)} again`,
      second,
    );
    await visitor.says('after it', conversationId);
    await reading.event('message.created', ({ data }) =>
      JSON.stringify(data.message.parts).includes('after it'),
    );
    const told = reading.events.filter((event) => JSON.stringify(event.data).includes('"once"'));
    must(told.length === 1, 'one event for the message', told);
  },
};

const sendHoleRefused: Check = {
  id: 'send-hole-refused',
  section: '4.3',
  level: 'core',
  title: 'A number beyond the next is `out_of_order` with the `expected` one, and changes nothing.',
  async run(stage) {
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    const command = commandOf('message.send', messageOf('too early'), conversationId);
    const early = await visitor.numbered(4, command);
    must(
      early.type === 'reject' && early.problem.code === 'out_of_order',
      '`out_of_order` for number 4, where 2 is next',
      early,
    );
    must(early.problem.expected === 2, '`expected: 2`', early.problem);
    must(early.problem.retryable, 'a refusal that can be retried', early.problem);
    const late = await visitor.numbered(2, commandOf('message.send', messageOf('in turn'), conversationId));
    must(late.type === 'ack', 'number 2 to be accepted after the hole was refused', late);
    const { subscribed } = await visitor.readsPublic(conversationId);
    must(
      !JSON.stringify(subscribed.snapshot).includes('too early'),
      'nothing of the refused command in the conversation',
      subscribed.snapshot,
    );
  },
};

/** Numbers, lanes and their answers. */
export const commandChecks: readonly Check[] = [sendRetrySameResult, sendHoleRefused];
