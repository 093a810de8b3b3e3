import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import pino, { type Logger } from 'pino';
import { createBot, WriterError, type AnswerWriter, type Bot } from '@sahay/bot';
import { parseArticle } from '@sahay/bot/knowledge';
import { createChatCompletionsWriter } from '@sahay/bot/llm';
import type { Command, CommandResult, Message, Signal } from '@sahay/protocol';
import { makeProblem } from '@sahay/protocol';
import type { Actor } from '@sahay/protocol/core';
import { validateEvent } from '@sahay/protocol/validate-ajv';
import { Knowledge } from '../knowledge/index.ts';
import { agent, numbered, say, start, stranger, tempFolder, visitor } from '../storage/testing/temp-store.ts';
import { testCore } from '../testing/test-core.ts';
import { createBotRuntime, createPolicy } from './index.ts';
import type { Pace } from './pace.ts';

const article = (path: string, text: string) => {
  const parsed = parseArticle({ path, text }).article;
  assert.ok(parsed);
  return parsed;
};

const knowledge = new Knowledge([
  article(
    'en/refunds.md',
    '---\ntitle: How do refunds work?\n---\n\nYou get your money back **within a week**, to the card you paid with.\n',
  ),
  article(
    'en/opening-hours.md',
    '---\ntitle: When are you open?\n---\n\nThe shop is open from nine to five.\n',
  ),
  article(
    'en/size-shoes.md',
    '---\ntitle: Which size of shoes should I order?\n---\n\nMeasure your foot first.\n',
  ),
  article(
    'en/size-shirts.md',
    '---\ntitle: Which size of shirts should I order?\n---\n\nMeasure your chest first.\n',
  ),
  article(
    'bn/refunds.md',
    '---\ntitle: টাকা ফেরত পাব কীভাবে?\n---\n\nএক সপ্তাহের মধ্যে **আপনার কার্ডে** টাকা ফেরত যাবে।\n',
  ),
]);

type TestPace = Pace & { elapsed: number };

/** Time that passes only as the bot waits. */
function testPace(overrides: Partial<Pace> = {}): TestPace {
  const pace: TestPace = {
    elapsed: 0,
    tickMs: 45,
    longestMs: 2500,
    checkpointMs: 1000,
    now: () => pace.elapsed,
    every: () => () => undefined,
    sleep: async (ms: number) => {
      pace.elapsed += ms;
      await new Promise<void>((resolve) => setImmediate(resolve));
    },
    ...overrides,
  };
  return pace;
}

interface Options {
  bot?: Bot;
  writer?: AnswerWriter;
  pace?: Pace;
  dataFolder?: string;
  isStarted?: boolean;
  logger?: Logger;
}

/** A server with the bot at work, and the means to play visitor and agent. */
async function shop(
  t: TestContext,
  { bot, writer, pace = testPace(), dataFolder = tempFolder(t), isStarted = true, logger }: Options = {},
) {
  const policy = createPolicy({ botName: 'Sahay' }, knowledge);
  const core = await testCore(t, { policy, config: { dataFolder }, ...(logger && { logger }) });
  const { store, commands, hub } = core.context;
  const invalid: string[] = [];
  store.onCommitted((events) => {
    for (const event of events) {
      const verdict = validateEvent(event);
      if (!verdict.valid) invalid.push(`${event.type}: ${verdict.error}`);
    }
  });
  t.after(() => assert.deepEqual(invalid, []));
  const signals: Signal[] = [];
  const relay = hub.signal.bind(hub);
  hub.signal = (actor, signal) => {
    signals.push(signal);
    return relay(actor, signal);
  };
  const runtime = createBotRuntime(core.context, {
    bot: bot ?? createBot({ articles: knowledge.articles, ...(writer && { writer }) }),
    knowledge,
    pace,
  });
  t.after(() => runtime.stop());
  if (isStarted) await runtime.start();
  const counts = new Map<string, number>();
  const run = async (actor: Actor, command: Command): Promise<CommandResult> => {
    const lane = `${actor.id}/${command.conversationId}`;
    counts.set(lane, (counts.get(lane) ?? 0) + 1);
    const { reply } = await commands.execute(
      actor,
      numbered(`o-${actor.id}`, counts.get(lane) ?? 1, command),
    );
    assert.equal(reply.type, 'ack', JSON.stringify(reply));
    return reply.type === 'ack' ? reply.result : {};
  };
  const ask = async (text: string, id = 'c1'): Promise<CommandResult> => {
    const asked = await run(visitor, say(text, id, `cm${Math.random()}`));
    await runtime.idle();
    return asked;
  };
  const messages = async (id = 'c1'): Promise<Message[]> =>
    (await store.history(id, { limit: 100 })).messages;
  const last = async (role = 'bot', id = 'c1'): Promise<Message | undefined> =>
    (await messages(id)).findLast((message) => message.author.role === role);
  return { core, store, hub, runtime, run, ask, messages, last, signals, dataFolder };
}

