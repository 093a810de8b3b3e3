import { randomUUID } from 'node:crypto';
import type { CommandDataMap, MessageMatches, MessagePage, Problem } from '@sahay/protocol';
import { problemKinds } from '@sahay/protocol';
import { validateMessagePage, validatorOf } from '@sahay/protocol/validate-ajv';
import type { Check } from '../check.ts';
import { must } from '../finding.ts';
import { commandOf, messageOf, type Person } from '../person.ts';
import { textOf } from '../said.ts';
import type { Answer } from '../wire/http-api.ts';

const historyPagesStable: Check = {
  id: 'history-pages-stable-under-write',
  section: '3.11',
  level: 'core',
  title: 'Pages of history do not shift while others write: all messages, once each, oldest first.',
  needs: { capabilities: ['history'] },
  async run(stage) {
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    const words = Array.from({ length: 7 }, (_, place) => `word ${place}`);
    for (const word of words) await visitor.says(word, conversationId);
    const path = `${stage.discovery.endpoints.api}/conversations/${conversationId}/messages?limit=3`;
    const pages: MessagePage[] = [];
    for (let before: string | undefined = ''; before !== undefined; before = pages.at(-1)?.earlier) {
      const answer = await visitor.ask(before === '' ? path : `${path}&before=${encodeURIComponent(before)}`);
      const verdict = validateMessagePage(answer.json);
      must(answer.status === 200 && verdict.valid, 'a page of messages', `${answer.status} ${answer.text}`);
      must(verdict.value.messages.length <= 3, 'at most the 3 messages asked for', verdict.value);
      pages.push(verdict.value);
      must(pages.length < 20, 'an end of the pages', `${pages.length} pages`);
      await visitor.says(`written between pages ${pages.length}`, conversationId);
    }
    const messages = pages.reverse().flatMap((page) => page.messages);
    const said = messages.filter(({ author }) => author.role === 'visitor').map(textOf);
    must(said.join() === words.join(), `the messages ${words.join(', ')}, once each`, said);
  },
};

const historyAround: Check = {
  id: 'history-around-message',
  section: '3.11',
  level: 'full',
  title:
    'A page around a message holds it, and leads on both ways to every other, once each, while others write.',
  needs: { capabilities: ['history_around'] },
  async run(stage) {
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    const ids: string[] = [];
    for (let place = 0; place < 9; place++) ids.push(await visitor.says(`word ${place}`, conversationId));
    const path = `${stage.discovery.endpoints.api}/conversations/${conversationId}/messages`;
    const page = async (query: Record<string, string>): Promise<MessagePage> => {
      const answer = await visitor.ask(`${path}?${new URLSearchParams({ limit: '3', ...query })}`);
      const verdict = validateMessagePage(answer.json);
      must(answer.status === 200 && verdict.valid, 'a page of messages', `${answer.status} ${answer.text}`);
      must(verdict.value.messages.length <= 3, 'at most the 3 messages asked for', verdict.value);
      return verdict.value;
    };
    const wanted = ids[4]!;
    const around = await page({ around: wanted });
    must(
      around.messages.some(({ id }) => id === wanted),
      `the message ${wanted}`,
      around,
    );
    const seen = [...around.messages];
    ids.push(await visitor.says('written meanwhile', conversationId));
    for (let { earlier } = around, turns = 0; earlier !== undefined; turns++) {
      const before = await page({ before: earlier });
      seen.unshift(...before.messages);
      earlier = before.earlier;
      must(turns < 20, 'an end of the pages before', `${turns} pages`);
    }
    for (let { later } = around, turns = 0; later !== undefined; turns++) {
      const after = await page({ after: later });
      seen.push(...after.messages);
      later = after.later;
      must(turns < 20, 'an end of the pages after', `${turns} pages`);
    }
    // Nobody else says anything that a check could foresee.
    const own = seen.filter(({ author }) => author.role === 'visitor').map(({ id }) => id);
    must(own.join() === ids.join(), `the messages ${ids.join(', ')}, once each`, own);
    const ask = (query: string): Promise<Answer> => visitor.ask(`${path}?${query}`);
    mustBeProblemAnswer(await ask('around=no-message'), 'for no message', 'message_not_found');
    mustBeProblemAnswer(await ask('after=no.cursor'), 'for a cursor that nobody gave', 'cursor_invalid');
    mustBeProblemAnswer(await ask(`around=${wanted}&after=1`), 'for two places at once', 'invalid_frame');
    const stranger = await stage.visitor();
    mustBeProblemAnswer(
      await stranger.ask(`${path}?around=${wanted}`),
      'for another’s conversation',
      'not_found',
    );
    const theirs = await stranger.begins();
    const foreign = await stranger.ask(
      `${stage.discovery.endpoints.api}/conversations/${theirs}/messages?around=${wanted}`,
    );
    mustBeProblemAnswer(foreign, 'for a message of another conversation', 'message_not_found');
  },
};

