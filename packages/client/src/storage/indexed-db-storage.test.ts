import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { FallbackStorage } from './fallback-storage.ts';
import { IndexedDbStorage } from './indexed-db-storage.ts';
import { MemoryStorage } from './memory-storage.ts';
import type { ClientStorage } from './client-storage.ts';

let counter = 0;
const open: ClientStorage[] = [];
function storage(name = `storage-${++counter}`): IndexedDbStorage {
  const one = new IndexedDbStorage(name);
  open.push(one);
  return one;
}
const exists = async (name: string): Promise<boolean> =>
  (await indexedDB.databases()).some((one) => one.name === name);

afterEach(() => open.splice(0).forEach((one) => one.close()));

describe('storage', () => {
  for (const make of [() => storage(), () => new MemoryStorage()])
    it(`reads what was written, by prefix and in order (${make().constructor.name})`, async () => {
      const one = make();
      await one.write(async (writer) => {
        for (const key of ['b/2', 'a', 'b/1', 'c']) writer.put(key, { key });
      });
      assert.deepEqual(await one.read((reader) => reader.list('b/')), [
        ['b/1', { key: 'b/1' }],
        ['b/2', { key: 'b/2' }],
      ]);
      await one.write(async (writer) => writer.delete('a'));
      assert.equal(await one.read((reader) => reader.get('a')), undefined);
      await one.clear();
      assert.deepEqual(await one.read((reader) => reader.list('')), []);
    });

  for (const make of [() => storage(), () => new MemoryStorage()])
    it(`does all of a transaction or nothing (${make().constructor.name})`, async () => {
      const one = make();
      await assert.rejects(
        one.write(async (writer) => {
          writer.put('a', 1);
          await writer.get('a');
          throw new Error('changed my mind');
        }),
        /changed my mind/,
      );
      assert.equal(await one.read((reader) => reader.get('a')), undefined);
    });

  it('puts two tabs one after the other', async () => {
    const name = `storage-${++counter}`;
    const tabs = [storage(name), storage(name)];
    const add = (tab: IndexedDbStorage) =>
      tab.write(async (writer) => {
        const next = (((await writer.get('n')) as number | undefined) ?? 0) + 1;
        writer.put('n', next);
        return next;
      });
    const numbers = await Promise.all(Array.from({ length: 40 }, (_none, index) => add(tabs[index % 2]!)));
    assert.deepEqual(
      numbers.toSorted((a, b) => a - b),
      Array.from({ length: 40 }, (_none, index) => index + 1),
    );
  });

  it('tells other tabs, and nobody else, that something was written', async () => {
    const name = `storage-${++counter}`;
    const [writer, reader] = [storage(name), storage(name)];
    let own = 0;
    writer.watch(() => own++);
    const told = new Promise<void>((resolve) => reader.watch(resolve));
    await writer.write(async (tx) => tx.put('a', 1));
    await told;
    assert.equal(own, 0);
  });

  it('creates nothing by reading, and leaves nothing after clearing', async () => {
    const name = `storage-${++counter}`;
    const one = storage(name);
    assert.equal(await one.read((reader) => reader.get('a')), undefined);
    assert.equal(await exists(name), false);
    await one.write(async (writer) => writer.put('a', 1));
    assert.equal(await exists(name), true);
    await one.clear();
    assert.equal(await exists(name), false);
    await one.write(async (writer) => writer.put('b', 2));
    assert.deepEqual(await one.read((reader) => reader.list('')), [['b', 2]]);
  });

  it('turns into memory when it is refused in the middle', async () => {
    const inner = storage();
    const one = new FallbackStorage(inner);
    await one.write(async (writer) => writer.put('a', 1));
    assert.equal(one.durable, true);
    inner.write = () => Promise.reject(new DOMException('No space left.', 'QuotaExceededError'));
    await one.write(async (writer) => writer.put('b', 2));
    assert.equal(one.durable, false);
    assert.equal(await one.read((reader) => reader.get('b')), 2);
  });

  it('goes on over another connection when the browser has lost the one it had', async (t) => {
    const one = storage();
    await one.write((writer) => writer.put('a', 1));
    const { prototype } = IDBDatabase;
    const { transaction } = prototype;
    let losses = 1;
    t.mock.method(
      prototype,
      'transaction',
      function (this: IDBDatabase, ...rest: Parameters<typeof transaction>) {
        if (losses-- > 0) throw new DOMException('The connection was lost.', 'UnknownError');
        return transaction.apply(this, rest);
      },
    );
    const safe = new FallbackStorage(one);
    await safe.write((writer) => writer.put('b', 2));
    assert.equal(safe.durable, true);
    assert.deepEqual(await safe.read((reader) => reader.list('')), [
      ['a', 1],
      ['b', 2],
    ]);
  });

  it('is not waited for without end while a frozen tab holds up a deletion before it', async () => {
    const name = `storage-${++counter}`;
    const first = storage(name);
    await first.write((writer) => writer.put('private', 1));
    // Another tab has it open, and hears nothing of what is asked of it.
    const frozen = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open(name, 1);
      request.onsuccess = () => resolve(request.result);
    });
    await first.clear();
    const next = new FallbackStorage(new IndexedDbStorage(name, 50));
    await next.write((writer) => writer.put('a', 1));
    assert.equal(next.durable, false, 'and says that it is not saved');
    assert.equal(await next.read((reader) => reader.get('a')), 1);
    frozen.close();
    while (await exists(name)) await new Promise((resolve) => setTimeout(resolve, 5));
    await storage(name).write((writer) => writer.put('b', 2));
  });
});
