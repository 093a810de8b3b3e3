// The tables of docs/protocol, against what they speak of: control cell by cell, capabilities, codes, checks of the kit.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ayesha, omar, rina, Stage } from './core/testing/stage.ts';
import { schema } from './generated/schema.ts';
import { problemKinds, type Assignment, type CommandType } from './index.ts';

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const page = read('docs/protocol/conversation.md');
const [head, , ...rows] = /^\| from .*(?:\n\|.*)+/m
  .exec(page)![0]
  .split('\n')
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
const commands = head!
  .slice(1)
  .map((cell) => cell.replaceAll('`', '').replace('…', 'assignment.') as CommandType);

/** A conversation in which control stands as a row of the table says, and Rina may be the one who has it. */
function standing(row: string): Stage {
  const stage = new Stage();
  stage.ok(ayesha, 'conversation.start', { locale: 'en' });
  const [, state, whose] = /^`(\w+)`(?: \((.*)\))?$/.exec(row)!;
  if (state === 'queued') stage.give(ayesha, 'handoff.request', {});
  if (state === 'ringing') {
    stage.give(omar, 'assignment.accept', {});
    stage.give(omar, 'assignment.transfer', { toAgentId: rina.id });
  }
  if (state === 'assigned') stage.give(whose === 'to oneself' ? rina : omar, 'assignment.accept', {});
  if (state === 'none') stage.give(ayesha, 'conversation.close', {});
  assert.equal(stateOf(stage), state, row);
  return stage;
}

const assignmentOf = (stage: Stage): Assignment => stage.backend.conversation('c1')!.conversation!.assignment;
const stateOf = (stage: Stage): string => assignmentOf(stage).state;

/** What a command may lead to, in the words of the table. */
function given(stage: Stage, type: CommandType, data: object): string {
  const before = assignmentOf(stage);
  const reply = stage.give(type.startsWith('handoff') ? ayesha : rina, type, data);
  if (reply.type === 'reject') return `\`${reply.problem.code}\``;
  return stateOf(stage) === before.state ? '–' : `→ \`${stateOf(stage)}\``;
}

test('each cell says what the command leads to from there', () => {
  assert.equal(rows.length, 6);
  for (const [row, ...cells] of rows)
    for (const [column, cell] of cells.entries()) {
      const type = commands[column]!;
      const wanted = cell.replace(/ [¹²³⁴]$/, '').split(', ');
      const ways = type === 'assignment.transfer' ? [{ toAgentId: omar.id }, {}] : [{}];
      const found = new Set(ways.map((data) => given(standing(row!), type, data)));
      const said = new Set(wanted.map((word, index) => (index > 0 ? `→ ${word}` : word)));
      assert.deepEqual(found, said, `${type} from ${row}`);
    }
});

test('an agent takes over what a colleague has by a transfer to herself', () => {
  const stage = standing("`assigned` (another's)");
  assert.equal(given(stage, 'assignment.transfer', { toAgentId: rina.id }), '–');
  assert.equal(assignmentOf(stage).controlledBy, rina.id);
});

test('reopening leads where the note below the table says', () => {
  for (const [who, state] of [
    [ayesha, 'bot'],
    [rina, 'assigned'],
  ] as const) {
    const stage = standing('`none` (closed)');
    stage.give(who, 'conversation.reopen', {});
    assert.equal(stateOf(stage), state);
  }
});

/** What stands in backticks in the first column of the table behind a heading. */
const firstColumn = (path: string, heading: string): string[] =>
  read(path)
    .split(`\n## ${heading}\n`)[1]!
    .split('\n## ')[0]!
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => [...line.split(' | ')[0]!.matchAll(/`([^`]+)`/g)].map(([, word]) => word!));

test('the table of capabilities has each one there is', () => {
  assert.deepEqual(
    firstColumn('docs/protocol/versions.md', '13.3 Capabilities').sort(),
    [...schema.definitions.Capability.enum].sort(),
  );
});

test('the table of refusals names codes that there are', () => {
  const named = firstColumn('docs/protocol/errors.md', '12.2 Codes').filter((word) => !word.includes(':'));
  assert.deepEqual(
    named.filter((code) => !Object.hasOwn(problemKinds, code)),
    [],
  );
});

test('the checks that the specification names are checks of the kit', () => {
  const kit = globSync('../../conformance/src/checks/*.ts', { cwd: import.meta.dirname })
    .map((file) => readFileSync(new URL(file, import.meta.url), 'utf8'))
    .join('\n');
  const pages = read('docs/protocol/implement.md');
  const named = [...pages.matchAll(/--only ([a-z][\w,-]*)/g)].flatMap(([, list]) => list!.split(','));
  const rows = pages.split('\n').filter((line) => line.startsWith('| the ') || line.startsWith('| a '));
  const found = rows.flatMap((row) => [...row.matchAll(/`([a-z-]+)`/g)].map(([, id]) => id!));
  assert.ok(found.length >= 8);
  for (const id of [...named, ...found]) assert.ok(kit.includes(`id: '${id}'`), `there is no check ${id}`);
});
