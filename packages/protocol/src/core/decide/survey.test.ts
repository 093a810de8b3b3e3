import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Survey } from '../../index.ts';
import { Stage, ayesha, rina } from '../testing/stage.ts';

const day = 24 * 3_600_000;

/** A conversation in which somebody answered, closed. */
function closed(kind: Survey['kind'] = 'csat'): { stage: Stage; surveyId: string } {
  const stage = new Stage({ surveyOnClose: kind });
  stage.start();
  stage.says(ayesha, 'Hello?');
  stage.ok(rina, 'assignment.accept', {});
  stage.says(rina, 'Hello!');
  stage.ok(rina, 'conversation.close', {});
  return { stage, surveyId: stage.conversation().survey?.surveyId ?? assert.fail('There is no survey.') };
}

test('a survey follows a close only where somebody answered', () => {
  const stage = new Stage({ surveyOnClose: 'csat' });
  stage.start();
  stage.says(ayesha, 'Hello?');
  stage.ok(ayesha, 'conversation.close', {});
  assert.equal(stage.conversation().survey, undefined);
  assert.equal(closed().stage.conversation().survey?.expiresAt, '2026-03-08T09:30:00.000Z');
});

test('it is answered after the close, once', () => {
  const { stage, surveyId } = closed();
  const answers = { score: 5, comment: 'Quick.', extra: 'no' } as never;
  stage.ok(ayesha, 'survey.submit', { surveyId, answers });
  assert.deepEqual(stage.conversation().survey?.answers, { score: 5, comment: 'Quick.' });
  for (const type of ['survey.submit', 'survey.dismiss'] as const)
    assert.equal(stage.code(ayesha, type, { surveyId, answers: { score: 1 } }), 'survey_expired');
});

test('it can be dismissed, and is then over', () => {
  const { stage, surveyId } = closed();
  stage.ok(ayesha, 'survey.dismiss', { surveyId });
  assert.equal(stage.conversation().survey?.state, 'dismissed');
  assert.equal(stage.code(ayesha, 'survey.submit', { surveyId, answers: { score: 5 } }), 'survey_expired');
});

test('it runs out at the instant it says', () => {
  const { stage, surveyId } = closed();
  assert.equal(
    stage.code(ayesha, 'survey.submit', { surveyId: 's_none', answers: { score: 5 } }),
    'survey_unknown',
  );
  stage.passes(7 * day);
  assert.equal(stage.code(ayesha, 'survey.submit', { surveyId, answers: { score: 5 } }), 'survey_expired');
  stage.passes(-1);
  stage.ok(ayesha, 'survey.submit', { surveyId, answers: { score: 5 } });
});

for (const [kind, low, high] of [
  ['csat', 1, 5],
  ['nps', 0, 10],
  ['ces', 1, 7],
] as const)
  test(`${kind} goes from ${low} to ${high}`, () => {
    const { stage, surveyId } = closed(kind);
    for (const score of [low - 1, high + 1])
      assert.equal(stage.code(ayesha, 'survey.submit', { surveyId, answers: { score } }), 'invalid_command');
    stage.ok(ayesha, 'survey.submit', { surveyId, answers: { score: low } });
  });

test('an answer says something, and not too much', () => {
  const { stage, surveyId } = closed();
  assert.equal(stage.code(ayesha, 'survey.submit', { surveyId, answers: {} }), 'invalid_command');
  assert.equal(
    stage.code(ayesha, 'survey.submit', { surveyId, answers: { comment: ' ' } }),
    'invalid_command',
  );
  const comment = 'x'.repeat(4001);
  assert.equal(stage.code(ayesha, 'survey.submit', { surveyId, answers: { comment } }), 'message_too_long');
  stage.ok(ayesha, 'survey.submit', { surveyId, answers: { fields: { why: 'Speed' } } });
  assert.deepEqual(stage.conversation().survey?.answers, { fields: { why: 'Speed' } });
});

test('a second close asks again only when no survey is open', () => {
  const { stage, surveyId } = closed();
  stage.ok(ayesha, 'conversation.reopen', {});
  stage.ok(ayesha, 'conversation.close', {});
  assert.equal(stage.conversation().survey?.surveyId, surveyId);
  stage.ok(ayesha, 'survey.submit', { surveyId, answers: { score: 2 } });
  stage.ok(ayesha, 'conversation.reopen', {});
  stage.ok(ayesha, 'conversation.close', {});
  assert.notEqual(stage.conversation().survey?.surveyId, surveyId);
});
