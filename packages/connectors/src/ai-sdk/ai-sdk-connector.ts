import type { Capability, Message, Welcome } from '@sahay/protocol';
import { turnConnector, type TurnConnector, type TurnContext, type TurnPiece } from '@sahay/client/connector';
import { ChunkReader, type Chunk } from './pieces.ts';
import { serverSentData } from './sse.ts';

/** How to reach an AI SDK endpoint. */
export interface AiSdkConnectorOptions {
  /** The endpoint that streams, such as `/api/chat`; relative to the page in a browser. */
  api: string;
  /** Headers for each request, for example an authorization; a function is asked each time. */
  headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>);
  /** More fields for the request's body. */
  body?: Record<string, unknown>;
  /** Sent with the request; default `same-origin`. */
  credentials?: RequestCredentials;
  /** What the window shows before anything is said. */
  welcome?: (locale: string) => Welcome | Promise<Welcome>;
  /** Default: the global `fetch`. */
  fetch?: typeof fetch;
}

const capabilities: ReadonlySet<Capability> = new Set<Capability>(['streaming', 'cancel', 'regenerate']);

/**
 * A connector to any endpoint that speaks the AI SDK's UI message stream, version 1
 * (`createUIMessageStreamResponse`, `streamText(…)`; `x-vercel-ai-ui-message-stream: v1`).
 *
 * The log is kept by the client. Delivery is at-most-once: a request that broke off is never repeated by itself,
 * because the endpoint may have acted already; the visitor is shown that it failed and may retry.
 *
 * @example
 * const client = createSupportClient({ connector: aiSdkConnector({ api: '/api/chat' }) });
 */
export function aiSdkConnector(options: AiSdkConnectorOptions): TurnConnector {
  return turnConnector({
    name: 'ai-sdk',
    delivery: 'at-most-once',
    capabilities: () => capabilities,
    ...(options.welcome && {
      welcome: async (locale: string) => options.welcome?.(locale) as Promise<Welcome>,
    }),
    respond: (messages, signal, context) => respond(options, messages, signal, context),
  });
}

async function* respond(
  options: AiSdkConnectorOptions,
  messages: readonly Message[],
  signal: AbortSignal,
  context: TurnContext,
): AsyncGenerator<TurnPiece, void, undefined> {
  const { api, body, credentials = 'same-origin', fetch: fetcher = fetch } = options;
  const headers = new Headers(
    typeof options.headers === 'function' ? await options.headers() : options.headers,
  );
  headers.set('content-type', 'application/json');
  const said = messages
    .filter((message) => message.author.role !== 'system')
    .map(uiMessage)
    // One of quick replies alone, or an answer that failed before its first word, would make the AI SDK refuse the whole.
    .filter(({ parts }) => parts.length > 0);
  const response = await fetcher(api, {
    method: 'POST',
    headers,
    credentials,
    signal,
    body: JSON.stringify({
      ...body,
      id: context.conversationId,
      messages: said,
      trigger: context.instead ? 'regenerate-message' : 'submit-message',
      messageId: context.instead ?? messages.at(-1)?.id,
    }),
  });
  if (!response.ok || !response.body) {
    yield {
      type: 'failed',
      reason: `The answer service said ${response.status} ${response.statusText}`.trim() + '.',
    };
    return;
  }
  yield* pieces(response.body);
}

const notAStream = 'The answer service sent something that is not a UI message stream.';

async function* pieces(body: ReadableStream<Uint8Array>): AsyncGenerator<TurnPiece, void, undefined> {
  const reader = new ChunkReader();
  let finished = false;
  let said = false;
  for await (const data of serverSentData(body)) {
    said = true;
    if (data === '[DONE]') return;
    const chunk = parse(data);
    if (!chunk) {
      yield { type: 'failed', reason: notAStream };
      return;
    }
    if (chunk.type === 'finish') finished = true;
    for (const piece of reader.read(chunk)) {
      yield piece;
      if (piece.type === 'failed') return;
    }
  }
  // Neither `finish` nor `[DONE]`: the producer died, and half an answer must not pass for a whole one.
  if (!finished) yield { type: 'failed', reason: said ? 'The answer broke off.' : notAStream };
}

function parse(data: string): Chunk | undefined {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
      ? (value as Chunk)
      : undefined;
  } catch {
    return undefined;
  }
}

/** A message as the AI SDK writes it; of parts it only takes those it knows. */
function uiMessage(message: Message): { id: string; role: string; parts: object[] } {
  const parts = message.parts.flatMap((part): object[] => {
    if (part.type === 'text') return part.text ? [{ type: 'text', text: part.text }] : [];
    const { type } = part;
    if ((type === 'image' || type === 'file' || type === 'audio' || type === 'video') && part.url)
      return [{ type: 'file', mediaType: part.mediaType, url: part.url, filename: part.name }];
    return [];
  });
  return { id: message.id, role: message.author.role === 'visitor' ? 'user' : 'assistant', parts };
}
