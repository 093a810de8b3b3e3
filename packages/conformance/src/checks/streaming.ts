import type { LogEvent, Signal } from '@sahay/protocol';
import type { Check } from '../check.ts';
import { must, Unimplemented } from '../finding.ts';
import type { Person } from '../person.ts';
import { messagesIn, textOf, textOfParts } from '../said.ts';
import type { Stage } from '../stage.ts';
import type { Reading } from '../wire/peer.ts';

/** The pieces of a message that came over a reading's connection, in order. */
function piecesOf(reading: Reading, messageId: string): Signal<'message.delta'>['data'][] {
  return reading.peer
    .all('signal')
    .flatMap(({ signal }) =>
      signal.type === 'message.delta' && signal.data.messageId === messageId ? [signal.data] : [],
    );
}

type Script = { visitor: Person; conversationId: string; reading: Reading };

/** A visitor who reads a conversation in which the bot does what it is told. */
async function withScriptedBot(stage: Stage): Promise<Script> {
  await stage.driver('silenceBot', 'botBegin', 'botWrite', 'botEnd').silenceBot();
  const visitor = await stage.visitor();
  const conversationId = await visitor.begins();
  const reading = await visitor.readsPublic(conversationId);
  await visitor.says('Tell me everything.', conversationId);
  return { visitor, conversationId, reading };
}

/** An answer that streamed to its end: the driver's, where there is one, else the bot's own to the target's question. */
async function streamedAnswer(
  stage: Stage,
): Promise<{ reading: Reading; end: LogEvent<'message.completed'> }> {
  const { driver } = stage.target;
  if (driver?.botBegin && driver.silenceBot) {
    const { conversationId, reading } = await withScriptedBot(stage);
    const bot = stage.driver('botBegin', 'botWrite', 'botEnd');
    const { messageId } = await bot.botBegin({ conversationId });
    for (const text of ['The ', 'first, ', 'the second ', 'and the third.'])
      await bot.botWrite({ messageId, text });
    await bot.botEnd({ messageId });
    return { reading, end: await reading.event('message.completed') };
  }
  const visitor = await stage.visitor();
  const conversationId = await visitor.begins();
  const reading = await visitor.readsPublic(conversationId);
  await visitor.says(stage.target.question ?? 'Hello, what can you help me with?', conversationId);
  await stage.until(
    () => reading.events.some(({ type }) => type === 'message.completed'),
    3 * stage.patienceMs,
  );
  const end = reading.events.find(
    (event): event is LogEvent<'message.completed'> => event.type === 'message.completed',
  );
  if (!end)
    throw new Unimplemented(
      'the bot streamed no answer to the question; pass another one with --question, or a driver',
    );
  return { reading, end };
}

const deltaIndexContiguous: Check = {
  id: 'delta-index-contiguous',
  section: '6.2',
  level: 'core',
  title: 'The pieces of a part are numbered from 0, one after the other.',
  needs: { capabilities: ['streaming'] },
  async run(stage) {
    const { reading, end } = await streamedAnswer(stage);
    const pieces = piecesOf(reading, end.data.messageId);
    must(pieces.length > 0, 'pieces of the answer', reading.events);
    const parts = new Map<string, number[]>();
    for (const { partId, index } of pieces) parts.set(partId, [...(parts.get(partId) ?? []), index]);
    for (const [partId, indexes] of parts)
      must(
        indexes.every((index, place) => index === place),
        `the pieces 0 to ${indexes.length - 1} of the part ${partId}`,
        indexes.join(', '),
      );
  },
};

const completedEqualsDeltas: Check = {
  id: 'completed-equals-deltas',
  section: '6.4',
  level: 'core',
  title: 'The end holds the whole text: what the pieces said, put together.',
  needs: { capabilities: ['streaming'] },
  async run(stage) {
    const { reading, end } = await streamedAnswer(stage);
    const { messageId, parts } = end.data;
    const text = piecesOf(reading, messageId)
      .map((piece) => piece.text)
      .join('');
    must(textOfParts(parts) === text, `the text "${text}"`, textOfParts(parts));
    const { snapshot } = (await reading.peer.subscribe(reading.subscribed.stream)).subscribed;
    const held = messagesIn(snapshot).find(({ id }) => id === messageId);
    must(held?.status === 'complete' && textOf(held) === text, 'the same in a snapshot, complete', held);
  },
};

