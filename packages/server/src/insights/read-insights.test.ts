import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { AnswerTrace, Command } from '@sahay/protocol';
import type { Actor } from '@sahay/protocol/core';
import type { SqlAccess, SqlParams, Store } from '../storage/store.ts';
import {
  agent,
  bot,
  botPolicy,
  numbered,
  say,
  start,
  tempStore,
  visitor,
} from '../storage/testing/temp-store.ts';
import { normaliseQuestion } from './normalise-question.ts';
import { readInsights } from './read-insights.ts';

const minute = 60_000;
const begin = Date.parse('2030-01-01T12:00:00Z');

/** A store whose clock a test moves, and a way to give commands without counting. */
async function history(t: TestContext) {
  const clock = { now: begin };
  const store: Store = await tempStore(t, {
    policy: { ...botPolicy, surveyOnClose: 'csat' },
    clock: () => clock.now,
  });
  const counts = new Map<string, number>();
  const run = async (actor: Actor, command: Command): Promise<void> => {
    const lane = `${actor.id}/${command.conversationId}`;
    const n = (counts.get(lane) ?? 0) + 1;
    counts.set(lane, n);
    const { reply } = await store.execute(actor, numbered(`outbox-${actor.id}`, n, command));
    assert.equal(reply.type, 'ack', JSON.stringify(reply));
  };
  const trace = (
    conversationId: string,
    outcome: AnswerTrace['outcome'],
    extra: Partial<AnswerTrace> = {},
  ): Promise<void> =>
    run(bot, {
      type: 'answer.trace',
      conversationId,
      data: {
        trace: {
          traceId: 't1',
          question: 'Where is it?',
          outcome,
          confidence: 0.5,
          threshold: 0.5,
          articles: [],
          ...extra,
        },
      },
    });
  const insights = (days = 30) => readInsights(store.sql, { tenantId: 'shop', days, now: clock.now });
  return { clock, store, run, trace, insights };
}

