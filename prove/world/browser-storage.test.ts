import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BrowserStorage } from './browser-storage.ts';
import { Gate, PageGoneError } from './gate.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a browser’s storage', () => {
  it('outlives the page that wrote, and tells the other tabs', async () => {
    const browser = new BrowserStorage();
    const [first, second] = [new Gate(), new Gate()];
    const [mine, other] = [browser.openFor(first), browser.openFor(second)];
    let told = 0;
    other.watch(() => told++);
    mine.watch(() => assert.fail('told of its own writing'));
    await mine.write((writer) => writer.put('b/1', { n: 1 }));
    first.kill();
    await turn();
    assert.equal(told, 1);
    assert.deepEqual(await other.read((reader) => reader.list('b/')), [['b/1', { n: 1 }]]);
  });

  it('keeps nothing of a transaction whose page died in the middle', async () => {
    const browser = new BrowserStorage();
    const gate = new Gate();
    const writing = browser.openFor(gate).write(async (writer) => {
      writer.put('a', 1);
      await turn();
      gate.kill();
    });
    await assert.rejects(writing, PageGoneError);
    const next = browser.openFor(new Gate());
    assert.equal(await next.read((reader) => reader.get('a')), undefined);
  });

  it('does all of a transaction or nothing, and reads its own writing', async () => {
    const storage = new BrowserStorage().openFor(new Gate());
    await assert.rejects(
      storage.write(async (writer) => {
        writer.put('a', 1);
        assert.equal(await writer.get('a'), 1);
        assert.deepEqual(await writer.list(''), [['a', 1]]);
        throw new Error('changed my mind');
      }),
      /changed my mind/,
    );
    assert.equal(await storage.read((reader) => reader.get('a')), undefined);
  });

  it('hands out copies', async () => {
    const storage = new BrowserStorage().openFor(new Gate());
    const value = { list: [1] };
    await storage.write((writer) => writer.put('a', value));
    value.list.push(2);
    assert.deepEqual(await storage.read((reader) => reader.get('a')), { list: [1] });
  });
});
