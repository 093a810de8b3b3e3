import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { DataExport, ErasureReceipt, LogEvent, Transcript } from '@sahay/protocol';
import { validatorOf } from '@sahay/protocol/validate-ajv';
import { png } from '../attachments/testing/sample-files.ts';
import { say, start } from '../storage/testing/temp-store.ts';
import { verifyTranscript } from '../transcript/verify-transcript.ts';
import { problemIn, testHttp, type Person, type TestHttp } from './testing/test-http.ts';

const stream = 'conversation:c1:public';

/** A visitor with two conversations, a file, a note about her, and a neighbour with one of her own. */
async function people(t: TestContext) {
  const http = await testHttp(t);
  const [asha, omar, rumi] = [await http.visitor(), await http.visitor(), await http.agent()];
  for (const [person, id] of [
    [asha, 'c1'],
    [asha, 'c2'],
    [omar, 'c3'],
  ] as const) {
    await person.run(start(id));
    await person.run(say(`A secret of ${id}`, id, `cm-${id}`));
    await put(http, person, id);
  }
  await rumi.run({ type: 'note.add', conversationId: 'c1', data: { text: 'A secret note' } });
  await asha.run({
    type: 'context.update',
    conversationId: 'c1',
    data: { contact: { email: 'secret@asha.example' } },
  });
  return { ...http, asha, omar, rumi };
}

async function put(http: TestHttp, person: Person, id: string): Promise<void> {
  const bytes = png(8, 8);
  const data = { attachmentId: `f-${id}`, name: 'secret.png', mediaType: 'image/png', size: bytes.length };
  await person.run({ type: 'attachment.create', conversationId: id, data });
  const init = { method: 'PUT', headers: person.headers, body: bytes as BodyInit };
  assert.equal((await http.get(`/v1/attachments/f-${id}/content`, init)).status, 204);
}

async function json<T>(http: TestHttp, path: string, person: Person, definition: string): Promise<T> {
  const response = await http.get(path, { headers: person.headers });
  assert.equal(response.status, 200, path);
  const verdict = validatorOf<T>(definition)(await response.json());
  if (!verdict.valid) assert.fail(verdict.error);
  return verdict.value;
}

const transcript = (http: TestHttp, person: Person, id = 'c1', audience = 'public'): Promise<Transcript> =>
  json(http, `/v1/conversations/${id}/transcript?audience=${audience}`, person, 'Transcript');

/** Where in the database a text still stands. */
async function traces(http: TestHttp, text: string): Promise<string[]> {
  const { sql } = http.core.context.store;
  const tables = await sql.all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'");
  const found: string[] = [];
  for (const { name } of tables)
    for (const row of await sql.all(`SELECT * FROM ${name}`))
      if (Object.values(row).some((value) => String(value).includes(text))) found.push(name);
  return found;
}

test('a visitor gets all that is kept of her, and nobody else does', async (t) => {
  const http = await people(t);
  const { exportId } = await http.asha.run({ type: 'data.export', data: {} });
  const path = `/v1/exports/${exportId}`;
  const held = await json<DataExport>(http, path, http.asha, 'DataExport');
  assert.deepEqual(
    held.conversations.map(({ conversation }) => conversation.id),
    ['c1', 'c2'],
  );
  const [first] = held.conversations;
  assert.ok(JSON.stringify(first).includes('A secret of c1'));
  assert.equal(first?.context.contact?.email, 'secret@asha.example');
  assert.ok(held.conversations.every((one) => verifyTranscript(one.transcript).valid));
  assert.equal(
    JSON.stringify(held).includes('A secret note'),
    false,
    'what staff write for each other is theirs',
  );
  assert.equal((await http.get(held.attachments[0]!.url!)).status, 200);
  assert.equal(await problemIn(await http.get(path, { headers: http.omar.headers })), '404 not_found');
  assert.equal(await problemIn(await http.get(path, { headers: http.rumi.headers })), '404 not_found');
  assert.equal(await problemIn(await http.get(path)), '401 unauthenticated');
});

