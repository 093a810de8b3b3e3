import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, test } from 'node:test';
import {
  convertToModelMessages,
  createUIMessageStream,
  pipeUIMessageStreamToResponse,
  simulateReadableStream,
  streamText,
  type UIMessage,
  type UIMessageStreamWriter,
} from 'ai';
import { MockLanguageModelV3 } from 'ai/test';
import type { Message, Part } from '@sahay/protocol';
import type { TurnPiece } from '@sahay/client/connector';
import { aiSdkConnector } from './index.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

type Body = { id: string; messages: UIMessage[]; trigger: string };

/** Serves one endpoint over real HTTP. */
async function serve(
  answer: (body: Body, response: ServerResponse, request: IncomingMessage) => unknown,
): Promise<string> {
  server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      await answer(JSON.parse(Buffer.concat(chunks).toString()) as Body, response, request);
    })();
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/chat`;
}

const question = (text: string): Message[] => [
  {
    id: 'm1',
    conversationId: 'c1',
    author: { id: 'v1', role: 'visitor' },
    status: 'complete',
    parts: [{ partId: 'p', type: 'text', text }],
    createdAt: '2026-01-01T00:00:00Z',
  },
];

async function ask(
  api: string,
  text = 'Hello?',
  signal = new AbortController().signal,
): Promise<TurnPiece[]> {
  const pieces: TurnPiece[] = [];
  const connector = aiSdkConnector({ api, headers: { authorization: 'Bearer x' }, body: { model: 'small' } });
  for await (const piece of connector.respond(question(text), signal, { conversationId: 'c1', locale: 'en' }))
    pieces.push(piece);
  return pieces;
}

const textOf = (pieces: TurnPiece[]): string =>
  pieces.map((piece) => (piece.type === 'text-delta' ? piece.text : '')).join('');

test('streams what streamText says, and sends the conversation in the shape the AI SDK reads', async () => {
  let seen: { body: Body; prompt: string; authorization: string | undefined } | undefined;
  const api = await serve(async (body, response, request) => {
    const prompt = await convertToModelMessages(body.messages);
    seen = { body, prompt: JSON.stringify(prompt), authorization: request.headers.authorization };
    const model = new MockLanguageModelV3({
      doStream: {
        stream: simulateReadableStream({
          chunks: [
            { type: 'text-start', id: 't 1' },
            { type: 'text-delta', id: 't 1', delta: 'নম' },
            { type: 'text-delta', id: 't 1', delta: 'স্কার **you**' },
            { type: 'text-end', id: 't 1' },
            {
              type: 'finish',
              finishReason: { unified: 'stop', raw: 'stop' },
              usage: {
                inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
                outputTokens: { total: 1, text: 1, reasoning: 0 },
              },
            },
          ],
        }),
      },
    });
    streamText({ model, messages: prompt }).pipeUIMessageStreamToResponse(response);
  });
  const pieces = await ask(api, 'Where is my order?');
  assert.equal(textOf(pieces), 'নমস্কার **you**');
  assert.deepEqual(pieces[0], {
    type: 'part',
    part: { partId: 'text-1', type: 'text', text: '', format: 'markdown' },
  });
  assert.equal(seen?.authorization, 'Bearer x');
  assert.equal(seen?.body.id, 'c1');
  assert.match(seen?.prompt ?? '', /"role":"user".*Where is my order\?/);
});

test('carries reasoning, sources, files, tools and data parts', async () => {
  const api = await serve((_body, response) => {
    const stream = createUIMessageStream({
      execute: ({ writer }) => {
        writer.write({ type: 'start' });
        writer.write({ type: 'reasoning-start', id: 'r' });
        writer.write({ type: 'reasoning-delta', id: 'r', delta: 'hm' });
        writer.write({ type: 'reasoning-end', id: 'r' });
        writer.write({ type: 'tool-input-start', toolCallId: 'call/1', toolName: 'lookup' });
        writer.write({ type: 'tool-output-error', toolCallId: 'call/1', errorText: 'no such order' });
        writer.write({ type: 'source-url', sourceId: 's', url: 'https://example.com/a', title: 'Article' });
        writer.write({ type: 'file', url: 'https://example.com/a.png', mediaType: 'image/png' });
        writer.write({ type: 'data-weather', id: 'w', data: { fallbackText: '21 °C' } });
        writer.write({ type: 'data-secret', data: { no: 'text' } });
        writer.write({ type: 'finish' });
      },
    });
    pipeUIMessageStreamToResponse({ response, stream });
  });
  const parts = (await ask(api)).flatMap((piece) => (piece.type === 'part' ? [piece.part] : []));
  assert.deepEqual(
    parts.map((part) => [part.partId, part.type]),
    [
      ['reasoning-1', 'reasoning'],
      ['tool-2', 'tool_status'],
      ['tool-2', 'tool_status'],
      ['source-3', 'citation'],
      ['file-4', 'image'],
      ['data-weather-5', 'x-weather'],
    ],
  );
  const tool = parts[2];
  assert.equal(
    tool?.type === 'tool_status' && `${tool.name} ${tool.state} ${tool.detail}`,
    'lookup failed no such order',
  );
});

/** What stands in the message in the end, as the client puts the pieces together. */
function messageOf(pieces: TurnPiece[]): string[] {
  const parts = new Map<string, string>();
  for (const piece of pieces) {
    if (piece.type === 'part-removed') parts.delete(piece.partId);
    else if (piece.type === 'text-delta')
      parts.set(piece.partId, `${parts.get(piece.partId) ?? ''}${piece.text}`);
    else if (piece.type === 'part') parts.set(piece.part.partId, summary(piece.part));
  }
  return [...parts.values()];
}

function summary(part: Part): string {
  if (part.type === 'tool_status') return `${part.name} ${part.state}`;
  return part.type === 'text' || part.type === 'reasoning'
    ? part.text
    : String(part.fallbackText ?? part.type);
}

async function streamed(write: (writer: UIMessageStreamWriter) => void): Promise<TurnPiece[]> {
  const api = await serve((_body, response) =>
    pipeUIMessageStreamToResponse({
      response,
      stream: createUIMessageStream({ execute: ({ writer }) => write(writer) }),
    }),
  );
  return ask(api);
}

test('steps that use the same id again add to what was said before', async () => {
  const pieces = await streamed((writer) => {
    for (const delta of ['Let me look. ', 'It is on its way.']) {
      writer.write({ type: 'start-step' });
      writer.write({ type: 'text-start', id: 'txt-0' });
      writer.write({ type: 'text-delta', id: 'txt-0', delta });
      writer.write({ type: 'text-end', id: 'txt-0' });
      writer.write({ type: 'finish-step' });
    }
    writer.write({ type: 'data-note', data: { fallbackText: 'one' } });
    writer.write({ type: 'data-note', data: { fallbackText: 'two' } });
    writer.write({ type: 'data-note', id: 'n', data: { fallbackText: 'three' } });
    writer.write({ type: 'data-note', id: 'n', data: { fallbackText: 'three, corrected' } });
    writer.write({ type: 'finish' });
  });
  assert.deepEqual(messageOf(pieces), [
    'Let me look. ',
    'It is on its way.',
    'one',
    'two',
    'three, corrected',
  ]);
});

test('a step that is tried again takes back what it said, and nothing of those before', async () => {
  const pieces = await streamed((writer) => {
    writer.write({ type: 'start-step' });
    writer.write({ type: 'text-start', id: '0' });
    writer.write({ type: 'text-delta', id: '0', delta: 'Stays.' });
    writer.write({ type: 'text-end', id: '0' });
    writer.write({ type: 'finish-step' });
    writer.write({ type: 'start-step' });
    writer.write({ type: 'text-start', id: '0' });
    writer.write({ type: 'text-delta', id: '0', delta: 'Half a sen' });
    writer.write({ type: 'tool-input-start', toolCallId: 't', toolName: 'lookup' });
    writer.write({ type: 'reset-step' });
    writer.write({ type: 'text-start', id: '0' });
    writer.write({ type: 'text-delta', id: '0', delta: 'A whole sentence.' });
    writer.write({ type: 'text-end', id: '0' });
    writer.write({ type: 'finish' });
  });
  assert.deepEqual(messageOf(pieces), ['Stays.', 'A whole sentence.']);
});

test('a tool runs until its last output, and goes on or not as it was approved', async () => {
  const pieces = await streamed((writer) => {
    for (const toolCallId of ['a', 'b', 'c'])
      writer.write({ type: 'tool-input-available', toolCallId, toolName: toolCallId, input: {} });
    writer.write({ type: 'tool-output-available', toolCallId: 'a', output: 1, preliminary: true });
    writer.write({ type: 'tool-approval-request', toolCallId: 'b', approvalId: 'ok' });
    writer.write({ type: 'tool-approval-request', toolCallId: 'c', approvalId: 'no' });
    writer.write({ type: 'tool-approval-response', approvalId: 'ok', approved: true });
    writer.write({ type: 'tool-approval-response', approvalId: 'no', approved: false });
    writer.write({ type: 'finish' });
  });
  assert.deepEqual(messageOf(pieces), ['a running', 'b running', 'c denied']);
});

test('another answer is asked for as the AI SDK does', async () => {
  let sent: Record<string, unknown> = {};
  const api = await serve((body, response) => {
    sent = body;
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end('data: [DONE]\n\n');
  });
  const about = { conversationId: 'c1', locale: 'en', instead: 'm2' };
  await Array.fromAsync(
    aiSdkConnector({ api }).respond(question('Hello?'), new AbortController().signal, about),
  );
  assert.deepEqual([sent['trigger'], sent['messageId']], ['regenerate-message', 'm2']);
});

test('messages without anything the AI SDK knows are left out of what is sent', async () => {
  let sent: UIMessage[] = [];
  const api = await serve((body, response) => {
    sent = body.messages;
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end('data: [DONE]\n\n');
  });
  const [first] = question('Hello?');
  assert.ok(first);
  const failed: Message = {
    ...first,
    id: 'm0',
    author: { id: 'b', role: 'bot' },
    status: 'failed',
    parts: [],
  };
  const asks: Message = {
    ...failed,
    id: 'm2',
    status: 'complete',
    parts: [
      { partId: 't', type: 'text', text: '' },
      { partId: 'q', type: 'quick_replies', options: [] },
    ],
  };
  const about = { conversationId: 'c1', locale: 'en' };
  const signal = new AbortController().signal;
  await Array.fromAsync(aiSdkConnector({ api }).respond([first, failed, asks], signal, about));
  assert.deepEqual(
    sent.map(({ id }) => id),
    ['m1'],
  );
});

test('an error of the producer fails the answer with its text', async () => {
  const api = await serve((_body, response) => {
    const stream = createUIMessageStream({
      execute: ({ writer }) => {
        writer.write({ type: 'text-start', id: 't' });
        writer.write({ type: 'text-delta', id: 't', delta: 'Half' });
        throw new Error('model fell over');
      },
      onError: () => 'The model is not available.',
    });
    pipeUIMessageStreamToResponse({ response, stream });
  });
  assert.deepEqual((await ask(api)).at(-1), { type: 'failed', reason: 'The model is not available.' });
});

test('a producer that dies halfway fails the answer instead of passing half for whole', async () => {
  const api = await serve((_body, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(
      'data: {"type":"text-start","id":"t"}\n\ndata: {"type":"text-delta","id":"t","delta":"Half"}\n\n',
    );
    response.end();
  });
  assert.deepEqual((await ask(api)).at(-1), { type: 'failed', reason: 'The answer broke off.' });
});

test('a refusal and a stream of another kind fail with words', async () => {
  const busy = await serve((_body, response) => response.writeHead(503).end());
  assert.deepEqual(await ask(busy), [
    { type: 'failed', reason: 'The answer service said 503 Service Unavailable.' },
  ]);
  server?.close();
  const html = await serve((_body, response) => response.writeHead(200).end('data: <html>\n\n'));
  assert.match(JSON.stringify(await ask(html)), /not a UI message stream/);
  server?.close();
  const page = await serve((_body, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title>'),
  );
  assert.match(JSON.stringify(await ask(page)), /not a UI message stream/);
});

test('stopping reaches the server and ends the iteration with the reason of the signal', async () => {
  const closed = Promise.withResolvers<void>();
  const api = await serve((_body, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: {"type":"text-start","id":"t"}\n\n');
    response.on('close', () => closed.resolve());
  });
  const stop = new AbortController();
  const connector = aiSdkConnector({ api });
  const reading = (async () => {
    for await (const piece of connector.respond(question('go'), stop.signal, {
      conversationId: 'c1',
      locale: 'en',
    }))
      if (piece.type === 'part') stop.abort(new Error('enough'));
  })();
  await assert.rejects(reading, /enough/);
  await closed.promise;
});

test('events split at any byte, in any script, arrive whole', async () => {
  const wire = Buffer.from(
    'data: {"type":"text-start","id":"t"}\r\n\r\n: ping\n\ndata: {"type":"text-delta","id":"t","delta":"মাত্রা 🎈"}\n\ndata: {"type":"finish"}\n\ndata: [DONE]\n\n',
  );
  const api = await serve(async (_body, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const byte of wire) {
      response.write(Buffer.of(byte));
      await new Promise(setImmediate);
    }
    response.end();
  });
  assert.equal(textOf(await ask(api)), 'মাত্রা 🎈');
});