const validateMatches = validatorOf<MessageMatches>('MessageMatches');

const searchFindsWords: Check = {
  id: 'search-finds-words',
  section: '9.15',
  level: 'full',
  title: 'A search finds every message that says the words, in any case, once each, and nobody else’s.',
  needs: { capabilities: ['search'] },
  async run(stage) {
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    const wanted: string[] = [];
    for (const [place, word] of ['LÁMP', 'chair', 'A lámp', 'table', 'sofa', 'lámps'].entries()) {
      const id = await visitor.says(`${word} ${place}`, conversationId);
      if (/l[áÁ]mp/i.test(word)) wanted.push(id);
    }
    const path = `${stage.discovery.endpoints.api}/conversations/${conversationId}/search`;
    const found: string[] = [];
    let before: string | undefined;
    for (let pages = 1; ; pages++) {
      const query = new URLSearchParams({ q: 'lámp', ...(before !== undefined && { before }) });
      const answer = await visitor.ask(`${path}?${query}`);
      const verdict = validateMatches(answer.json);
      must(answer.status === 200 && verdict.valid, 'a page of matches', `${answer.status} ${answer.text}`);
      found.unshift(...verdict.value.matches.map(({ messageId }) => messageId));
      before = verdict.value.earlier;
      if (before === undefined) break;
      must(pages < 50, 'an end of the pages', `${pages} pages`);
    }
    must(found.join() === wanted.join(), `the messages ${wanted.join(', ')}, oldest first`, found);
    mustBeProblemAnswer(await visitor.ask(`${path}?q=%20`), 'for nothing to search for', 'invalid_frame');
    const long = await visitor.ask(`${path}?q=${'a'.repeat(201)}`);
    mustBeProblemAnswer(long, 'for more than 200 characters', 'invalid_frame');
    const lost = await visitor.ask(`${path}?q=a&before=no.cursor`);
    mustBeProblemAnswer(lost, 'for a cursor that nobody gave', 'cursor_invalid');
    const stranger = await stage.visitor();
    mustBeProblemAnswer(await stranger.ask(`${path}?q=lamp`), 'for another’s conversation', 'not_found');
  },
};

const validateProblem = validatorOf<Problem>('Problem');

function mustBeProblem(value: unknown, where: string, status?: number): Problem {
  const verdict = validateProblem(value);
  must(
    verdict.valid,
    `a problem document ${where}`,
    verdict.valid || `${verdict.error} in ${JSON.stringify(value)}`,
  );
  const { code, retryable } = verdict.value;
  const kind = Object.hasOwn(problemKinds, code)
    ? problemKinds[code as keyof typeof problemKinds]
    : undefined;
  must(kind?.retryable === retryable, `"${code}" to be ${kind?.retryable ? '' : 'not '}retryable`, value);
  must(
    status === undefined || verdict.value.status === status,
    `the status ${status} in the document too`,
    value,
  );
  return verdict.value;
}

function mustBeProblemAnswer({ headers, json, status, text }: Answer, where: string, code: string): void {
  const type = headers.get('content-type') ?? 'none';
  must(type.startsWith('application/problem+json'), `application/problem+json ${where}`, `${type}: ${text}`);
  const problem = mustBeProblem(json, where, status);
  must(problem.code === code, `"${code}" ${where}`, problem);
}

const problemJsonShape: Check = {
  id: 'problem-json-shape',
  section: '12.1',
  level: 'core',
  title:
    'Every refusal is a problem document with `code` and `retryable`, over HTTP and over the socket alike.',
  async run(stage) {
    const { api } = stage.discovery.endpoints;
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    const history = (id: string): string => `${api}/conversations/${id}/messages`;
    if (stage.can('history')) {
      mustBeProblemAnswer(await stage.api.ask(history(conversationId)), 'without a token', 'unauthenticated');
      mustBeProblemAnswer(
        await stage.api.ask(history(conversationId), { token: 'nonsense' }),
        'for a nonsense token',
        'token_invalid',
      );
      mustBeProblemAnswer(
        await visitor.ask(history(`c-${randomUUID()}`)),
        'for no conversation',
        'not_found',
      );
    }
    mustBeProblemAnswer(
      await stage.api.ask(`${api}/sessions/refresh`, { body: { refreshSecret: 'nonsense' } }),
      'for a nonsense secret',
      'token_invalid',
    );
    const refused = await visitor.give('message.send', messageOf(''), conversationId);
    must(refused.type === 'reject', 'an empty message to be refused', refused);
    mustBeProblem(refused.problem, 'over the connection');
    const peer = await visitor.peer();
    const from = peer.log.frames.length;
    peer.send(JSON.stringify({ type: 'subscribe', stream: 42 }));
    const { problem } = await peer.next('problem', () => true, { from });
    must(mustBeProblem(problem, 'for a frame').code === 'invalid_frame', '"invalid_frame"', problem);
  },
};