const textIn = (message: Message | undefined): string =>
  message?.parts.map((part) => (part.type === 'text' ? part.text : '')).join('') ?? '';

describe('the bot at work', () => {
  it('greets, answers from an article, cites it, and keeps its trace', async (t) => {
    const { run, ask, last, messages, store, signals } = await shop(t);
    await run(visitor, start());
    const [greeting] = await messages();
    assert.match(textIn(greeting), /I’m Sahay/);
    const { messageId } = await ask('How do refunds work?');
    const answer = await last();
    assert.equal(answer?.status, 'complete');
    assert.match(textIn(answer), /\*\*within a week\*\*/);
    const citation = answer?.parts.find((part) => part.type === 'citation');
    assert.equal(citation?.articleId, 'en/refunds');
    const [trace] = (await store.staffState('c1'))?.traces ?? [];
    assert.equal(trace?.messageId, answer?.id);
    assert.equal(trace?.questionMessageId, messageId);
    assert.equal(trace?.outcome, 'answer');
    assert.equal((await store.conversation('c1'))?.assignment.state, 'bot');
    assert.deepEqual(
      signals.filter(({ type }) => type === 'typing').map(({ data }) => 'active' in data && data.active),
      [true, false],
    );
  });

  it('streams what the complete message then says, densely numbered and in time', async (t) => {
    const pace = testPace();
    const { run, ask, last, signals, store } = await shop(t, { pace });
    const checkpoints: number[] = [];
    store.onCommitted((events) => {
      for (const event of events)
        if (event.type === 'message.checkpoint' && event.stream.endsWith(':public'))
          checkpoints.push(pace.elapsed);
    });
    await run(visitor, start());
    await ask('Do you sell spaceships that fly to the moon?');
    const deltas = signals.flatMap((signal) => (signal.type === 'message.delta' ? [signal.data] : []));
    assert.ok(deltas.length > 10, `${deltas.length} pieces`);
    assert.deepEqual(
      deltas.map(({ index }) => index),
      deltas.map((_, index) => index),
    );
    assert.equal(deltas.map(({ text }) => text).join(''), textIn(await last()));
    assert.ok(pace.elapsed <= 2600, `${pace.elapsed} ms`);
    assert.ok(checkpoints.length >= 1 && checkpoints.length <= 3, `${checkpoints.length} checkpoints`);
  });

  it('asks back between near answers, and answers with the one that is picked', async (t) => {
    const { run, ask, last } = await shop(t);
    await run(visitor, start());
    await ask('Which size should I order?');
    const question = await last();
    const replies = question?.parts.find((part) => part.type === 'quick_replies');
    const labels = replies?.options.map(({ label }) => label) ?? [];
    assert.ok(labels.includes('Which size of shirts should I order?'), labels.join());
    await ask('Which size of shirts should I order?');
    assert.match(textIn(await last()), /Measure your chest/);
  });

  it('hands over when none of the near answers is meant', async (t) => {
    const { run, ask, store } = await shop(t);
    await run(visitor, start());
    await ask('Which size should I order?');
    await ask('None of these');
    assert.equal((await store.conversation('c1'))?.assignment.state, 'queued');
    const [, trace] = (await store.staffState('c1'))?.traces ?? [];
    assert.equal(trace?.question, 'Which size should I order?');
  });

  it('says truthfully that nobody is here, hands over with what people should know, and is silent then', async (t) => {
    const { run, ask, last, messages, store } = await shop(t);
    await run(visitor, {
      ...start(),
      data: { locale: 'en', page: { url: 'https://shop.example/shoes' } },
    } as Command);
    await ask('How do refunds work?');
    await ask('Do you sell spaceships that fly to the moon?');
    assert.match(textIn(await last()), /I don't know.*\n\nNobody from the team is here right now\./s);
    const conversation = await store.conversation('c1');
    assert.equal(conversation?.assignment.state, 'queued');
    assert.equal(conversation?.handoff?.reason, 'not_covered');
    assert.deepEqual((await store.staffState('c1'))?.handoffContext, {
      question: 'Do you sell spaceships that fly to the moon?',
      tried: ['How do refunds work?'],
      language: 'en',
      page: { url: 'https://shop.example/shoes' },
    });
    const before = (await messages()).length;
    await ask('Hello? When are you open?');
    assert.equal((await messages()).length, before + 1);
  });

  it('says that somebody is here when somebody is, in the language of the visitor', async (t) => {
    const { core, run, ask, last, hub } = await shop(t);
    hub.availability = () => ({ open: true });
    await run(visitor, start('c1', 'bn'));
    await ask('একজন মানুষের সঙ্গে কথা বলতে চাই');
    assert.match(textIn(await last()), /আমাদের দলের একজন এখন আছেন/);
    assert.equal((await core.context.store.conversation('c1'))?.handoff?.reason, 'asked_for_person');
  });

  it('answers again when it is asked to, once, and marks the answer before; also after a restart', async (t) => {
    const dataFolder = tempFolder(t);
    const first = await shop(t, { dataFolder });
    await first.run(visitor, start());
    await first.ask('How do refunds work?');
    const answer = await first.last();
    const again = (run: typeof first.run, messageId: string) =>
      run(visitor, { type: 'message.regenerate', conversationId: 'c1', data: { messageId } });
    await again(first.run, answer?.id ?? '');
    await again(first.run, answer?.id ?? '');
    await first.runtime.idle();
    const second = await first.last();
    assert.notEqual(second?.id, answer?.id);
    assert.match(textIn(second), /within a week/);
    const bots = (await first.messages()).filter(({ author }) => author.role === 'bot');
    assert.deepEqual(
      bots.map(({ supersededAt }) => Boolean(supersededAt)),
      [false, true, false],
    );
    const [greeting] = await first.messages();
    await assert.rejects(again(first.run, greeting?.id ?? ''), /no answer to a question/);
    // Asked for while nobody works on it: the next start does.
    await first.runtime.stop();
    await again(first.run, second?.id ?? '');
    await first.core.close();
    const next = await shop(t, { dataFolder });
    await next.runtime.idle();
    const third = await next.last();
    assert.notEqual(third?.id, second?.id);
    assert.equal(third?.status, 'complete');
    assert.equal((await next.messages()).filter(({ author }) => author.role === 'bot').length, 4);
  });

  it('says when it opens again, by the clocks of the hours, in the language of the visitor', async (t) => {
    const { run, ask, last, hub } = await shop(t);
    hub.availability = () => ({
      open: false,
      opensAt: '2026-03-02T03:00:00.000Z',
      timeZone: 'Asia/Dhaka',
      closedBecause: 'outside_hours',
    });
    await run(visitor, start('c1', 'en'));
    await ask('I want to talk to a person');
    assert.match(
      textIn(await last()),
      /open again on Monday,? (2 March|March 2) at 9:00\sAM GMT\+6\. Your request waits/,
    );
    await run(visitor, start('c2', 'bn'));
    await ask('একজন মানুষের সঙ্গে কথা বলতে চাই', 'c2');
    assert.match(textIn(await last('bot', 'c2')), /আবার খুলব সোমবার.*৯:০০.*ততক্ষণ/);
  });

  it('hands over when the visitor says that an answer did not help', async (t) => {
    const { run, ask, last, store, runtime } = await shop(t);
    await run(visitor, start());
    await ask('How do refunds work?');
    const answer = await last();
    await run(visitor, {
      type: 'message.feedback',
      conversationId: 'c1',
      data: { messageId: answer?.id ?? '', helpful: false },
    });
    await runtime.idle();
    assert.match(textIn(await last()), /sorry that didn't help/);
    assert.equal((await store.conversation('c1'))?.handoff?.reason, 'did_not_help');
    const state = await store.staffState('c1');
    assert.equal(state?.handoffContext?.question, 'How do refunds work?');
    assert.deepEqual(
      [state?.traces[1]?.outcome, state?.traces[1]?.question],
      ['handover', 'How do refunds work?'],
    );
  });

  it('tells the agent what the visitor wants when she asks for a person by a button', async (t) => {
    const { run, ask, store, messages } = await shop(t);
    await run(visitor, start());
    await ask('How do refunds work?');
    const known = new Promise<void>((resolve) => {
      store.onCommitted((events) => {
        if (events.some(({ type }) => type === 'handoff.context')) resolve();
      });
    });
    await run(visitor, { type: 'handoff.request', conversationId: 'c1', data: {} });
    await known;
    assert.deepEqual((await store.staffState('c1'))?.handoffContext, {
      question: 'How do refunds work?',
      tried: ['How do refunds work?'],
      language: 'en',
    });
    assert.equal(
      (await messages()).filter(({ author }) => author.role === 'bot').length,
      2,
      'the greeting and the answer',
    );
  });

  it('never talks while a person has the conversation, and again when it is given back', async (t) => {
    const { run, ask, last, messages } = await shop(t);
    await run(visitor, start());
    await run(agent, { type: 'assignment.accept', conversationId: 'c1', data: {} });
    await ask('How do refunds work?');
    assert.equal((await messages()).filter(({ author }) => author.role === 'bot').length, 1);
    await run(agent, { type: 'assignment.return_to_bot', conversationId: 'c1', data: {} });
    assert.equal(
      (await messages()).filter(({ author }) => author.role === 'bot').length,
      1,
      'it does not answer what was said to a person',
    );
    await ask('When are you open?');
    assert.match(textIn(await last()), /nine to five/);
  });

  it('stops in the middle when a person takes over, and what it said is complete', async (t) => {
    let isTaken = false;
    const pace = testPace({
      sleep: async () => {
        if (isTaken) return;
        isTaken = true;
        await shopping.run(agent, { type: 'assignment.accept', conversationId: 'c1', data: {} });
      },
    });
    const shopping = await shop(t, { pace });
    await shopping.run(visitor, start());
    await shopping.ask('How do refunds work?');
    const answer = await shopping.last();
    assert.equal(answer?.status, 'complete');
    assert.ok(textIn(answer).length < 40, textIn(answer));
    assert.equal((await shopping.store.conversation('c1'))?.assignment.state, 'assigned');
  });

  it('stops when the visitor stops it', async (t) => {
    let isStopped = false;
    const pace = testPace({
      sleep: async () => {
        const answer = await shopping.last();
        if (answer?.status !== 'streaming' || isStopped) return;
        isStopped = true;
        await shopping.run(visitor, {
          type: 'message.cancel',
          conversationId: 'c1',
          data: { messageId: answer.id },
        });
      },
    });
    const shopping = await shop(t, { pace });
    await shopping.run(visitor, start());
    await shopping.ask('How do refunds work?');
    const stopped = await shopping.last();
    assert.equal(stopped?.status, 'cancelled');
    assert.match(textIn(stopped), /^You get/, 'what was read stays');
    await shopping.ask('When are you open?');
    assert.match(textIn(await shopping.last()), /nine to five/);
  });

  it('hangs up on the LLM when the visitor stops it', async (t) => {
    const hungUp = Promise.withResolvers<void>();
    const slow = createServer((request, response) => {
      request.resume();
      response.on('close', hungUp.resolve);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const piece = { choices: [{ delta: { content: 'Refunds take a week. And ' } }] };
      response.write(`data: ${JSON.stringify(piece)}\n\n`);
    });
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
    t.after(() => slow.closeAllConnections());
    t.after(() => slow.close());
    const { port } = slow.address() as AddressInfo;
    const writer = createChatCompletionsWriter({
      url: `http://127.0.0.1:${port}/v1/chat/completions`,
      model: 'slow',
    });
    const shopping = await shop(t, { writer });
    await shopping.run(visitor, start());
    const begun = Promise.withResolvers<string>();
    shopping.store.onCommitted((events) => {
      for (const event of events)
        if (event.type === 'message.created' && event.data.message.status === 'streaming')
          begun.resolve(event.data.message.id);
    });
    await shopping.run(visitor, say('How do refunds work?'));
    await shopping.run(visitor, {
      type: 'message.cancel',
      conversationId: 'c1',
      data: { messageId: await begun.promise },
    });
    await hungUp.promise;
    await shopping.runtime.idle();
    assert.equal((await shopping.last())?.status, 'cancelled');
  });

  it('answers the messages of one conversation in order, one at a time, and several conversations at once', async (t) => {
    const { run, messages, runtime } = await shop(t);
    await run(visitor, start());
    await run(stranger, start('c2'));
    await Promise.all([
      run(visitor, say('When are you open?')),
      run(stranger, say('When are you open?', 'c2')),
    ]);
    await run(visitor, say('How do refunds work?', 'c1', 'cm2'));
    await runtime.idle();
    const said = (await messages()).filter(({ author }) => author.role === 'bot').map(textIn);
    assert.equal(said.length, 3);
    assert.match(said[1] ?? '', /nine to five/);
    assert.match(said[2] ?? '', /within a week/);
    assert.equal((await messages('c2')).filter(({ author }) => author.role === 'bot').length, 2);
  });

  it('ends a message as failed when it breaks, and answers the next question', async (t) => {
    const working = createBot({ articles: knowledge.articles });
    let isBroken = true;
    const bot: Bot = {
      answer: (input) => working.answer(input),
      async *stream(input, options) {
        if (!isBroken) return yield* working.stream(input, options);
        yield { type: 'delta', text: 'You ' };
        throw new Error('the model burst');
      },
    };
    const { run, ask, last } = await shop(t, { bot });
    await run(visitor, start());
    await ask('How do refunds work?');
    const failed = await last();
    assert.equal(failed?.status, 'failed');
    assert.match(failed?.failure ?? '', /broke off.*ask again/i);
    isBroken = false;
    await ask('How do refunds work?');
    assert.equal((await last())?.status, 'complete');
  });

  it('answers in the article’s own words when the LLM fails in the middle, without a trace of the first attempt', async (t) => {
    const writer: AnswerWriter = {
      name: 'small',

      async *write() {
        yield { type: 'text', text: 'Refunds are made of cheese, and ' };
        throw new WriterError('unavailable', 'The LLM is down.');
      },
    };
    const logged: string[] = [];
    const logger = pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) });
    const { run, ask, last, store } = await shop(t, { writer, logger });
    await run(visitor, start());
    await ask('How do refunds work?');
    assert.match(textIn(await last()), /^You get your money back/);
    const [trace] = (await store.staffState('c1'))?.traces ?? [];
    assert.equal(trace?.note, 'The LLM is down.');
    assert.match(logged.join(), /"problem":"The LLM is down\."/, 'whoever runs the server hears of it');
  });

  it('shows that it is writing for as long as the LLM thinks, and no longer', async (t) => {
    const thinking = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    const writer: AnswerWriter = {
      name: 'slow',
      async *write() {
        asked.resolve();
        await thinking.promise;
        yield { type: 'text', text: 'A week.' };
      },
    };
    let again: { ms: number; work: () => void } | undefined;
    const pace = testPace({
      every: (ms, work) => {
        again = { ms, work };
        return () => (again = undefined);
      },
    });
    const { run, runtime, signals } = await shop(t, { writer, pace });
    const typing = (): boolean[] =>
      signals.flatMap(({ type, data }) => (type === 'typing' && 'active' in data ? [data.active] : []));
    await run(visitor, start());
    await run(visitor, say('How do refunds work?'));
    await asked.promise;
    assert.ok(again && again.ms < 10_000, 'sooner than the last sign expires');
    again.work();
    assert.deepEqual(typing(), [true, true]);
    thinking.resolve();
    await runtime.idle();
    assert.deepEqual(typing(), [true, true, false]);
    assert.equal(again, undefined);
  });
});