describe('readInsights', () => {
  it('says nothing of an empty server but that it is empty', async (t) => {
    const { insights } = await history(t);
    const found = await insights();
    assert.equal(found.conversations, 0);
    assert.deepEqual(found.rating, { count: 0, distribution: { '1': 0, '2': 0, '3': 0, '4': 0, '5': 0 } });
    assert.deepEqual(found.firstResponse, { count: 0, waiting: 0 });
    assert.deepEqual(found.outcome, { resolvedByBot: 0, handedOver: 0 });
    assert.deepEqual([found.unanswered, found.topArticles], [[], []]);
  });

  it('counts what happened, from the request for a person to the rating', async (t) => {
    const { clock, store, run, trace, insights } = await history(t);
    const article = { id: 'en/refunds', title: 'How do refunds work?', score: 3 };
    // c1 is answered by the bot; c2 to c4 are passed on, of which c4 still waits; c5 only says hello.
    for (const id of ['c1', 'c2', 'c3', 'c4', 'c5']) {
      await run(visitor, start(id));
      await run(visitor, say('A question', id));
    }
    await trace('c1', 'answer', { articles: [article], question: 'Money back?' });
    for (const id of ['c2', 'c3', 'c4'])
      await run(visitor, { type: 'handoff.request', conversationId: id, data: {} });
    for (const [id, wait] of [
      ['c2', 2],
      ['c3', 4],
    ] as const) {
      clock.now = begin + wait * minute;
      await run(agent, { type: 'assignment.accept', conversationId: id, data: {} });
      await run(agent, say('Here I am', id));
    }
    clock.now = begin + 10 * minute;
    await run(agent, { type: 'conversation.close', conversationId: 'c2', data: {} });
    const survey = (await store.conversation('c2'))?.survey;
    await run(visitor, {
      type: 'survey.submit',
      conversationId: 'c2',
      data: { surveyId: survey?.surveyId ?? '', answers: { score: 4, comment: 'Good' } },
    });

    const found = await insights();
    assert.equal(found.conversations, 5);
    assert.deepEqual(found.rating, {
      average: 4,
      count: 1,
      distribution: { '1': 0, '2': 0, '3': 0, '4': 1, '5': 0 },
    });
    assert.deepEqual(found.firstResponse, { median: 180, p90: 228, count: 2, waiting: 1 });
    assert.deepEqual(found.resolution, { median: 600, p90: 600, count: 1 });
    assert.deepEqual(found.outcome, {
      resolvedByBot: 1,
      handedOver: 3,
      resolvedByBotShare: 0.25,
      handedOverShare: 0.75,
    });
    const lastAskedAt = new Date(begin).toISOString();
    assert.deepEqual(found.topArticles, [
      {
        articleId: 'en/refunds',
        title: 'How do refunds work?',
        count: 1,
        lastQuestion: 'Money back?',
        lastAskedAt,
      },
    ]);
  });

  it('gives the bot no credit for what an agent took over unasked', async (t) => {
    const { run, trace, insights } = await history(t);
    for (const id of ['c1', 'c2', 'c3']) {
      await run(visitor, start(id));
      await run(visitor, say('A question', id));
      await trace(id, 'answer');
    }
    for (const id of ['c2', 'c3'])
      await run(agent, { type: 'assignment.accept', conversationId: id, data: {} });
    await run(agent, say('Let me add to that', 'c2'));
    await run(agent, { type: 'conversation.close', conversationId: 'c2', data: {} });
    await run(visitor, { type: 'conversation.close', conversationId: 'c1', data: {} });
    const { outcome, firstResponse } = await insights();
    assert.deepEqual([outcome.resolvedByBot, outcome.handedOver], [1, 2]);
    assert.equal(firstResponse.waiting, 0, 'nobody waits who did not ask');
  });

  it('rates by satisfaction alone, whatever else was asked', async (t) => {
    const { store, run, insights } = await history(t);
    await run(visitor, start());
    await run(agent, { type: 'assignment.accept', conversationId: 'c1', data: {} });
    for (const [kind, score] of [
      ['csat', 3],
      ['nps', 9],
      ['custom', 10],
    ] as const) {
      await run(agent, {
        type: 'message.send',
        conversationId: 'c1',
        data: { clientMessageId: kind, parts: [{ partId: 'q', type: 'survey', surveyId: 's', kind }] },
      });
      const { surveyId = '' } = (await store.conversation('c1'))?.survey ?? {};
      await run(visitor, {
        type: 'survey.submit',
        conversationId: 'c1',
        data: { surveyId, answers: { score } },
      });
    }
    const { rating } = await insights();
    assert.deepEqual([rating.average, rating.count, rating.distribution['3']], [3, 1, 1]);
  });

  it('groups what the bot could not answer by what was meant', async (t) => {
    const { clock, run, trace, insights } = await history(t);
    for (const id of ['c1', 'c2']) await run(visitor, start(id));
    const ask = async (id: string, question: string, reason: AnswerTrace['reason']): Promise<void> => {
      clock.now += minute;
      await trace(id, 'handover', { question, reason });
    };
    await ask('c1', 'Do you ship to France?', 'not_covered');
    await ask('c2', 'do you ship to FRANCE', 'did_not_help');
    await ask('c1', 'আপনারা কি ঢাকায় পাঠান?', 'not_covered');
    await ask('c1', 'A person please', 'asked_for_person');
    assert.deepEqual(
      (await insights()).unanswered.map(({ question, count, conversationIds }) => ({
        question,
        count,
        conversationIds,
      })),
      [
        { question: 'do you ship to FRANCE', count: 2, conversationIds: ['c2', 'c1'] },
        { question: 'আপনারা কি ঢাকায় পাঠান?', count: 1, conversationIds: ['c1'] },
      ],
    );
  });

  it('looks no further back than asked', async (t) => {
    const { clock, run, trace, insights } = await history(t);
    await run(visitor, start('c1'));
    await trace('c1', 'handover', { reason: 'not_covered' });
    clock.now += 8 * 24 * 60 * minute;
    assert.equal((await insights(7)).conversations, 0);
    assert.deepEqual((await insights(7)).unanswered, []);
    assert.equal((await insights(9)).conversations, 1);
  });
});

describe('the queries', () => {
  it('find what they need by indexes, and the traces of a conversation by the conversation', async (t) => {
    const { store } = await history(t);
    const plans: string[] = [];
    const explaining: SqlAccess = {
      ...store.sql,
      all: async <T extends object>(sql: string, params?: SqlParams) => {
        const steps = await store.sql.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, params);
        plans.push(...steps.map(({ detail }) => detail));
        return store.sql.all<T>(sql, params);
      },
    };
    await readInsights(explaining, { tenantId: 'shop', days: 30, now: begin });
    const searches = plans.filter((step) => /conversations|staff_items/.test(step));
    assert.ok(searches.length >= 4, plans.join('\n'));
    for (const step of searches) assert.match(step, /^SEARCH /);
    assert.ok(
      plans.some((step) => /staff_items USING PRIMARY KEY \(conversation=\? AND kind=\?\)/.test(step)),
      plans.join('\n'),
    );
  });
});

describe('normaliseQuestion', () => {
  it('sees through case, punctuation and emphasis, and keeps the marks of scripts', () => {
    assert.equal(normaliseQuestion('  Where, oh WHERE?!  is it... '), 'where oh where is it');
    assert.equal(normaliseQuestion('hellooooo'), normaliseQuestion('helloooo'));
    assert.notEqual(normaliseQuestion('কী'), normaliseQuestion('কি'));
  });
});
