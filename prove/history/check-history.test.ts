import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkConversation, type CheckName } from './check-history.ts';
import type { ConversationHistory, Sent } from './history.ts';

type Line = [message: number, calledAt: number, takenAt: number | undefined, more?: Partial<Sent>];

/** A history in which messages were called for and taken at these ticks; all acknowledged that were taken. */
function history(
  lines: Line[],
  views: Partial<ConversationHistory['views'][number]>[] = [],
): ConversationHistory {
  return {
    sent: new Map(
      lines.map(([message, calledAt, takenAt, more]) => [
        message,
        { writer: 0, calledAt, takenAt, acknowledged: takenAt !== undefined, ...more },
      ]),
    ),
    views: views.map((view) => ({
      page: 1,
      isFinal: false,
      inLog: new Int32Array(),
      pending: new Int32Array(),
      ...view,
    })),
  };
}

function findings(seen: ConversationHistory, stored: number[]): CheckName[] {
  const found: CheckName[] = [];
  checkConversation('c', seen, stored, (check) => found.push(check));
  return found;
}

const three: Line[] = [
  [1, 1, 2],
  [2, 3, 4],
  [3, 5, 6],
];
const places = (...messages: number[]) => ({ inLog: Int32Array.from(messages) });

describe('a history in which nothing is wrong', () => {
  it('has every message once, in its order', () => {
    assert.deepEqual(findings(history(three, [{ isFinal: true, ...places(1, 2, 3) }]), [1, 2, 3]), []);
  });

  it('may hold what a page that died had called for, or not', () => {
    const seen = history([
      [1, 1, 2],
      [2, 3, undefined],
    ]);
    assert.deepEqual(findings(seen, [1]), []);
    assert.deepEqual(findings(seen, [1, 2]), []);
  });

  it('may order two that overlapped either way', () => {
    const seen = history([
      [1, 1, 3],
      [2, 2, 4],
    ]);
    assert.deepEqual(findings(seen, [1, 2]), []);
    assert.deepEqual(findings(seen, [2, 1]), []);
  });

  it('orders nothing between two writers', () => {
    assert.deepEqual(
      findings(
        history([
          [1, 1, 2],
          [2, 3, 4, { writer: 1 }],
        ]),
        [2, 1],
      ),
      [],
    );
  });

  it('may show a part of the log, and what is on its way after it', () => {
    const seen = history(three, [{ ...places(1, 2), pending: Int32Array.from([3]) }, places(2, 3)]);
    assert.deepEqual(findings(seen, [1, 2, 3]), []);
  });

  it('may end with what the bot says by itself', () => {
    assert.deepEqual(findings(history(three, [{ isFinal: true, ...places(1, 2, 3) }]), [1, 2, 3, -7]), []);
  });
});

describe('a history in which something is wrong', () => {
  it('lacks what was taken', () => {
    assert.deepEqual(findings(history([[1, 1, 2, { acknowledged: false }]]), []), ['lost']);
  });

  it('lacks what was acknowledged', () => {
    assert.deepEqual(findings(history([[1, 1, 2]]), []), ['lost', 'acknowledged, not stored']);
  });

  it('holds a message twice', () => {
    assert.deepEqual(findings(history(three), [1, 2, 3, 2]), ['duplicated']);
  });

  it('holds one before another that was taken first', () => {
    assert.deepEqual(findings(history(three), [1, 3, 2]), ['reordered']);
  });

  it('finds a late one however far it slipped', () => {
    assert.deepEqual(findings(history([...three, [4, 7, 8], [5, 9, 10]]), [2, 3, 4, 5, 1]), ['reordered']);
  });

  it('holds what nobody sent', () => {
    assert.deepEqual(findings(history(three), [1, 2, 9, 3]), ['ghosts']);
  });

  it('shows what is not stored', () => {
    assert.deepEqual(findings(history(three, [places(1, 2, 3, 4)]), [1, 2, 3]), ['ghosts']);
  });

  it('shows a message twice, or as on its way too', () => {
    assert.deepEqual(findings(history(three, [places(1, 2, 2)]), [1, 2, 3]), ['duplicated']);
    const pending = Int32Array.from([2]);
    assert.deepEqual(findings(history(three, [{ ...places(1, 2), pending }]), [1, 2, 3]), ['duplicated']);
  });

  it('shows them in another order than the log', () => {
    assert.deepEqual(findings(history(three, [places(2, 1)]), [1, 2, 3]), ['reordered']);
  });

  it('shows a hole', () => {
    assert.deepEqual(findings(history(three, [places(1, 3)]), [1, 2, 3]), ['diverging views']);
  });

  it('ends, in one view, before the others', () => {
    assert.deepEqual(findings(history(three, [{ isFinal: true, ...places(1, 2) }]), [1, 2, 3]), [
      'diverging views',
    ]);
  });

  it('ends with a message on its way', () => {
    const view = { isFinal: true, ...places(1, 2, 3), pending: Int32Array.from([4]) };
    assert.deepEqual(findings(history([...three, [4, 7, undefined]], [view]), [1, 2, 3]), [
      'diverging views',
    ]);
  });

  it('ends with an empty view of a log that is not', () => {
    assert.deepEqual(findings(history(three, [{ isFinal: true }]), [1, 2, 3]), ['diverging views']);
  });
});