const deltaResumeMidStream: Check = {
  id: 'delta-resume-mid-stream',
  section: '6.5',
  level: 'full',
  title: 'Whoever comes in the middle of an answer gets the text so far, and goes on with the next piece.',
  needs: { capabilities: ['streaming'], driver: ['silenceBot', 'botBegin', 'botWrite', 'botEnd'] },
  async run(stage) {
    const { visitor, conversationId, reading } = await withScriptedBot(stage);
    const bot = stage.driver('botBegin', 'botWrite', 'botEnd');
    const { messageId, partId } = await bot.botBegin({ conversationId });
    await reading.event('message.created', ({ data }) => data.message.id === messageId);
    const cursor = reading.cursor();
    for (const text of ['one ', 'two ', 'three ']) await bot.botWrite({ messageId, text });
    await reading.peer.signal('message.delta', ({ data }) => data.text === 'three ');

    const fresh = await (await visitor.another()).subscribe(cursor.stream);
    const held = messagesIn(fresh.subscribed.snapshot).find(({ id }) => id === messageId);
    must(held !== undefined && textOf(held) === 'one two three ', 'the text so far in a snapshot', held);
    must(held.nextIndexes?.[partId] === 3, 'the next index 3 in a snapshot', held);

    const back = await visitor.another();
    await back.subscribe(cursor.stream, cursor);
    const soFar = await back.signal('message.replaced', ({ data }) => data.messageId === messageId);
    must(soFar.data.text === 'one two three ', 'the text so far after a resume', soFar);

    await bot.botWrite({ messageId, text: 'four' });
    for (const peer of [fresh.peer, back]) {
      const next = await peer.signal('message.delta', ({ data }) => data.messageId === messageId);
      must(next.data.index === 3 && next.data.text === 'four', 'piece 3 next', next);
    }
    await bot.botEnd({ messageId });
    const { data } = await fresh.event('message.completed');
    must(textOfParts(data.parts) === 'one two three four', 'the whole text at the end', data);
  },
};

const disconnectNotCancel: Check = {
  id: 'disconnect-not-cancel',
  section: '6.6',
  level: 'core',
  title: 'A lost connection cancels nothing: the answer goes on, and is whole when its reader comes back.',
  needs: { capabilities: ['streaming'], driver: ['silenceBot', 'botBegin', 'botWrite', 'botEnd'] },
  async run(stage) {
    const { visitor, conversationId, reading } = await withScriptedBot(stage);
    const bot = stage.driver('botBegin', 'botWrite', 'botEnd');
    const { messageId } = await bot.botBegin({ conversationId });
    await bot.botWrite({ messageId, text: 'before the cut, ' });
    await reading.peer.signal('message.delta', ({ data }) => data.messageId === messageId);
    const cursor = reading.cursor();
    (await visitor.peer()).cut();
    await stage.quiet();
    await bot.botWrite({ messageId, text: 'after the cut' });
    await bot.botEnd({ messageId });
    const back = await visitor.readsPublic(conversationId, cursor);
    const { data } = await back.event('message.completed');
    must(textOfParts(data.parts) === 'before the cut, after the cut', 'the whole answer', data);
  },
};

const cancelTerminal: Check = {
  id: 'cancel-terminal',
  section: '6.6',
  level: 'full',
  title:
    '`message.cancel` stops an answer on the backend for good: no piece and no other end comes after it.',
  needs: { capabilities: ['streaming', 'cancel'], driver: ['silenceBot', 'botBegin', 'botWrite', 'botEnd'] },
  async run(stage) {
    const { visitor, conversationId, reading } = await withScriptedBot(stage);
    const bot = stage.driver('botBegin', 'botWrite', 'botEnd');
    const { messageId } = await bot.botBegin({ conversationId });
    await bot.botWrite({ messageId, text: 'kept' });
    await reading.peer.signal('message.delta', ({ data }) => data.messageId === messageId);
    await visitor.does('message.cancel', { messageId }, conversationId);
    await reading.event('message.cancelled', ({ data }) => data.messageId === messageId);
    await settled(bot.botWrite({ messageId, text: 'too late' }));
    await settled(bot.botEnd({ messageId }));
    await stage.quiet();
    const { frames } = reading.peer.log;
    const end = frames.findIndex(
      (frame) => frame.type === 'event' && frame.event.type === 'message.cancelled',
    );
    const late = frames
      .slice(end)
      .filter((frame) => frame.type === 'signal' && frame.signal.type === 'message.delta');
    must(late.length === 0, 'no piece after the cancellation', late);
    const ends = reading.events.filter(
      ({ type }) => type === 'message.completed' || type === 'message.failed',
    );
    must(ends.length === 0, 'no other end', ends);
    const { snapshot } = (await visitor.readsPublic(conversationId)).subscribed;
    const held = messagesIn(snapshot).find(({ id }) => id === messageId);
    must(held?.status === 'cancelled', 'the status `cancelled`', held);
  },
};

