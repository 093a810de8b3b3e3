import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Survey, SurveyPart } from '../../index.ts';
import { Stage, ayesha, rina, textPart } from '../testing/stage.ts';

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

test('a close puts its survey into the transcript, and the answer stands there', () => {
  const { stage, surveyId } = closed('nps');
  const { messageId, partId } = stage.conversation().survey ?? assert.fail();
  const part = () => stage.message(messageId!).parts.find((one) => one.partId === partId);
  assert.deepEqual(part(), {
    partId: 'survey',
    type: 'survey',
    surveyId,
    kind: 'nps',
    fallbackText: 'How was it?',
  });
  stage.ok(ayesha, 'survey.submit', { surveyId, answers: { score: 9 } });
  assert.deepEqual(part(), { ...part(), state: 'submitted', answers: { score: 9 } });
});

const asking = (about: Partial<SurveyPart> = {}): SurveyPart => ({
  partId: 'q',
  type: 'survey',
  surveyId: 'mine',
  ...about,
});

test('whoever has the conversation asks a survey in line; its id is the backend’s, and nobody has answered it', () => {
  const stage = new Stage();
  stage.start();
  stage.ok(rina, 'assignment.accept', {});
  const forged = asking({ kind: 'ces', question: 'Easy?', state: 'submitted', answers: { score: 7 } });
  const id = stage.sends(rina, [textPart('One more thing'), forged]);
  const survey = stage.conversation().survey ?? assert.fail('There is no survey.');
  assert.notEqual(survey.surveyId, 'mine');
  assert.deepEqual(
    [survey.kind, survey.question, survey.messageId, survey.partId],
    ['ces', 'Easy?', id, 'q'],
  );
  const shown = () => stage.message(id).parts[1];
  assert.deepEqual(shown(), asking({ kind: 'ces', question: 'Easy?', surveyId: survey.surveyId }));
  stage.ok(ayesha, 'survey.dismiss', { surveyId: survey.surveyId });
  assert.equal((shown() as SurveyPart).state, 'dismissed');
});

test('what was answered stands in its own message when another survey is asked', () => {
  const stage = new Stage({ surveyOnClose: 'csat' });
  stage.start();
  stage.says(ayesha, 'Hi');
  stage.ok(rina, 'assignment.accept', {});
  const first = stage.sends(rina, [asking()]);
  const { surveyId } = stage.conversation().survey!;
  stage.ok(ayesha, 'survey.submit', { surveyId, answers: { score: 2, comment: 'Slow' } });
  stage.sends(rina, [asking({ kind: 'nps' })]);
  assert.equal(stage.code(ayesha, 'survey.submit', { surveyId, answers: { score: 5 } }), 'survey_unknown');
  stage.ok(rina, 'conversation.close', {});
  assert.equal(stage.conversation().survey?.kind, 'nps', 'the close asks none while one is open');
  assert.deepEqual((stage.message(first).parts[0] as SurveyPart).answers, { score: 2, comment: 'Slow' });
});

test('a survey is asked by a whole message, one at a time, and an edit leaves it as it is', () => {
  const stage = new Stage();
  stage.start();
  stage.ok(rina, 'assignment.accept', {});
  assert.equal(stage.cannotSend(rina, [asking(), asking({ partId: 'r' })]), 'invalid_command');
  const messageId = stage.sends(rina, [textPart('Well?'), asking()]);
  const [, asked] = stage.message(messageId).parts as [unknown, SurveyPart];
  const edit = (part: SurveyPart) => ({ messageId, parts: [textPart('Well then?'), part] });
  assert.equal(stage.code(rina, 'message.edit', edit(asking({ partId: 'q2' }))), 'invalid_command');
  stage.ok(ayesha, 'survey.submit', { surveyId: asked.surveyId, answers: { score: 5 } });
  stage.ok(rina, 'message.edit', edit(asked));
  assert.deepEqual(stage.message(messageId).parts, [
    textPart('Well then?'),
    { ...asked, state: 'submitted', answers: { score: 5 } },
  ]);
});

test('an edit that leaves a survey out keeps it', () => {
  const stage = new Stage();
  stage.start();
  stage.ok(rina, 'assignment.accept', {});
  const messageId = stage.sends(rina, [textPart('Well?'), asking()]);
  const asked = stage.message(messageId).parts[1]!;
  stage.ok(rina, 'message.edit', { messageId, parts: [textPart('Well then?')] });
  assert.deepEqual(stage.message(messageId).parts, [textPart('Well then?'), asked]);
  const inItsPlace = { messageId, parts: [textPart('No more of it', 'q')] };
  assert.equal(stage.code(rina, 'message.edit', inItsPlace), 'invalid_command');
});

test('a survey whose message is taken back is over, and the close asks its own', () => {
  const stage = new Stage({ surveyOnClose: 'csat' });
  stage.start();
  stage.says(ayesha, 'Hi');
  stage.ok(rina, 'assignment.accept', {});
  const messageId = stage.sends(rina, [asking({ kind: 'nps' })]);
  const other = stage.says(rina, 'By the way');
  stage.ok(rina, 'message.delete', { messageId: other });
  const { surveyId, state } = stage.conversation().survey!;
  assert.equal(state, 'requested');
  stage.ok(rina, 'message.delete', { messageId });
  assert.equal(stage.conversation().survey?.state, 'dismissed');
  assert.equal(stage.message(messageId).status, 'deleted');
  assert.equal(stage.code(ayesha, 'survey.submit', { surveyId, answers: { score: 9 } }), 'survey_expired');
  stage.ok(rina, 'conversation.close', {});
  assert.deepEqual(
    [stage.conversation().survey?.kind, stage.conversation().survey?.state],
    ['csat', 'requested'],
  );
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

test('a close does not ask what was just answered in line, but another kind, and again after a reopening', () => {
  for (const [kind, again] of [
    ['csat', false],
    ['nps', true],
  ] as const) {
    const stage = new Stage({ surveyOnClose: kind });
    stage.start();
    stage.says(ayesha, 'Hi');
    stage.ok(rina, 'assignment.accept', {});
    stage.passes(1_000);
    stage.sends(rina, [asking()]);
    const { surveyId } = stage.conversation().survey!;
    stage.ok(ayesha, 'survey.submit', { surveyId, answers: { score: 4 } });
    stage.ok(rina, 'conversation.close', {});
    assert.equal(stage.conversation().survey?.surveyId !== surveyId, again, kind);
    if (again) continue;
    stage.passes(1_000);
    stage.ok(rina, 'conversation.reopen', {});
    stage.ok(rina, 'conversation.close', {});
    assert.notEqual(stage.conversation().survey?.surveyId, surveyId, 'that was before it went on');
  }
});
