import type { Check } from '../check.ts';
import { must } from '../finding.ts';
import { messageOf } from '../person.ts';
import { saidIn, says } from '../said.ts';

/** Lists in lists. */
const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

const nestingRefused: Check = {
  id: 'nesting-refused',
  section: '2.5',
  level: 'core',
  title:
    'A command that nests deeper than 32 levels is refused in its lane, a frame without end ends nothing.',
  async run(stage) {
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    const reading = await visitor.readsPublic(conversationId);
    const deep = { ...messageOf('too deep'), extra: JSON.parse(nested(40)) as unknown };
    const problem = await visitor.isRefused('invalid_command', 'message.send', deep, conversationId);
    must(!problem.retryable, 'a refusal that uses its number up', problem);
    const peer = await visitor.peer();
    peer.send(`{"type":"signal","signal":${nested(20_000)}}`);
    await visitor.says('and on', conversationId);
    await reading.event('message.created', says('and on'));
    must(peer.isOpen, 'the same connection', 'one that has ended');
    const said = saidIn(reading.events);
    must(said.join() === 'and on', 'the message alone that was no deeper', said);
  },
};

/** What JSON may hold. */
export const dataChecks: readonly Check[] = [nestingRefused];
