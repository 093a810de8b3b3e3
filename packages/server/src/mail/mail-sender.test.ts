import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Command, ContinuationAnswer } from '@sahay/protocol';
import { problemIn, testHttp, type Person } from '../http/testing/test-http.ts';
import { say, start, tempFolder } from '../storage/testing/temp-store.ts';
import { TestSocket } from '../testing/test-socket.ts';
import { fileMail } from './file-mail.ts';
import type { MailMessage, MailTransport } from './mail-transport.ts';
import { startMail } from './start-mail.ts';

const minute = 60_000;

/** A transport that keeps what it gets, and fails as often as it is told. */
function testTransport(): MailTransport & { sent: MailMessage[]; failures: number } {
  const transport = {
    sent: [] as MailMessage[],
    failures: 0,
    send: (message: MailMessage): Promise<void> => {
      if (transport.failures-- > 0) return Promise.reject(new Error('connection refused'));
      transport.sent.push(message);
      return Promise.resolve();
    },
  };
  return transport;
}

interface Options {
  dataFolder?: string;
  transport?: MailTransport;
  time?: { now: number };
  email?: object;
}

async function shop(t: TestContext, options: Options = {}) {
  const { dataFolder = tempFolder(t), time = { now: Date.UTC(2026, 2, 2, 9) } } = options;
  const transport = testTransport();
  const http = await testHttp(t, {
    clock: () => time.now,
    config: { dataFolder, allowOrigins: 'https://shop.example' },
    tuning: { mail: { delayMs: minute, lookMs: 3_600_000 } },
  });
  const sender = startMail(
    http.core.context,
    () => 'https://support.example',
    options.transport ?? transport,
  );
  t.after(() => sender.stop());
  const agent = await http.agent();
  await http.core.context.settings.change(
    { email: { enabled: true, senderName: 'The Shop', ...options.email } },
    agent.actor.id,
  );
  /** Moves the clock, and lets the sender look. */
  const pass = async (ms: number): Promise<void> => {
    time.now += ms;
    await Promise.race([sender.look(), pause(500)]);
  };
  const conversation = async (
    email = 'asha@example.org',
    id = 'c1',
    page = 'https://shop.example/shoes?size=9#x',
  ) => {
    const asha = await http.visitor();
    await asha.run(start(id));
    await asha.run(say('<b>Where</b> is my parcel?', id));
    const context = { page: { url: page }, contact: { email } };
    await asha.run({ type: 'context.update', conversationId: id, data: context });
    await agent.run({ type: 'assignment.accept', conversationId: id, data: {} });
    return asha;
  };
  let said = 0;
  const answer = (text: string, id = 'c1') => agent.run(say(text, id, `a${++said}-${id}`));
  return { ...http, transport, sender, agent, pass, conversation, answer, time, dataFolder };
}

const tokenIn = (text: string): string => /#sahay-continue=([\w.-]+)/.exec(text)?.[1] ?? '';

