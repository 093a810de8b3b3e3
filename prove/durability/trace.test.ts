import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { acknowledgedAfterFailure, checkSyncOrder } from './check-trace.ts';
import { readLine, TraceReader, type Call } from './trace.ts';

function calls(text: string): Call[] {
  const reader = new TraceReader();
  for (const one of text.trim().split('\n')) {
    const line = readLine(one.trim());
    if (line) reader.take(line);
  }
  return reader.calls;
}

const markers = (args: string): string[] =>
  [...args.matchAll(/ack (#[\w-]+\.\d+)/g)].map((match) => match[1]!);
const violations = (text: string): string[] => checkSyncOrder(calls(text), markers).violations;

const write = '7 pwrite64(22</d/sahay.db-wal>, "..#a.1 hello", 4096, 0) = 4096';
const sync = '7 fdatasync(22</d/sahay.db-wal>) = 0';
const ack = '6 write(30<socket:[1]>, "ack #a.1", 8) = 8';

describe('a trace', () => {
  it('is put together from halves', () => {
    const [first, second] = calls(`
      7 fdatasync(22</d/sahay.db-wal> <unfinished ...>
      6 write(30<socket:[1]>, "x", 1) = 1
      7 <... fdatasync resumed>) = 0
      7 +++ exited with 0 +++`);
    assert.deepEqual([first?.name, first?.began, first?.ended, first?.result], ['fdatasync', 1, 3, '0']);
    assert.deepEqual([second?.path, second?.began], ['socket:[1]', 2]);
  });

  it('shows an acknowledgement after the sync of its row', () => {
    assert.deepEqual(violations([write, sync, ack].join('\n')), []);
  });

  it('shows one before it', () => {
    assert.match(violations([write, ack, sync].join('\n'))[0]!, /before a sync/);
  });

  it('shows one while the sync was going on', () => {
    const halves = `${write}\n7 fdatasync(22</d/sahay.db-wal> <unfinished ...>\n${ack}\n7 <... fdatasync resumed>) = 0`;
    assert.match(violations(halves)[0]!, /before a sync/);
  });

  it('shows one after a sync that had begun before the row was written', () => {
    assert.match(violations([sync, write, ack].join('\n'))[0]!, /before a sync/);
  });

  it('shows one after a sync of another file, or one that failed', () => {
    assert.equal(violations([write, '7 fsync(9</d/other>) = 0', ack].join('\n')).length, 1);
    const failed = '7 fdatasync(22</d/sahay.db-wal>) = -1 EIO (Input/output error) (INJECTED)';
    assert.equal(violations([write, failed, ack].join('\n')).length, 1);
    assert.deepEqual(acknowledgedAfterFailure(calls([write, failed, ack].join('\n')), markers), ['#a.1']);
    assert.deepEqual(acknowledgedAfterFailure(calls([write, sync, ack, failed].join('\n')), markers), []);
  });

  it('shows one of a row that was never written', () => {
    assert.match(violations([sync, ack].join('\n'))[0]!, /never written/);
  });
});
