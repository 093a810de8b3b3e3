import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { it } from 'node:test';
import { TestServer } from './testing/test-server.ts';

it('leaves neither timer, socket nor channel behind: a process whose client was destroyed ends by itself', async () => {
  const server = await TestServer.start();
  const entry = new URL('./index.ts', import.meta.url).href;
  const program = `
    import 'fake-indexeddb/auto';
    const { createSupportClient } = await import(${JSON.stringify(entry)});
    const client = createSupportClient({ url: ${JSON.stringify(server.url)} });
    const conversation = client.conversations.create();
    await (await conversation.send('hello')).acknowledged;
    conversation.typing(true);
    await client.destroy();
    console.log('destroyed');
  `;
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--conditions=sahay-source', '--input-type=module', '--eval', program],
      { cwd: fileURLToPath(new URL('..', import.meta.url)), timeout: 8_000 },
    );
    assert.equal(stdout.trim(), 'destroyed');
  } finally {
    await server.kill();
  }
});
