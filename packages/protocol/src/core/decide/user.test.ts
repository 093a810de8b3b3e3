import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command, CommandDataMap, CommandType } from '../../index.ts';
import { defaultLimits, userStream } from '../../index.ts';
import { bounds } from '../bounds.ts';
import { MemoryBackend } from '../memory-backend.ts';
import { ayesha, rina } from '../testing/stage.ts';

function userLane(): {
  backend: MemoryBackend;
  give: <T extends CommandType>(type: T, data: CommandDataMap[T], who?: typeof ayesha) => string;
  count: () => number;
} {
  const now = Date.parse('2026-03-01T09:30:00Z');
  const backend = new MemoryBackend({ tenantId: 'shop', policy: { limits: defaultLimits }, now: () => now });
  const numbers = new Map<string, number>();
  return {
    backend,
    give(type, data, who = ayesha) {
      const n = (numbers.get(who.id) ?? 0) + 1;
      numbers.set(who.id, n);
      const reply = backend.execute(who, { outboxId: `o-${who.id}`, n, command: { type, data } as Command });
      assert.equal(reply.lane, 'user');
      return reply.type === 'ack' ? 'ack' : reply.problem.code;
    },
    count: () => backend.read(userStream('ayesha')).subscribed.headSeq,
  };
}

test('consent is set, and set again only when it changes', () => {
  const { give, count } = userLane();
  const consent = { purpose: 'transcripts', granted: true, policyVersion: '1' };
  assert.equal(give('consent.set', consent), 'ack');
  assert.equal(give('consent.set', consent), 'ack');
  assert.equal(count(), 1);
  give('consent.set', { ...consent, policyVersion: '2' });
  give('consent.set', { ...consent, granted: false });
  assert.equal(count(), 3);
});

test('consent is kept for so many purposes', () => {
  const { give } = userLane();
  const consent = { granted: true, policyVersion: '1' };
  for (let i = 0; i < bounds.purposes; i++)
    assert.equal(give('consent.set', { ...consent, purpose: `p${i}` }), 'ack');
  assert.equal(give('consent.set', { ...consent, purpose: 'more' }), 'forbidden');
  assert.equal(give('consent.set', { ...consent, purpose: 'p0', granted: false }), 'ack');
});

test('an invitation is accepted while it lasts, and dismissed without complaint', () => {
  const { give, backend, count } = userLane();
  const invite = (invitationId: string, expiresAt: string): void =>
    backend.append([
      {
        type: 'invitation.presented',
        target: { kind: 'user', id: 'ayesha' },
        data: { invitation: { invitationId, text: 'Shall we?', reason: 'A while on this page', expiresAt } },
      },
    ]);
  invite('i1', '2026-03-01T09:30:01Z');
  invite('i1', '2026-03-01T09:30:01Z');
  const held = backend.read(userStream('ayesha')).subscribed.snapshot;
  assert.equal(held?.kind === 'user' && held.invitations.length, 1);
  assert.equal(give('invitation.accept', { invitationId: 'i1', conversationId: 'c9' }), 'ack');
  const accepted = count();
  const again = backend.execute(ayesha, {
    outboxId: 'another',
    n: 1,
    command: { type: 'invitation.accept', data: { invitationId: 'i1', conversationId: 'c10' } },
  });
  assert.deepEqual(again.type === 'ack' && again.result, { conversationId: 'c9' }, 'through another outbox');
  assert.equal(count(), accepted);
  invite('i2', '2026-03-01T09:30:00Z');
  assert.equal(give('invitation.accept', { invitationId: 'i2', conversationId: 'c9' }), 'invitation_expired');
  const before = count();
  assert.equal(give('invitation.dismiss', { invitationId: 'i2' }), 'ack');
  assert.equal(give('invitation.dismiss', { invitationId: 'i2' }), 'ack');
  assert.equal(count(), before + 1);
});

test('an agent’s status goes to the inbox', () => {
  const { give, backend } = userLane();
  assert.equal(give('agent.status', { status: 'online' }, rina), 'ack');
  const { snapshot } = backend.read('inbox:shop').subscribed;
  assert.deepEqual(
    snapshot?.kind === 'inbox' && snapshot.agents.map(({ agent, status }) => [agent.id, status]),
    [['rina', 'online']],
  );
  assert.equal(give('agent.status', { status: 'online' }), 'forbidden');
});

test('what this backend does not do is refused as absent', () => {
  const { give } = userLane();
  assert.equal(give('identity.link', { token: 'x' }), 'capability_absent');
  assert.equal(give('command.void', {}), 'ack');
});