describe('an answer to a visitor who left her address', () => {
  it('is e-mailed once she has been away for a minute, with what agents said and nothing of hers', async (t) => {
    const { conversation, answer, pass, transport } = await shop(t);
    await conversation();
    await answer('It left on Monday.');
    await pass(minute - 1);
    assert.equal(transport.sent.length, 0);
    await answer('<img src=x> & more');
    await pass(1);
    const [mail] = transport.sent;
    assert.equal(transport.sent.length, 1);
    assert.ok(mail);
    assert.equal(mail.to, 'asha@example.org');
    assert.equal(mail.subject, 'An answer from The Shop');
    assert.match(mail.text, /Rumi wrote:\n\n> It left on Monday\.[\s\S]*> <img src=x> & more/);
    assert.match(mail.text, /https:\/\/shop\.example\/shoes\?size=9#sahay-continue=/);
    assert.match(mail.html, /&#60;img src=x&#62; &#38; more/);
    assert.ok(!mail.html.includes('<img'));
    assert.ok(!(mail.text + mail.html).includes('parcel'));
    await pass(24 * 60 * minute);
    assert.equal(transport.sent.length, 1, 'and not again');
  });

  it('is e-mailed once in a quiet period, with all that came since', async (t) => {
    const { conversation, answer, pass, transport } = await shop(t, { email: { quietMinutes: 30 } });
    await conversation();
    await answer('One');
    await pass(minute);
    await answer('Two');
    await pass(10 * minute);
    await answer('Three');
    await pass(10 * minute);
    assert.equal(transport.sent.length, 1);
    await pass(10 * minute);
    assert.equal(transport.sent.length, 2);
    assert.match(transport.sent[1]?.text ?? '', /> Two[\s\S]*> Three/);
    assert.ok(!transport.sent[1]?.text.includes('> One'));
  });

  it('is not e-mailed while she is there, nor once she has read or answered it', async (t) => {
    const http = await shop(t);
    const { conversation, answer, pass, transport, core } = http;
    await conversation('one@example.org', 'c1');
    const read = await conversation('two@example.org', 'c2');
    const replied = await conversation('three@example.org', 'c3');
    const { id, token } = await core.visitorToken();
    const page = await TestSocket.hello(core.socketUrl, token);
    await page.command(start('c4'), 'o4');
    await page.command(
      { type: 'context.update', conversationId: 'c4', data: { contact: { email: 'four@example.org' } } },
      'o4',
    );
    await page.subscribe('conversation:c4:public');
    await http.agent.run({ type: 'assignment.accept', conversationId: 'c4', data: {} });
    const answers = new Map<string, string | undefined>();
    for (const c of ['c1', 'c2', 'c3', 'c4']) answers.set(c, (await answer('Here', c)).messageId);
    const mark: Command = {
      type: 'receipt.mark',
      conversationId: 'c2',
      data: { messageId: answers.get('c2') ?? '', kind: 'read' },
    };
    await read.run(mark);
    await replied.run(say('Thank you', 'c3', 'cm9'));
    await pass(minute);
    assert.deepEqual(
      transport.sent.map(({ to }) => to),
      ['one@example.org'],
    );
    page.close();
    await pass(2 * minute);
    await pass(2 * minute);
    assert.deepEqual(
      transport.sent.map(({ to }) => to),
      ['one@example.org', 'four@example.org'],
      id,
    );
  });

  it('goes to one plain address or to nobody, and only while it is switched on', async (t) => {
    const { conversation, answer, pass, transport, core, agent } = await shop(t);
    const bad = [
      'a@b',
      'a@b.c, d@e.f',
      'Eve <e@e.org>',
      'a@b.org\r\nBcc: all@b.org',
      'a b@c.org',
      `${'a'.repeat(300)}@b.org`,
    ];
    for (const [n, address] of bad.entries()) {
      await conversation(address, `bad${n}`);
      await answer('x', `bad${n}`);
    }
    await conversation('good@example.org', 'off');
    await answer('x', 'off');
    await core.context.settings.change({ email: { enabled: false } }, agent.actor.id);
    await pass(minute);
    assert.deepEqual(transport.sent, []);
  });

  it('leads to no page but those of the shop, whatever her client said', async (t) => {
    const { conversation, answer, pass, transport } = await shop(t);
    for (const [n, page] of [
      'https://evil.example/',
      'javascript:alert(1)',
      'https://shop.example.evil.example/',
      '',
    ].entries()) {
      await conversation('asha@example.org', `c${n}`, page);
      await answer('x', `c${n}`);
    }
    await pass(minute);
    assert.equal(transport.sent.length, 4);
    for (const { text } of transport.sent) {
      assert.match(text, /https:\/\/support\.example\/#sahay-continue=/);
      assert.ok(!/evil|javascript/.test(text));
    }
  });

  it('is tried again when it could not be handed over, then given up', async (t) => {
    const { conversation, answer, pass, transport } = await shop(t);
    await conversation();
    transport.failures = 2;
    await answer('One');
    await pass(minute);
    await pass(minute);
    assert.equal(transport.sent.length, 0);
    await pass(5 * minute);
    assert.equal(transport.sent.length, 1);
    transport.failures = 100;
    await answer('Two');
    for (const wait of [20, 1, 5, 30, 120, 720, 720]) await pass(wait * minute);
    assert.equal(transport.failures, 94, 'six attempts');
    assert.equal(transport.sent.length, 1);
  });
});

describe('a process that ends while it hands an e-mail over', () => {
  /** Ends a server whose transport took the e-mail and never said so; returns what the next one makes of it. */
  async function cutOff(t: TestContext, first: MailTransport, next: MailTransport) {
    const time = { now: Date.UTC(2026, 2, 2, 9) };
    const before = await shop(t, { transport: first, time });
    await before.conversation();
    await before.answer('One');
    await before.pass(minute);
    await before.core.close();
    const after = await shop(t, { transport: next, time, dataFolder: before.dataFolder });
    await after.pass(0);
    await after.pass(60 * minute);
    return after;
  }

  it('leaves it sent where nobody can know: never twice', async (t) => {
    let taken = 0;
    const hanging: MailTransport = {
      send: () => {
        taken++;
        return pause(2_000);
      },
    };
    const next = testTransport();
    const after = await cutOff(t, hanging, next);
    assert.deepEqual([taken, next.sent.length], [1, 0]);
    assert.deepEqual(
      await after.core.context.store.sql.all('SELECT claim, mailed_ordinal > 0 AS mailed FROM mail_lanes'),
      [{ claim: null, mailed: 1 }],
    );
  });

  it('has it in one file, though it was written twice', async (t) => {
    const folder = join(tempFolder(t), 'mail');
    const files = fileMail(folder);
    const hanging: MailTransport = {
      isIdempotent: true,
      send: async (message) => {
        await files.send(message);
        await pause(2_000);
      },
    };
    await cutOff(t, hanging, files);
    const [name, ...others] = readdirSync(folder);
    assert.deepEqual(others, []);
    const eml = readFileSync(join(folder, name ?? ''), 'utf8');
    assert.match(
      eml,
      /^From: The Shop <[^>]+>\r\nTo: <asha@example\.org>\r\nSubject: An answer from The Shop\r\n/,
    );
    assert.match(eml, /\r\n\r\nRumi wrote:/);
  });
});

describe('the links of an e-mail', () => {
  async function mailed(t: TestContext) {
    const http = await shop(t);
    const asha = await http.conversation();
    await http.answer('It left on Monday.');
    await http.pass(minute);
    const [mail] = http.transport.sent;
    assert.ok(mail);
    return { ...http, asha, mail };
  }

  it('open the conversation for whoever has it, as its visitor, for three days', async (t) => {
    const { post, get, asha, mail, pass } = await mailed(t);
    const token = tokenIn(mail.text);
    const response = await post('/v1/continuations', { token });
    assert.equal(response.status, 200);
    const { conversationId, session } = (await response.json()) as ContinuationAnswer;
    assert.equal(conversationId, 'c1');
    assert.equal(session?.participant.id, asha.actor.id);
    const headers = { authorization: `Bearer ${session?.accessToken}` };
    assert.equal((await get('/v1/conversations/c1/messages', { headers })).status, 200);
    assert.equal(
      await problemIn(await post('/v1/continuations', { token: `${token}x` })),
      '401 token_invalid',
    );
    const forged = `${Buffer.from('c2\nv\n9999999999999').toString('base64url')}.${token.split('.')[1]}`;
    assert.equal(await problemIn(await post('/v1/continuations', { token: forged })), '401 token_invalid');
    await pass(3 * 24 * 60 * minute);
    assert.equal(await problemIn(await post('/v1/continuations', { token })), '401 token_expired');
  });

  it('lead nowhere once the conversation was erased', async (t) => {
    const { post, asha, mail } = await mailed(t);
    await asha.run({ type: 'data.erase', data: {} });
    const token = tokenIn(mail.text);
    assert.equal(await problemIn(await post('/v1/continuations', { token })), '404 not_found');
  });

  it('stop e-mails to the address, by a press and not by being looked at, and for good', async (t) => {
    const { get, conversation, answer, pass, mail, transport } = await mailed(t);
    const { pathname, search } = new URL(mail.unsubscribeUrl);
    const page = await get(pathname + search);
    assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    const html = await page.text();
    assert.match(html, /<form method="post">/);
    const style = createHash('sha256')
      .update(/<style>(.*)<\/style>/.exec(html)![1]!)
      .digest('base64');
    assert.ok(page.headers.get('content-security-policy')?.includes(`'sha256-${style}'`));
    await conversation('Asha@Example.org', 'c2');
    await answer('Hello', 'c2');
    await pass(minute);
    assert.equal(transport.sent.length, 2, 'looking at it changed nothing');
    const done = await get(pathname + search, { method: 'POST', body: 'List-Unsubscribe=One-Click' });
    assert.equal(done.status, 200);
    await answer('Again', 'c2');
    await conversation('asha@example.org', 'c3');
    await answer('Hello', 'c3');
    await pass(60 * minute);
    assert.equal(transport.sent.length, 2);
    assert.equal(await problemIn(await get(`${pathname}?token=x`, { method: 'POST' })), '401 token_invalid');
  });

  it('stop e-mails in the words of the e-mail, else of the browser, also when the link is of no use', async (t) => {
    const { get, mail } = await mailed(t);
    const { pathname, searchParams } = new URL(mail.unsubscribeUrl);
    const token = searchParams.get('token') ?? '';
    const says = async (query: string, headers: Record<string, string> = {}): Promise<string> => {
      const page = await get(`${pathname}?${query}`, { headers: { accept: 'text/html', ...headers } });
      const [, lang, dir] = /<html lang="(\w+)" dir="(\w+)">/.exec(await page.text()) ?? [];
      return `${page.status} ${lang} ${dir}`;
    };
    assert.equal(await says(`token=${token}&lang=ar-EG`), '200 ar rtl');
    assert.equal(
      await says(`token=${token}&lang=fr`, { 'accept-language': 'fr, bn;q=0.8, en;q=0.9' }),
      '200 en ltr',
    );
    assert.equal(await says(`token=${token}`, { 'accept-language': 'fr-FR,bn-BD;q=0.7' }), '200 bn ltr');
    assert.equal(await says(`token=${token}&lang=constructor`), '200 en ltr');
    assert.equal(await says('token=cut&lang=bn'), '401 bn ltr');
  });
});

it('no address is kept where it was erased', async (t) => {
  const { conversation, answer, core } = await shop(t);
  const asha: Person = await conversation();
  await answer('Hello');
  await asha.run({ type: 'data.erase', data: {} });
  const rows = await core.context.store.sql.all('SELECT * FROM mail_lanes');
  assert.deepEqual(rows, []);
});
