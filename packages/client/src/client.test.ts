import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createSupportClient, SahayError } from './index.ts';
import { make, serve } from './testing/stage.ts';

describe('an end', () => {
  it('refuses to go on after destroy, with an error of its own', async () => {
    const server = await serve();
    const client = make({ url: server.url, storage: 'memory' });
    const conversation = client.conversations.create();
    await (
      await conversation.send('one')
    ).acknowledged;
    await client.destroy();
    await client.destroy();
    await assert.rejects(
      conversation.send('two'),
      (error) => error instanceof SahayError && error.code === 'destroyed',
    );
    await assert.rejects(
      client.connect(),
      (error) => error instanceof SahayError && error.code === 'destroyed',
    );
  });

  it('says what is missing when neither a url nor a connector is given', () => {
    assert.throws(
      () => createSupportClient({}),
      (error) => error instanceof SahayError && /either/.test(error.message),
    );
    assert.throws(() => createSupportClient({ url: 'not an address' }), SahayError);
    assert.throws(() => createSupportClient({ url: 'http://localhost', role: 'agent' }), SahayError);
  });
});