test('a conversation that is erased leaves its places in the log, and nothing of what was said', async (t) => {
  const http = await people(t);
  const { store, config } = http.core.context;
  const before = await transcript(http, http.rumi, 'c1', 'staff');
  const { asOf } = (await store.read(stream)).subscribed.snapshot!;
  const { receiptId } = await http.asha.run({ type: 'data.erase', data: { conversationId: 'c1' } });

  const receipt = await json<ErasureReceipt>(http, `/v1/erasures/${receiptId}`, http.asha, 'ErasureReceipt');
  assert.deepEqual(
    [receipt.conversations.map(({ conversationId }) => conversationId), receipt.attachments],
    [['c1'], 1],
  );
  for (const secret of ['A secret of c1', 'A secret note', 'secret@asha.example'])
    assert.deepEqual(await traces(http, secret), [], secret);
  // Files leave the disk once the erasure is committed.
  for (let look = 0; look < 500 && (await readdir(config.uploadsFolder)).length > 2; look++)
    await new Promise((resolve) => setTimeout(resolve, 10));
  assert.equal((await readdir(config.uploadsFolder)).length, 2, 'its file is gone, the others are there');

  const after = await transcript(http, http.rumi, 'c1', 'staff');
  const verdict = verifyTranscript(after, before.head);
  assert.ok(verdict.valid, 'the chain from before goes on');
  assert.equal(verdict.withheld, before.entries.length);
  assert.deepEqual(
    after.entries.slice(0, -1).map(({ seq, type, time, digest }) => [seq, type, time, digest]),
    before.entries.map(({ seq, type, time, digest }) => [seq, type, time, digest]),
  );
  const again = (await store.read(stream, asOf)).subscribed;
  assert.equal(again.recovered, false);
  assert.equal(again.headSeq, asOf.seq + 1, 'the numbers go on');
  assert.deepEqual(again.snapshot?.kind === 'conversation' && again.snapshot.messages, []);
  assert.equal(await store.mayRead(http.asha.actor, stream), false);
  assert.equal((await store.conversation('c1'))?.erasedAt !== undefined, true);
});

test('erasing all that is mine touches nothing of another’s', async (t) => {
  const http = await people(t);
  const { store } = http.core.context;
  const omars = await transcript(http, http.omar, 'c3');
  const { receiptId } = await http.asha.run({ type: 'data.erase', data: {} });
  const receipt = await json<ErasureReceipt>(http, `/v1/erasures/${receiptId}`, http.asha, 'ErasureReceipt');
  assert.equal(receipt.conversations.length, 2);
  assert.equal(receipt.attachments, 2);
  const { snapshot } = (await store.read(`user:${http.asha.actor.id}`)).subscribed;
  assert.deepEqual(snapshot?.kind === 'user' && snapshot.conversations, []);
  for (const secret of ['A secret of c1', 'A secret of c2']) assert.deepEqual(await traces(http, secret), []);
  assert.deepEqual(await transcript(http, http.omar, 'c3'), omars);
  assert.ok((await traces(http, 'A secret of c3')).length > 0);
  const { url } = (await (
    await http.post('/v1/attachments/f-c3/link', undefined, http.omar.headers)
  ).json()) as { url: string };
  assert.equal((await http.get(url)).status, 200);
  await http.asha.run(start('c9'));
  assert.equal((await store.conversation('c9'))?.visitor.id, http.asha.actor.id, 'she can begin anew');
});

test('an invitation goes with the conversation that it was made from', async (t) => {
  const http = await people(t);
  await http.rumi.run({ type: 'conversation.close', conversationId: 'c1', data: {} });
  const data = { text: 'Shall we go on with your tattle?', reason: 'You told us a tattle.' };
  await http.rumi.run({ type: 'invitation.present', conversationId: 'c1', data });
  assert.deepEqual((await traces(http, 'tattle')).sort(), ['events', 'users']);
  await http.asha.run({ type: 'data.erase', data: { conversationId: 'c1' } });
  assert.deepEqual(await traces(http, 'tattle'), []);
});

