/* A visitor's own data with the real client against the real server: see it, take it away, have it erased; and go on from an e-mail. */
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { createSupportClient, MemoryStorage, type SahayError, type SupportClient } from '@sahay/client';
import { createSupportServer, verifyTranscript, type SupportServer } from '@sahay/server';
import { checkTranscripts } from '../packages/server/src/cli/check-transcripts.ts';
import { until } from '../packages/client/src/testing/until.ts';
import { postJson } from './testing/wire.ts';

let folder: string;
let support: SupportServer;
let url: string;
let agent: SupportClient;
const clients: SupportClient[] = [];

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sahay-my-data-'));
  support = await createSupportServer({
    dataFolder: join(folder, 'data'),
    tuning: { mail: { delayMs: 0, lookMs: 20 } },
  });
  ({ url } = await support.listen({ port: 0 }));
  const code = new URL(await support.signInUrl()).hash.slice('#sign-in='.length);
  const signedIn = await postJson(`${url}/v1/agents/sign-in`, { code, name: 'Rina' });
  const cookie = (signedIn.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  agent = clientOf({
    role: 'agent',
    getToken: async () => {
      const answer = await postJson(`${url}/v1/agents/token`, {}, { cookie });
      return ((await answer.json()) as { accessToken: string }).accessToken;
    },
  });
  await agent.fetch('/v1/settings', {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: { enabled: true } }),
  });
});

after(async () => {
  await Promise.all(clients.map((client) => client.destroy()));
  await support.close();
  await rm(folder, { recursive: true, force: true });
});

function clientOf(options: Partial<Parameters<typeof createSupportClient>[0]> = {}): SupportClient {
  const client = createSupportClient({ url, storage: new MemoryStorage(), ...options });
  clients.push(client);
  return client;
}

async function says(client: SupportClient, text: string): Promise<string> {
  const conversation = client.conversations.create();
  await (
    await conversation.send(text)
  ).acknowledged;
  return conversation.id;
}

describe('a visitor’s own data', () => {
  it('is seen and taken away, in every format whole', async () => {
    const asha = clientOf();
    const id = await says(asha, 'Where is my parcel?');
    const held = await asha.exportData();
    assert.deepEqual(
      held.conversations.map(({ conversation }) => conversation.id),
      [id],
    );
    assert.ok(held.conversations.every(({ transcript }) => verifyTranscript(transcript).valid));
    const conversation = asha.conversations.open(id);
    for (const format of ['html', 'text', 'json'] as const) {
      const file = join(folder, `transcript.${format}`);
      await writeFile(file, Buffer.from(await (await conversation.transcript(format)).arrayBuffer()));
      assert.match(await readFile(file, 'utf8'), /Where is my parcel\?/);
      assert.match(await checkTranscripts(file), /All chains are whole/);
    }
  });

  it('is erased, all or one conversation, and nothing of a bystander’s', async () => {
    const [asha, omar] = [clientOf(), clientOf()];
    const [one, two, his] = [
      await says(asha, 'A secret'),
      await says(asha, 'Another secret'),
      await says(omar, 'His own'),
    ];
    const before = await omar.exportData();
    const first = await asha.eraseData(one);
    assert.deepEqual(
      first.conversations.map(({ conversationId }) => conversationId),
      [one],
    );
    await assert.rejects(asha.eraseData(his), ({ code }: SahayError) => code === 'not_found');
    const all = await asha.eraseData();
    assert.deepEqual(
      all.conversations.map(({ conversationId }) => conversationId),
      [two],
    );
    assert.deepEqual((await asha.exportData()).conversations, []);
    // The bot may have gone on meanwhile; what was there before is there as it was.
    const after = await omar.exportData();
    const [head, transcript] = [before.conversations[0]?.transcript.head, after.conversations[0]?.transcript];
    assert.ok(transcript && verifyTranscript(transcript, head).valid);
    assert.match(JSON.stringify(transcript), /His own/);
  });
});

/** Waits for the e-mail with this text; returns what its link holds. */
async function tokenAbout(text: string): Promise<string> {
  const mail = join(folder, 'data', 'mail');
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; await pause(20)) {
    for (const name of await readdir(mail).catch(() => [])) {
      const eml = name.endsWith('.eml') ? await readFile(join(mail, name), 'utf8') : '';
      if (eml.includes(text)) return /#sahay-continue=([\w.-]+)/.exec(eml)?.[1] ?? '';
    }
  }
  throw new Error(`No e-mail about ${text}.`);
}

describe('an e-mail’s link', () => {
  async function mailed(text: string): Promise<{ id: string; token: string }> {
    const asha = clientOf();
    const id = await says(asha, text);
    await asha.command('context.update', { contact: { email: 'asha@example.org' } }, id);
    await asha.destroy();
    const desk = agent.conversations.open(id);
    await desk.accept();
    await (
      await desk.send(`About "${text}": it left on Monday.`)
    ).acknowledged;
    const token = await tokenAbout(text);
    return { id, token };
  }

  it('opens the conversation elsewhere, for whoever follows it', async () => {
    const { id, token } = await mailed('Parcel 1');
    const phone = clientOf();
    const conversation = await phone.continueFrom(token);
    assert.equal(conversation.id, id);
    await phone.connect();
    await until(conversation, ({ messages }) => messages.length >= 2);
    await (
      await conversation.send('Thank you')
    ).acknowledged;
  });

  it('does not push somebody else out of her browser unless she is asked', async () => {
    const { id, token } = await mailed('Parcel 2');
    const omars = clientOf();
    const his = await says(omars, 'I was here first');
    await assert.rejects(omars.continueFrom(token), ({ code }: SahayError) => code === 'forbidden');
    assert.equal(omars.conversations.current()?.id, his);
    const conversation = await omars.continueFrom(token, { replace: true });
    await omars.connect();
    assert.equal(conversation.id, id);
    await until(conversation, ({ messages }) => messages.length >= 2);
    await assert.rejects(
      clientOf().continueFrom('forged.x'),
      ({ code }: SahayError) => code === 'token_invalid',
    );
  });
});