describe('after a restart', () => {
  /** Ends a server while its bot is in the middle of something, as a crash would. */
  async function crash(shopping: Awaited<ReturnType<typeof shop>>): Promise<void> {
    await shopping.runtime.stop();
    await shopping.core.close();
  }

  it('an answer that broke off is failed and given anew, once', async (t) => {
    let reached: () => void = () => undefined;
    const isStreaming = new Promise<void>((resolve) => (reached = resolve));
    const pace = testPace({
      sleep: (_ms, signal) => {
        reached();
        return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
      },
    });
    const first = await shop(t, { pace });
    await first.run(visitor, start());
    await first.run(visitor, say('How do refunds work?'));
    await isStreaming;
    assert.equal((await first.last())?.status, 'streaming');
    await crash(first);

    const second = await shop(t, { dataFolder: first.dataFolder });
    await second.runtime.idle();
    const attempts = (await second.messages()).filter(({ author }) => author.role === 'bot').slice(1);
    assert.deepEqual(
      attempts.map(({ status }) => status),
      ['failed', 'complete'],
    );
    assert.match(textIn(attempts[1]), /within a week/);
    await crash(second);

    const third = await shop(t, { dataFolder: first.dataFolder });
    await third.runtime.idle();
    assert.equal((await third.messages()).filter(({ author }) => author.role === 'bot').length, 3);
  });

  it('a question that nobody saw is answered', async (t) => {
    const first = await shop(t, { isStarted: false });
    await first.run(visitor, start());
    await first.run(visitor, say('When are you open?'));
    await crash(first);
    const second = await shop(t, { dataFolder: first.dataFolder });
    await second.runtime.idle();
    assert.match(textIn(await second.last()), /nine to five/);
  });

  it('a handover that was announced is asked for', async (t) => {
    const first = await shop(t);
    const { store } = first.core.context;
    const execute = store.execute.bind(store);
    store.execute = (actor, command, options) =>
      command.command.type === 'handoff.request'
        ? Promise.resolve({
            reply: { type: 'reject', outboxId: 'o', n: 1, lane: 'c1', problem: makeProblem('shutting_down') },
          })
        : execute(actor, command, options);
    await first.run(visitor, start());
    await first.ask('Do you sell spaceships that fly to the moon?');
    assert.equal((await store.conversation('c1'))?.assignment.state, 'bot');
    await crash(first);
    const second = await shop(t, { dataFolder: first.dataFolder });
    await second.runtime.idle();
    const conversation = await second.store.conversation('c1');
    assert.deepEqual(
      [conversation?.assignment.state, conversation?.handoff?.reason],
      ['queued', 'not_covered'],
    );
    assert.equal((await second.messages()).filter(({ author }) => author.role === 'bot').length, 2);
  });
});
