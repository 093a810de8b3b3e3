import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandRoles, type Command, type CommandType, type Role } from '../../index.ts';
import { Stage, ayesha, badal, bot, rina } from '../testing/stage.ts';
import { refusalByCatalogue } from './index.ts';

const actors = { visitor: ayesha, agent: rina, bot, system: { ...rina, role: 'system' as const } };

test('each command is for the roles the catalogue names, and forbidden to all others', () => {
  for (const [type, roles] of Object.entries(commandRoles))
    for (const role of Object.keys(actors) as Role[]) {
      const command = { type, conversationId: 'c1', data: {} } as Command;
      const refusal = refusalByCatalogue(command, actors[role]);
      const code = refusal && 'problem' in refusal ? refusal.problem.code : undefined;
      assert.equal(code, roles.includes(role) ? undefined : 'forbidden', `${type} by ${role}`);
    }
});

test('an unknown command is unknown, also when objects inherit its name', () => {
  const stage = new Stage();
  stage.start();
  for (const type of ['__proto__', 'constructor', 'toString', 'comet.watch', 'x'.repeat(500)])
    assert.equal(stage.code(ayesha, type as CommandType, {}), 'unknown_command', type);
});

test('a command of a conversation names it', () => {
  const stage = new Stage();
  const reply = stage.backend.execute(ayesha, {
    outboxId: 'o1',
    n: 1,
    command: { type: 'conversation.close', data: {} },
  });
  assert.ok(reply.type === 'reject' && reply.problem.code === 'invalid_command');
});

test('a void is accepted wherever its number stands, even in a lane of nobody’s conversation', () => {
  const stage = new Stage();
  stage.start();
  for (const conversationId of ['c1', 'c_none']) stage.noop(badal, 'command.void', {}, conversationId);
});

test('a command that nests too deep is refused, however deep, and its number used up', () => {
  const stage = new Stage();
  stage.start();
  for (const depth of [40, 50_000]) {
    const deep: unknown = JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`);
    assert.equal(
      stage.code(bot, 'handoff.request', { context: { toolResults: [deep] } } as never),
      'invalid_command',
    );
  }
  stage.ok(bot, 'handoff.request', { context: { toolResults: [{ order: { items: [{ id: 7 }] } }] } });
});
