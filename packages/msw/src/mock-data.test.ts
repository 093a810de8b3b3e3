// The real client over the mock: files, saved conversations, one's own data, e-mails, questions, answering again.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import {
  createSupportClient,
  MemoryStorage,
  type ConversationHandle,
  type SahayError,
  type SupportClient,
} from '@sahay/client';
import type { Transcript } from '@sahay/protocol';
import { setupServer } from 'msw/node';
import { until } from '../../client/src/testing/until.ts';
import { verifyTranscript } from '../../server/src/transcript/verify-transcript.ts';
import { createMockBackend, type MockBackend } from './index.ts';

const url = 'http://support.test';
const server = setupServer();
before(() => server.listen({ onUnhandledFrame: 'error' }));
after(() => server.close());

let mock: MockBackend;
let clients: SupportClient[] = [];
beforeEach(() => {
  mock = createMockBackend({ url });
  server.use(...mock.handlers);
});
afterEach(async () => {
  await Promise.all(clients.map((client) => client.destroy()));
  clients = [];
  server.resetHandlers();
});

function visitor(): SupportClient {
  const client = createSupportClient({ url, storage: new MemoryStorage() });
  clients.push(client);
  return client;
}

async function says(client: SupportClient, text: string): Promise<ConversationHandle> {
  const conversation = client.conversations.create();
  await (
    await conversation.send(text)
  ).acknowledged;
  return conversation;
}

const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'accepted',
    (error: SahayError) => error.code,
  );

test('a conversation is saved in every form, and the data is chained as the server chains it', async () => {
  const asha = visitor();
  const conversation = await says(asha, 'Where is <b>my parcel?');
  mock.bot.say(conversation.id, 'On its way.');
  const transcript = JSON.parse(await (await conversation.transcript('json')).text()) as Transcript;
  assert.deepEqual(
    { ...verifyTranscript(transcript), head: '' },
    { valid: true, entries: transcript.entries.length, withheld: 0, head: '' },
  );
  assert.match(
    await (await conversation.transcript('text')).text(),
    /Where is <b>my parcel\?\nSahay: On its way/,
  );
  assert.match(await (await conversation.transcript('html')).text(), /Where is &#60;b&#62;my parcel\?/);
  const omar = visitor();
  await says(omar, 'Hello');
  const foreign = omar.conversations.open(conversation.id);
  assert.equal(await refusal(foreign.transcript('json')), 'not_found');
});

test('one’s own data is exported and erased with a receipt, and a bystander keeps hers', async () => {
  const [asha, omar] = [visitor(), visitor()];
  const conversation = await says(asha, 'A secret');
  await says(omar, 'His own');
  await asha.command('context.update', { contact: { email: 'a@shop.example' } }, conversation.id);
  const [held] = (await asha.exportData()).conversations;
  assert.equal(held?.context.contact?.email, 'a@shop.example');
  assert.ok(held && verifyTranscript(held.transcript).valid);
  assert.equal(await refusal(omar.eraseData(conversation.id)), 'not_found');
  const receipt = await asha.eraseData();
  assert.deepEqual(receipt.conversations, [
    { conversationId: conversation.id, events: held.transcript.entries.length, head: held.transcript.head },
  ]);
  assert.equal(receipt.messages, 1);
  assert.deepEqual((await asha.exportData()).conversations, []);
  assert.equal((await omar.exportData()).conversations.length, 1);
});

test('files are sent and fetched by whoever may read the conversation', async () => {
  const asha = visitor();
  const conversation = asha.conversations.create();
  const progress: number[] = [];
  await conversation.sendFile(new File(['hello'], 'note.txt', { type: 'text/plain' }), {
    name: 'note.txt',
    onProgress: (part) => progress.push(part),
  });
  assert.equal(progress.at(-1), 1);
  const { messages } = await until(conversation, (view) => view.messages.length === 1);
  const [part] = messages.at(0)!.message.parts;
  assert.ok(part?.type === 'file' && part.attachmentId);
  const file = await fetch(await conversation.attachmentUrl(part.attachmentId));
  assert.deepEqual([file.headers.get('content-type'), await file.text()], ['text/plain', 'hello']);
  const omar = visitor();
  const his = await says(omar, 'Hello');
  assert.equal(
    await refusal(omar.fetch(`/v1/attachments/${part.attachmentId}/link`, { method: 'POST' })),
    'not_found',
  );
  assert.equal(
    await refusal(
      asha
        .command(
          'attachment.create',
          { attachmentId: 'a2', name: 'x.txt', mediaType: 'text/plain', size: 1 },
          conversation.id,
        )
        .then(() => asha.command('attachment.complete', { attachmentId: 'a2' }, conversation.id)),
    ),
    'attachment_incomplete',
  );
  assert.equal(
    await refusal(asha.command('attachment.complete', { attachmentId: 'none' }, conversation.id)),
    'attachment_unknown',
  );
  assert.equal(
    await refusal(omar.command('attachment.complete', { attachmentId: 'a2' }, his.id)),
    'attachment_unknown',
  );
});

test('the link of an e-mail opens the conversation elsewhere, for three days', async () => {
  const { id } = await says(visitor(), 'Where is my parcel?');
  const token = mock.continuationOf(id);
  const phone = visitor();
  const conversation = await phone.continueFrom(token);
  await phone.connect();
  await until(conversation, (view) => view.messages.length === 1);
  await (
    await conversation.send('Thank you')
  ).acknowledged;
  mock.advance(3 * 86_400_000);
  assert.equal(await refusal(visitor().continueFrom(token)), 'token_expired');
  assert.equal(await refusal(visitor().continueFrom('forged')), 'token_invalid');
});

test('required questions are required, always or only while nobody answers', async () => {
  const field = { name: 'email', kind: 'email' as const, label: { en: 'E-mail' }, required: true };
  mock.changeSettings({ preChat: { fields: [field], onlyWhileClosed: true } });
  await says(visitor(), 'It is open.');
  mock.setHours({ timeZone: 'UTC', week: {}, closedNow: true });
  const client = visitor();
  const conversation = client.conversations.create();
  const { acknowledged } = await conversation.send('Hello');
  assert.equal(await refusal(acknowledged), 'answers_required');
  await client.command('context.update', { contact: { email: 'a@shop.example' } }, conversation.id);
  await (
    await conversation.send('Hello')
  ).acknowledged;
});

test('an answer is asked for again, and the script gives another', async () => {
  const asha = visitor();
  const conversation = await says(asha, 'Why?');
  const messageId = mock.bot.say(conversation.id, 'Because.');
  mock.onRegenerate((id, about) => {
    assert.equal(about, messageId);
    mock.bot.say(id, 'For a better reason.');
  });
  await asha.command('message.regenerate', { messageId }, conversation.id);
  const { messages } = await until(conversation, (view) => view.messages.length === 3);
  assert.ok(messages.at(1)!.message.supersededAt);
});
