import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ayesha, bot, omar, rina, Stage } from '../testing/stage.ts';

function assigned(): Stage {
  const stage = new Stage();
  stage.start();
  stage.says(ayesha, 'A person, please');
  stage.ok(ayesha, 'handoff.request', {});
  stage.ok(rina, 'assignment.accept', {});
  return stage;
}

test('an agent who stays away gives the conversation back to the queue, where a colleague takes it', () => {
  const stage = assigned();
  stage.backend.elapse('c1', { kind: 'agent_absent', agentId: 'rina' });
  const { assignment, handoff } = stage.conversation();
  assert.equal(assignment.state, 'queued');
  assert.deepEqual(
    [handoff?.state, handoff?.reason, handoff?.previousAssignee],
    ['requested', 'transfer', 'rina'],
  );
  stage.ok(omar, 'assignment.accept', {});
  assert.equal(stage.conversation().assignment.controlledBy, 'omar');
  assert.equal(stage.conversation().handoff?.state, 'accepted');
});

test('a timer that comes late does no harm', () => {
  const stage = assigned();
  const before = stage.log('staff').length;
  stage.backend.elapse('c1', { kind: 'agent_absent', agentId: 'omar' });
  stage.backend.elapse('c1', { kind: 'ringing_ended', since: stage.conversation().assignment.since });
  stage.backend.elapse('c1', { kind: 'handoff_ended', handoffId: stage.conversation().handoff!.handoffId });
  stage.backend.elapse('nowhere', { kind: 'agent_absent', agentId: 'rina' });
  assert.equal(stage.log('staff').length, before);
  stage.ok(rina, 'conversation.close', {});
  const closed = stage.log('staff').length;
  stage.backend.elapse('c1', { kind: 'agent_absent', agentId: 'rina' });
  assert.equal(stage.log('staff').length, closed);
});

test('what rings for one agent too long, or for one who left, rings for all', () => {
  for (const kind of ['ringing_ended', 'agent_absent'] as const) {
    const stage = assigned();
    stage.ok(rina, 'assignment.transfer', { toAgentId: 'omar' });
    const { since } = stage.conversation().assignment;
    stage.backend.elapse('c1', kind === 'ringing_ended' ? { kind, since } : { kind, agentId: 'omar' });
    assert.deepEqual(
      [stage.conversation().assignment.state, stage.conversation().assignment.offeredTo],
      ['queued', undefined],
    );
    assert.equal(stage.conversation().handoff?.state, 'requested');
    assert.equal(stage.log('public').at(-2)?.type, 'handoff.declined');
  }
});

test('a request that nobody meets ends, and the bot goes on; without one the visitor keeps waiting', () => {
  for (const withBot of [true, false]) {
    const stage = new Stage(withBot ? {} : { bot: undefined });
    stage.start();
    if (withBot) stage.ok(ayesha, 'handoff.request', {});
    const { handoff } = stage.conversation();
    if (!handoff) continue;
    stage.backend.elapse('c1', { kind: 'handoff_ended', handoffId: handoff.handoffId });
    assert.equal(stage.conversation().handoff?.state, 'timed_out');
    assert.equal(stage.conversation().assignment.state, 'bot');
    stage.says(bot, 'I go on.');
    stage.ok(ayesha, 'handoff.request', {});
    assert.equal(stage.conversation().assignment.state, 'queued', 'she can ask again');
  }
});

test('a request that nobody is there to meet fails, is told once, and waits for whoever comes', () => {
  const asked = (): { stage: Stage; handoffId: string } => {
    const stage = new Stage();
    stage.start();
    stage.ok(ayesha, 'handoff.request', {});
    const { handoffId } = stage.conversation().handoff!;
    stage.backend.elapse('c1', { kind: 'nobody_there', handoffId });
    return { stage, handoffId };
  };
  const { stage, handoffId } = asked();
  const failed = stage.log('public').findLast(({ type }) => type === 'handoff.failed');
  assert.deepEqual(failed?.data, { handoffId, reason: 'nobody_there' });
  const said = stage.log('public').at(-1);
  const [part] = said?.type === 'message.created' ? said.data.message.parts : [];
  assert.equal(part?.type === 'notice' && part.kind, 'handoff_failed');
  assert.deepEqual(
    [stage.conversation().handoff?.state, stage.conversation().assignment.state],
    ['failed', 'queued'],
  );
  const before = stage.log('staff').length;
  stage.backend.elapse('c1', { kind: 'nobody_there', handoffId });
  assert.equal(stage.log('staff').length, before, 'she is told once');
  assert.equal(stage.ok(ayesha, 'handoff.request', {}).handoffId, handoffId, 'it is the same request');
  stage.ok(rina, 'assignment.accept', {});
  assert.deepEqual(
    [stage.conversation().handoff?.handoffId, stage.conversation().handoff?.state],
    [handoffId, 'accepted'],
  );

  const taken = asked().stage;
  taken.ok(ayesha, 'handoff.cancel', {});
  assert.deepEqual(
    [taken.conversation().handoff?.state, taken.conversation().assignment.state],
    ['cancelled', 'bot'],
  );
  const closed = asked().stage;
  closed.ok(ayesha, 'conversation.close', {});
  assert.equal(closed.conversation().handoff?.state, 'cancelled');
  const late = asked();
  late.stage.backend.elapse('c1', { kind: 'handoff_ended', handoffId: late.handoffId });
  assert.deepEqual(
    [late.stage.conversation().handoff?.state, late.stage.conversation().assignment.state],
    ['timed_out', 'bot'],
  );
});

test('a colleague takes a conversation over by naming herself; accepting it is refused', () => {
  const stage = assigned();
  assert.equal(stage.code(omar, 'assignment.accept', {}), 'already_controlled');
  assert.equal(stage.code(omar, 'assignment.transfer', { toAgentId: 'noor' }), 'not_controller');
  stage.ok(omar, 'assignment.transfer', { toAgentId: 'omar', note: 'Rina went home.' });
  const { assignment, handoff } = stage.conversation();
  assert.deepEqual([assignment.state, assignment.controlledBy], ['assigned', 'omar']);
  assert.deepEqual([handoff?.state, handoff?.previousAssignee], ['accepted', 'rina']);
  const changed = stage.log('public').findLast(({ type }) => type === 'assignment.changed');
  assert.equal(changed?.type === 'assignment.changed' && changed.data.previous, 'rina');
  assert.equal(stage.backend.conversation('c1')?.staff.notes[0]?.text, 'Rina went home.');
  stage.says(omar, 'Here I am.');
  assert.equal(stage.cannotSend(rina, [{ partId: 'p', type: 'text', text: 'Me too' }]), 'not_controller');
});

test('what needs consent is refused until it is given, and again once it is withdrawn', () => {
  const stage = new Stage({
    consent: [{ purpose: 'support', commands: ['conversation.start', 'message.send'] }],
  });
  const { code, purpose } = stage.refused(ayesha, 'conversation.start', { locale: 'en' });
  assert.deepEqual([code, purpose], ['consent_required', 'support']);
  const consent = { purpose: 'support', policyVersion: '1' };
  stage.ok(ayesha, 'consent.set', { ...consent, granted: true });
  stage.start();
  stage.says(ayesha, 'Hello');
  stage.says(bot, 'Bots need no consent.');
  stage.ok(ayesha, 'consent.set', { ...consent, granted: false });
  assert.equal(stage.cannotSend(ayesha, [{ partId: 'p', type: 'text', text: 'x' }]), 'consent_required');
  stage.ok(ayesha, 'conversation.close', {});
});