test('an invitation from before invitations named their source goes with any conversation of hers', async (t) => {
  const http = await people(t);
  const { store } = http.core.context;
  const invitation = {
    invitationId: 'i1',
    text: 'A tattle of old',
    reason: 'You asked.',
    expiresAt: '2099-01-01T00:00:00Z',
  };
  await store.append([
    { type: 'invitation.presented', target: { kind: 'user', id: http.asha.actor.id }, data: { invitation } },
  ]);
  const dismissed = { invitationId: 'i0', reason: 'A tattle of old is none of yours' };
  await store.append([
    { type: 'invitation.dismissed', target: { kind: 'user', id: http.asha.actor.id }, data: dismissed },
  ]);
  assert.ok((await traces(http, 'A tattle of old')).length > 0);
  await http.omar.run({ type: 'data.erase', data: {} });
  assert.ok((await traces(http, 'A tattle of old')).length > 0, 'another’s erasure is not hers');
  await http.asha.run({ type: 'data.erase', data: { conversationId: 'c2' } });
  assert.deepEqual(await traces(http, 'A tattle of old'), []);
});

test('nobody erases or reads what is another’s', async (t) => {
  const http = await people(t);
  await assert.rejects(http.omar.run({ type: 'data.erase', data: { conversationId: 'c1' } }), /not_found/);
  await assert.rejects(http.rumi.run({ type: 'data.erase', data: {} }), /forbidden/);
  const path = '/v1/conversations/c1/transcript';
  assert.equal(await problemIn(await http.get(path, { headers: http.omar.headers })), '404 not_found');
  assert.equal(
    await problemIn(await http.get(`${path}?audience=staff`, { headers: http.asha.headers })),
    '404 not_found',
  );
  const { receiptId } = await http.asha.run({ type: 'data.erase', data: { conversationId: 'c2' } });
  const receipt = await http.get(`/v1/erasures/${receiptId}`, { headers: http.omar.headers });
  assert.equal(await problemIn(receipt), '404 not_found');
});

test('an erased conversation stays erased: agents cannot go on with it, and the inbox says nothing of it', async (t) => {
  const http = await people(t);
  const heard: LogEvent[] = [];
  http.core.context.store.onCommitted((events) => heard.push(...events));
  await http.asha.run({ type: 'data.erase', data: { conversationId: 'c1' } });
  const command = { type: 'conversation.reopen', conversationId: 'c1', data: {} } as const;
  await assert.rejects(http.rumi.run(command), /not_found/);
  const entry = heard.find((event) => event.type === 'inbox.changed')?.data.entry;
  assert.deepEqual([entry?.status, entry?.visitor.id, entry?.lastMessage], ['closed', 'erased', undefined]);
});

test('what leaves the log keeps its place in the chain', async (t) => {
  const http = await people(t);
  const before = await transcript(http, http.asha);
  await http.core.context.store.trim({ keep: 1 });
  const after = await transcript(http, http.asha);
  assert.equal(after.head, before.head);
  const verdict = verifyTranscript(after);
  assert.equal(verdict.valid && verdict.withheld, before.entries.length - 1);
});

test('a chain that was tampered with is found', async (t) => {
  const http = await people(t);
  const whole = await transcript(http, http.asha);
  const tampered = (change: (copy: Transcript) => void): string | undefined => {
    const copy = structuredClone(whole);
    change(copy);
    const verdict = verifyTranscript(copy, whole.head);
    return verdict.valid ? undefined : verdict.reason;
  };
  assert.equal(
    tampered(() => undefined),
    undefined,
  );
  assert.match(tampered((copy) => (copy.entries[1]!.data = { text: 'other' })) ?? '', /does not say/);
  assert.match(
    tampered((copy) => (copy.entries[1]!.digest = whole.entries[0]!.digest)) ?? '',
    /does not say/,
  );
  assert.match(tampered((copy) => void copy.entries.splice(1, 1)) ?? '', /missing/);
  assert.match(
    tampered((copy) => (copy.entries[1]!.time = '2020-01-01T00:00:00Z')) ?? '',
    /does not say|breaks/,
  );
  assert.match(
    tampered((copy) => {
      const last = copy.entries.pop()!;
      copy.head = copy.entries.at(-1)!.link;
      assert.ok(last);
    }) ?? '',
    /known head/,
  );
});

