// Whatever anybody may write, in the e-mail and in the transcript it is text; and what stands in a link is good for one thing.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Message, Transcript } from '@sahay/protocol';
import { payloads } from '@sahay/protocol/fixtures';
import { renderTranscript } from '../transcript/render-transcript.ts';
import { composeMail } from './compose-mail.ts';
import { fileMail } from './file-mail.ts';
import { MailLinks } from './mail-links.ts';

const message = (text: string, name = text): Message => ({
  id: 'm1',
  conversationId: 'c1',
  author: { id: 'rumi', role: 'agent', name },
  status: 'complete',
  parts: [{ partId: 'p', type: 'text', text }],
  createdAt: '2026-01-01T00:00:00.000Z',
});

const mailWith = (text: string) =>
  composeMail({
    id: 'mail1',
    to: 'asha@shop.example',
    senderName: text,
    locale: 'en',
    answers: [message(text)],
    continueUrl: 'https://shop.example/#sahay-continue=x',
    expiresAt: 0,
    unsubscribeUrl: 'https://shop.example/v1/mail/unsubscribe?token=x',
  });

/** What is left of HTML once the tags that we write ourselves are taken out. */
const beyond = (html: string, own: RegExp): string => html.replace(own, '');

test('nothing that somebody wrote becomes a tag, an attribute or another address in an e-mail', () => {
  for (const payload of payloads) {
    const { html } = mailWith(payload);
    const rest = beyond(
      html,
      /<!doctype html>|<html lang="en" dir="ltr">|<meta charset="utf-8">|<\/?(?:html|body|p|blockquote)>|<blockquote dir="auto">|<br>|<a href="https:\/\/shop\.example\/[^"<>]*">|<\/a>/g,
    );
    assert.ok(!/[<>"']/.test(rest), `${payload}\n${rest}`);
  }
});

test('nor does it become a header of its file', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'sahay-hostile-mail-'));
  t.after(() => rm(folder, { recursive: true }));
  const lines = [
    '\r\nBcc: all@example.org',
    '\nBcc: all@example.org\n\n<p>',
    '\u2028Bcc: x@example.org',
    '=?utf-8?Q?=0D=0ABcc:x?=',
  ];
  for (const [index, payload] of [...lines, ...payloads.slice(0, 30)].entries()) {
    await fileMail(folder).send({ ...mailWith(payload), id: `mail${index}` });
    const file = await readFile(join(folder, `mail${index}.eml`), 'utf8');
    const head = file.slice(0, file.indexOf('\r\n\r\n')).replaceAll('\r\n ', ' ');
    const names = head.split(/\r\n|\r|\n/).map((line) => line.split(':')[0]);
    assert.deepEqual(
      names,
      [
        'From',
        'To',
        'Subject',
        'Message-ID',
        'List-Unsubscribe',
        'List-Unsubscribe-Post',
        'Auto-Submitted',
        'MIME-Version',
        'Content-Type',
        'Content-Transfer-Encoding',
      ],
      payload,
    );
  }
});

test('nor a tag or an attribute in a transcript', () => {
  for (const payload of payloads) {
    const entry = {
      type: 'message.created',
      time: '2026-01-01T00:00:00.000Z',
      data: { message: message(payload) },
    };
    const transcript = { stream: 'conversation:c1:public', entries: [entry] } as unknown as Transcript;
    const html = renderTranscript(transcript, 'html', 'en');
    assert.ok(html.includes(payload.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`)), payload);
    const rest = beyond(
      html.replace(/<style>.*?<\/style>/s, '').replace(/-----BEGIN[\s\S]*$/, ''),
      /<!doctype html>|<(?:html|p|pre|meta)(?: (?:lang|dir|charset|name|http-equiv|content)="[^"<>]*")*>|<\/?(?:html|head|body|h1|article|header|time|bdi|p|footer|title)>/g,
    );
    assert.ok(!/[<>"]/.test(rest), `${payload}\n${rest}`);
  }
});

test('a link is good for what it was made for alone, and for nothing when anything of it was changed', () => {
  let now = 1_000;
  const links = new MailLinks(Buffer.alloc(32, 7), () => now);
  const { token } = links.continuation({ conversationId: 'c1', visitorId: 'v1' });
  const stop = links.unsubscribe('asha@shop.example');
  assert.deepEqual(links.readContinuation(token), { conversationId: 'c1', visitorId: 'v1' });
  const [body = '', signature = ''] = token.split('.');
  const forge = (...fields: string[]): string => Buffer.from(fields.join('\n')).toString('base64url');
  const others = [
    stop,
    `${forge('c1', 'v2', '9999999999999')}.${signature}`,
    `${forge('c1', 'v1', '9999999999999')}.${signature}`,
    `${body}.${Buffer.alloc(32).toString('base64url')}`,
    `${body}.`,
    `.${signature}`,
    body,
    `${body}A.${signature}`,
    ` ${token}`,
    '',
    '.',
    'x'.repeat(5_000),
  ];
  for (const other of others) assert.throws(() => links.readContinuation(other), /not one of ours/, other);
  for (const other of [token, ...others.slice(1)])
    assert.throws(() => links.readUnsubscribe(other), /not one of ours/, other);
  assert.throws(
    () => new MailLinks(Buffer.alloc(32, 8), () => now).readContinuation(token),
    /not one of ours/,
  );
  now += 3 * 24 * 3_600_000;
  assert.throws(() => links.readContinuation(token), /older than three days/);
});
