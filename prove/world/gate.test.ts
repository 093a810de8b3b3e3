import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Gate, PageGoneError } from './gate.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a gate', () => {
  it('holds all back while frozen, and lets it through in its order', async () => {
    const gate = new Gate();
    const seen: number[] = [];
    gate.freeze();
    gate.run(() => seen.push(1));
    void gate.pass(Promise.resolve(2)).then((value) => seen.push(value));
    await turn();
    assert.deepEqual(seen, []);
    gate.thaw();
    await turn();
    assert.deepEqual(seen, [1, 2]);
  });

  it('lets nothing through once dead, neither what comes nor what was held', async () => {
    const gate = new Gate();
    const seen: number[] = [];
    gate.freeze();
    gate.run(() => seen.push(1));
    const held = gate.pass(Promise.resolve());
    await turn();
    gate.kill();
    gate.run(() => seen.push(2));
    await assert.rejects(held, PageGoneError);
    await assert.rejects(gate.pass(Promise.resolve()), PageGoneError);
    assert.deepEqual(seen, []);
  });
});