/** What a bot that was stopped may be told by refusals too. */
const settled = (doing: Promise<void>): Promise<void> => doing.catch(() => undefined);

const producerCrashFailsMessage: Check = {
  id: 'producer-crash-fails-message',
  section: '6.7',
  level: 'core',
  title: 'An answer whose producer died ends with `message.failed`.',
  needs: { capabilities: ['streaming'], driver: ['silenceBot', 'botBegin', 'botWrite', 'botEnd', 'botDie'] },
  async run(stage) {
    const { visitor, conversationId, reading } = await withScriptedBot(stage);
    const bot = stage.driver('botBegin', 'botWrite', 'botDie');
    const { messageId } = await bot.botBegin({ conversationId });
    await bot.botWrite({ messageId, text: 'And then ' });
    await reading.event('message.created', ({ data }) => data.message.id === messageId);
    const cursor = reading.cursor();
    await bot.botDie({ messageId });
    await visitor.reconnect();
    const back = await visitor.readsPublic(conversationId, cursor);
    await stage.until(() => back.events.some(({ type }) => type === 'message.failed'));
    const held = messagesIn((await visitor.readsPublic(conversationId)).subscribed.snapshot);
    const message = held.find(({ id }) => id === messageId);
    must(message?.status === 'failed', 'the status `failed`', message);
    if (back.subscribed.recovered)
      await back.event('message.failed', ({ data }) => data.messageId === messageId);
  },
};

const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

const surrogatePairIntact: Check = {
  id: 'surrogate-pair-intact',
  section: '6.2',
  level: 'core',
  title: 'No piece and no text ends within a surrogate pair.',
  async run(stage) {
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    const reading = await visitor.readsPublic(conversationId);
    const emoji = '🙂🇧🇩👩‍👩‍👧'.repeat(20);
    await visitor.says(emoji, conversationId);
    const whole = await reading.event(
      'message.created',
      ({ data }) => data.message.author.role === 'visitor',
    );
    must(textOf(whole.data.message) === emoji, 'emoji as they were sent', textOf(whole.data.message));
    await visitor.says('half \ud83d of one', conversationId);
    const mended = await reading.event('message.created', ({ data }) =>
      textOf(data.message).startsWith('half'),
    );
    must(
      textOf(mended.data.message) === 'half \ufffd of one',
      'U+FFFD for half a pair',
      JSON.stringify(textOf(mended.data.message)),
    );
    const { driver } = stage.target;
    if (!stage.can('streaming') || !driver?.botBegin || !driver.silenceBot) return;
    const bot = stage.driver('silenceBot', 'botBegin', 'botWrite', 'botEnd');
    await bot.silenceBot();
    const { messageId } = await bot.botBegin({ conversationId });
    for (const text of ['🙂🙂', 'a🙂', '👩‍👩‍👧🙂']) await bot.botWrite({ messageId, text });
    await bot.botEnd({ messageId });
    const end = await reading.event('message.completed', ({ data }) => data.messageId === messageId);
    const torn = piecesOf(reading, messageId).filter(({ text }) => loneSurrogate.test(text));
    must(torn.length === 0, 'whole characters in every piece', torn);
    must(!loneSurrogate.test(textOfParts(end.data.parts)), 'whole characters at the end', end.data);
  },
};

/** Answers that grow. */
export const streamingChecks: readonly Check[] = [
  deltaIndexContiguous,
  surrogatePairIntact,
  completedEqualsDeltas,
  deltaResumeMidStream,
  disconnectNotCancel,
  cancelTerminal,
  producerCrashFailsMessage,
];