const mostCommands = 240;

const retryAfterHonoured: Check = {
  id: 'retry-after-honoured',
  section: '9.9',
  level: 'core',
  title: 'Who asks too often is told when to come again; then, the same number is taken.',
  async run(stage) {
    const visitor = await stage.visitor();
    const peer = await visitor.peer();
    const give = (n: number) => peer.command(visitor.outboxId, n, commandOf('command.void', {}));
    for (let n = 1; n <= mostCommands; n++) {
      const reply = await give(n);
      if (reply.type === 'ack') continue;
      const { problem } = reply;
      must(problem.code === 'rate_limited', 'acceptance, or `rate_limited`', problem);
      must(problem.retryable, 'a refusal that can be retried', problem);
      const { retryAfterMs } = problem;
      must(retryAfterMs !== undefined && retryAfterMs > 0, '`retryAfterMs` above zero', problem);
      must(retryAfterMs <= 60_000, 'a wait of a minute at most', problem);
      await stage.wait(retryAfterMs);
      const again = await give(n);
      must(again.type === 'ack', 'the same number to be accepted after the wait', again);
      return;
    }
    stage.note(`${mostCommands} commands in a row were not too many`);
  },
};

type Announced = CommandDataMap['attachment.create'];

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

async function announces(visitor: Person, conversationId: string, file: Announced): Promise<string> {
  const { result } = await visitor.does('attachment.create', file, conversationId);
  must(result.uploadUrl !== undefined, '`uploadUrl` in the result', result);
  return result.uploadUrl;
}

const attachmentSizeTypeEnforced: Check = {
  id: 'attachment-size-type-enforced',
  section: '11.2',
  level: 'full',
  title:
    'Files over the limit or of another type are refused, by announcement and by content, whatever is claimed.',
  needs: { capabilities: ['attachments'] },
  async run(stage) {
    const { maxAttachmentBytes, attachmentTypes } = stage.discovery.limits;
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    const file = (more: Partial<Announced> = {}): Announced => ({
      attachmentId: `f-${randomUUID()}`,
      name: 'dot.png',
      mediaType: 'image/png',
      size: png.length,
      ...more,
    });
    await visitor.isRefused(
      'attachment_too_large',
      'attachment.create',
      file({ size: maxAttachmentBytes + 1 }),
      conversationId,
    );
    const mediaType = 'application/x-conformance';
    await visitor.isRefused(
      'attachment_type_refused',
      'attachment.create',
      file({ mediaType }),
      conversationId,
    );
    if (!attachmentTypes.includes('image/png'))
      return stage.note('image/png is not accepted: no content was tried');

    const early = file();
    const uploadUrl = await announces(visitor, conversationId, early);
    const { attachmentId } = early;
    await visitor.isRefused('attachment_incomplete', 'attachment.complete', { attachmentId }, conversationId);
    const put = (url: string, body: Uint8Array) => visitor.ask(url, { method: 'PUT', body });
    const program = Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01\0'), Buffer.alloc(png.length - 8)]);
    const forged = await put(uploadUrl, program);
    must(forged.status >= 400 && forged.status < 500, 'a program to be refused as a picture', forged.status);
    mustBeProblem(forged.json, 'for a program');
    const longer = await put(
      await announces(visitor, conversationId, file()),
      Buffer.concat([png, Buffer.alloc(5000)]),
    );
    must(
      longer.status >= 400 && longer.status < 500,
      'more bytes than announced to be refused',
      longer.status,
    );
    const good = file();
    const stored = await put(await announces(visitor, conversationId, good), png);
    must(stored.status === 204, '204 for a picture as announced', `${stored.status} ${stored.text}`);
    await visitor.does('attachment.complete', { attachmentId: good.attachmentId }, conversationId);
  },
};

/** Earlier messages. */
export const historyChecks: readonly Check[] = [historyPagesStable, historyAround];
/** The search. */
export const searchChecks: readonly Check[] = [searchFindsWords];
/** Asking too often. */
export const rateChecks: readonly Check[] = [retryAfterHonoured];
/** Files. */
export const attachmentChecks: readonly Check[] = [attachmentSizeTypeEnforced];
/** Refusals. */
export const problemChecks: readonly Check[] = [problemJsonShape];