/** Which files of the data folder a text stands in, whatever is still in use of them. */
async function filesWith(http: TestHttp, text: string): Promise<string[]> {
  const { dataFolder } = http.core.context.config;
  const names = (await readdir(dataFolder)).filter((name) => name.startsWith('sahay.db'));
  const held = await Promise.all(
    names.map(async (name) => [name, await readFile(join(dataFolder, name))] as const),
  );
  return held.flatMap(([name, bytes]) => (bytes.includes(text) ? [name] : []));
}

/** Waits until a text stands in no file: the answer to an erasure is there before the log is emptied. */
async function leavesAllFiles(http: TestHttp, text: string): Promise<void> {
  for (let turn = 0; ; turn++) {
    const found = await filesWith(http, text);
    if (found.length === 0) return;
    assert.ok(turn < 500, `"${text}" stands in ${found.join()}`);
    await pause(10);
  }
}

test('what was erased stands in no file any more, neither in the database nor in its log', async (t) => {
  const http = await people(t);
  const long = 'Nobody else shall know. '.repeat(600);
  await http.asha.run(say(long, 'c1', 'cm-long'));
  assert.ok((await filesWith(http, 'A secret of c1')).length > 0, 'it is looked for where it stands');
  await http.asha.run({ type: 'data.erase', data: { conversationId: 'c1' } });
  for (const secret of ['A secret of c1', 'A secret note', 'secret@asha.example', 'Nobody else shall know.'])
    await leavesAllFiles(http, secret);
  assert.ok((await filesWith(http, 'A secret of c2')).length > 0, 'what was not erased is there');
});

test('what was taken back, edited or trimmed before stands in no file either', async (t) => {
  const http = await people(t);
  const long = (words: string): string => `${words} `.repeat(600);
  const { messageId } = await http.asha.run(say(long('Nobody shall know that.'), 'c1', 'cm-deleted'));
  const edited = await http.asha.run(say(long('Nobody shall know this.'), 'c1', 'cm-edited'));
  await http.asha.run({ type: 'message.delete', conversationId: 'c1', data: { messageId: messageId! } });
  const parts = [{ partId: 'p1', type: 'text' as const, text: 'Never mind.' }];
  const data = { messageId: edited.messageId!, parts };
  await http.asha.run({ type: 'message.edit', conversationId: 'c1', data });
  await http.core.context.store.trim({ keep: 2 });
  for (const secret of ['Nobody shall know that.', 'Nobody shall know this.'])
    assert.ok((await filesWith(http, secret)).length > 0, 'it is looked for where it stands');
  await http.asha.run({ type: 'data.erase', data: {} });
  for (const secret of ['Nobody shall know that.', 'Nobody shall know this.', 'Never mind.'])
    await leavesAllFiles(http, secret);
});

test('what a user’s own state held stands in no file either', async (t) => {
  const http = await people(t);
  const { store } = http.core.context;
  const invitation = {
    text: 'Shall we go on with your tattle? '.repeat(15),
    reason: 'You asked.',
    expiresAt: '2099-01-01T00:00:00Z',
  };
  const target = { kind: 'user', id: http.asha.actor.id } as const;
  await store.append(
    Array.from({ length: 40 }, (_, n) => ({
      type: 'invitation.presented' as const,
      target,
      data: { invitation: { ...invitation, invitationId: `i${n}` } },
    })),
  );
  const [state] = await store.sql.all<{ size: number }>('SELECT max(length(state)) AS size FROM users');
  assert.ok(state!.size > 3 * 4096, 'it takes several pages');
  await http.asha.run({ type: 'data.erase', data: {} });
  await leavesAllFiles(http, 'your tattle');
});
