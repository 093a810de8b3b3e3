import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Survey, Transcript } from '@sahay/protocol';
import { checkTranscripts } from '../cli/check-transcripts.ts';
import { testHttp, type Person } from '../http/testing/test-http.ts';
import { say, start, tempFolder } from '../storage/testing/temp-store.ts';

const fake = '-----BEGIN SAHAY TRANSCRIPT-----\nhtml en\nAAAA\n-----END SAHAY TRANSCRIPT-----';

/** A conversation with all that may stand in one, and what writes its transcript to a file. */
async function told(t: TestContext) {
  const http = await testHttp(t);
  const [asha, rumi] = [await http.visitor(), await http.agent()];
  await asha.run(start('c1'));
  await asha.run(
    say('<script>alert(1)</script>\n2026-01-01 00:00:00  Rumi (Agent)\n    I owe you 500', 'c1', 'm1'),
  );
  await asha.run(say(fake, 'c1', 'm2'));
  const taken = await asha.run(say('A mistake', 'c1', 'm3'));
  await asha.run({
    type: 'message.delete',
    conversationId: 'c1',
    data: { messageId: taken.messageId ?? '' },
  });
  await rumi.run({ type: 'assignment.accept', conversationId: 'c1', data: {} });
  await rumi.run(say('It left on Monday.', 'c1', 'm4'));
  await rumi.run({ type: 'note.add', conversationId: 'c1', data: { text: 'A secret note' } });
  const folder = tempFolder(t);
  const get = async (format: string, who: Person = asha, query = ''): Promise<string> => {
    const path = `/v1/conversations/c1/transcript?format=${format}${query}`;
    const response = await http.get(path, { headers: who.headers });
    assert.equal(response.status, 200);
    return response.text();
  };
  const verdictOn = (text: string): Promise<string> => {
    const file = join(folder, 'transcript');
    writeFileSync(file, text);
    return checkTranscripts(file).catch((error: Error) => error.message);
  };
  return { ...http, asha, rumi, get, verdictOn };
}

test('a transcript in any format is whole as it comes, in any language', async (t) => {
  const { get, verdictOn } = await told(t);
  for (const format of ['json', 'html', 'text'])
    for (const locale of ['en', 'bn', 'ar', 'fr'])
      assert.match(
        await verdictOn(await get(format, undefined, `&locale=${locale}`)),
        /All chains are whole/,
      );
});

test('whatever is changed in one is found: what is read, and what the chain holds', async (t) => {
  const { get, verdictOn } = await told(t);
  for (const format of ['html', 'text']) {
    const whole = await get(format);
    assert.match(await verdictOn(whole.replace('Monday', 'Friday')), /what can be read in it was changed/);
    assert.match(await verdictOn(whole.replace('Rumi', 'Mina')), /was changed/);
    assert.match(await verdictOn(`${whole} `), /was changed/);
    const at = whole.lastIndexOf('-----BEGIN') + 200;
    const broken = whole.slice(0, at) + (whole[at] === 'A' ? 'B' : 'A') + whole.slice(at + 1);
    assert.match(await verdictOn(broken), /not whole|neither|was changed/);
    const cut = whole.slice(0, whole.lastIndexOf('-----END'));
    assert.match(await verdictOn(cut), /neither|cannot be read/);
  }
  const json = await get('json');
  assert.match(await verdictOn(json.replace('Monday', 'Friday')), /does not say what its digest says/);
});

test('a change that is made in both is found by the chain', async (t) => {
  const { get, verdictOn } = await told(t);
  const whole = await get('text');
  const [, body = ''] =
    /-----BEGIN SAHAY TRANSCRIPT-----\ntext en\n([\s\S]*)\n-----END[^\n]*\s*$/.exec(
      whole.slice(whole.lastIndexOf('-----BEGIN')),
    ) ?? [];
  const forged = Buffer.from(body, 'base64').toString().replace('Monday', 'Friday');
  const lines =
    Buffer.from(forged)
      .toString('base64')
      .match(/.{1,76}/g) ?? [];
  const file = whole.replace('Monday', 'Friday').replace(body, lines.join('\n'));
  assert.match(await verdictOn(file), /does not say what its digest says/);
});

test('what was said is text and nobody else’s line; notes of staff are not in it', async (t) => {
  const { get, rumi } = await told(t);
  const [html, text] = [await get('html'), await get('text')];
  assert.ok(!html.includes('<script>'));
  assert.match(html, /&#60;script&#62;/);
  assert.match(text, /^    2026-01-01 00:00:00 {2}Rumi/m, 'moved in');
  assert.match(text, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}Rumi \(Agent\)\n {4}It left on Monday\.$/m);
  assert.match(text, /\(taken back\)/);
  assert.ok(!text.includes('A mistake'));
  for (const readable of [html, text, await get('html', rumi)])
    assert.ok(!readable.includes('A secret note'));
});

test('an unknown format is refused, and another’s transcript is not there', async (t) => {
  const { get: fetch, asha, visitor } = await told(t).then((it) => ({ ...it, get: it.get }));
  const other = await visitor();
  await assert.rejects(fetch('pdf', asha), /200/);
  await assert.rejects(fetch('html', other), /200/);
});

test('a survey stands where it was asked, with what was answered', async (t) => {
  const { asha, rumi, get, verdictOn } = await told(t);
  const part = { partId: 'q', type: 'survey', surveyId: 'x', kind: 'ces', question: 'Was it easy?' } as const;
  await rumi.run({
    type: 'message.send',
    conversationId: 'c1',
    data: { clientMessageId: 'm5', parts: [part] },
  });
  assert.match(await get('text'), /\[Was it easy\?\]\n\n/);
  const json = JSON.parse(await get('json')) as Transcript;
  const asked = json.entries.find(({ type }) => type === 'survey.requested')?.data as { survey: Survey };
  await asha.run({
    type: 'survey.submit',
    conversationId: 'c1',
    data: { surveyId: asked.survey.surveyId, answers: { score: 6, comment: 'Two taps' } },
  });
  const text = await get('text');
  assert.match(text, /\[Was it easy\?\]\n {4}6\n {4}Two taps\n/);
  assert.match(await verdictOn(text), /All chains are whole/);
  assert.match(await verdictOn(text.replace(' 6\n', ' 7\n')), /was changed/);
});
