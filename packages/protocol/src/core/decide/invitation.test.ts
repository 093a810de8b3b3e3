import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { userStream, type Invitation } from '../../index.ts';
import { ayesha, badal, bot, omar, rina, Stage } from '../testing/stage.ts';

const offer = { text: 'Shall we finish your order together?', reason: 'You asked about it yesterday.' };

/** Ayesha was here, and her conversation has ended. */
function visited(): Stage {
  const stage = new Stage();
  stage.start();
  stage.ok(rina, 'assignment.accept', {});
  stage.ok(rina, 'conversation.close', {});
  return stage;
}

const standing = (stage: Stage, who = ayesha): Invitation[] => {
  const { snapshot } = stage.backend.read(userStream(who.id)).subscribed;
  return snapshot?.kind === 'user' ? snapshot.invitations : [];
};

describe('an agent invites somebody whose conversation has ended', () => {
  test('with what she says, why, and until when', () => {
    const stage = visited();
    const { invitationId } = stage.ok(rina, 'invitation.present', offer);
    const expiresAt = '2026-03-01T10:00:00.000Z';
    const from = { id: 'rina', role: 'agent', name: 'Rina' };
    assert.deepEqual(standing(stage), [
      { invitationId, ...offer, expiresAt, sourceConversationId: 'c1', from },
    ]);
    stage.ok(rina, 'invitation.present', { ...offer, expiresInSeconds: 60 });
    assert.equal(standing(stage)[0]?.expiresAt, '2026-03-01T09:31:00.000Z');
    assert.deepEqual(standing(stage, badal), []);
  });

  test('one at a time: the next takes the place of the last', () => {
    const stage = visited();
    stage.ok(rina, 'invitation.present', offer);
    const { invitationId } = stage.ok(omar, 'invitation.present', offer);
    assert.deepEqual(
      standing(stage).map((one) => one.invitationId),
      [invitationId],
    );
  });

  test('but not without words, a reason, a bound, or the right to, nor while one can simply write', () => {
    const stage = visited();
    assert.equal(stage.code(rina, 'invitation.present', { ...offer, text: ' \n' }), 'message_empty');
    assert.equal(stage.code(rina, 'invitation.present', { ...offer, reason: '' }), 'message_empty');
    const text = 'x'.repeat(stage.policy.limits.maxTextLength + 1);
    assert.equal(stage.code(rina, 'invitation.present', { ...offer, text }), 'message_too_long');
    assert.equal(stage.code(ayesha, 'invitation.present', offer), 'forbidden');
    assert.equal(stage.code(bot, 'invitation.present', offer), 'forbidden');
    assert.equal(stage.code(rina, 'invitation.present', offer, 'c9'), 'not_found');
    stage.ok(rina, 'conversation.reopen', {});
    assert.equal(stage.code(rina, 'invitation.present', offer), 'forbidden');
    assert.deepEqual(standing(stage), []);
  });
});

describe('an invited visitor', () => {
  test('begins a conversation with who invited her, in which that stands first', () => {
    const stage = visited();
    const { invitationId = '' } = stage.ok(rina, 'invitation.present', offer);
    stage.ok(ayesha, 'conversation.start', { locale: 'en', invitationId }, 'c2');
    const { conversation, messages } = stage.backend.conversation('c2')!;
    assert.deepEqual(
      [...messages.values()].map(({ author, parts }) => [
        author.id,
        parts[0]?.type === 'text' && parts[0].text,
      ]),
      [['rina', offer.text]],
    );
    assert.equal(conversation?.assignment.state, 'assigned');
    assert.equal(conversation.assignment.controlledBy, 'rina');
    assert.deepEqual(
      conversation.participants.map(({ id }) => id),
      ['ayesha', 'rina'],
    );
    assert.deepEqual(standing(stage), []);
    stage.says(rina, 'Which lamp was it?', 'c2');
    assert.equal(
      stage.ok(ayesha, 'invitation.accept', { invitationId, conversationId: 'c9' }, undefined).conversationId,
      'c2',
      'in another tab it leads to the same',
    );
  });

  test('to a conversation there is does not use that up by beginning another', () => {
    const stage = visited();
    const invitation = {
      invitationId: 'i9',
      ...offer,
      expiresAt: '2026-03-01T10:00:00.000Z',
      conversationId: 'c1',
    };
    const target = { kind: 'user', id: ayesha.id } as const;
    stage.backend.append([{ type: 'invitation.presented', target, data: { invitation } }]);
    stage.ok(ayesha, 'conversation.start', { locale: 'en', invitationId: 'i9' }, 'c2');
    assert.equal([...stage.backend.conversation('c2')!.messages.values()][0]?.author.id, 'bot');
    assert.equal(standing(stage).length, 1);
    stage.ok(ayesha, 'invitation.accept', { invitationId: 'i9', conversationId: 'c1' }, undefined);
    assert.deepEqual(standing(stage), []);
  });

  test('who comes too late, or declined, or was never asked, begins as everybody does', () => {
    const stage = visited();
    const late = stage.ok(rina, 'invitation.present', offer).invitationId;
    stage.now += 1_800_000;
    stage.ok(ayesha, 'conversation.start', { locale: 'en', invitationId: late }, 'c2');
    const declined = stage.ok(rina, 'invitation.present', offer).invitationId ?? '';
    stage.ok(ayesha, 'invitation.dismiss', { invitationId: declined });
    stage.ok(ayesha, 'conversation.start', { locale: 'en', invitationId: declined }, 'c3');
    const hers = stage.ok(rina, 'invitation.present', offer).invitationId;
    stage.ok(badal, 'conversation.start', { locale: 'en', invitationId: hers }, 'c4');
    for (const id of ['c2', 'c3', 'c4']) {
      const { conversation, messages } = stage.backend.conversation(id)!;
      assert.equal(conversation?.assignment.state, 'bot', id);
      assert.equal([...messages.values()][0]?.author.id, 'bot', id);
    }
    assert.equal(standing(stage).length, 1);
  });
});
