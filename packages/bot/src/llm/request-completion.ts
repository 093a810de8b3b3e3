import { WriterError } from '../answer/writer.ts';
import { parseCompletionChunk, type CompletionChunk } from './completion-chunk.ts';
import type { ChatMessage } from './prompt.ts';
import { withoutRefused, type Parameters } from './request-parameters.ts';
import { serverSentData } from './server-sent-events.ts';

/** Where the LLM is. */
export interface CompletionsEndpoint {
  /** The whole address, such as `https://llm.example.com/v1/chat/completions`. */
  readonly url: string;
  readonly model: string;
  /** Sent as a bearer token. Keep it on a server: in a page every visitor could read it. */
  readonly key?: string;
  /** `globalThis.fetch` unless told. */
  readonly fetch?: typeof globalThis.fetch;
  /** Milliseconds without any sign of life after which the LLM is given up; 20,000 unless told. */
  readonly timeoutMs?: number;
}

const LONGEST_REPLY = 1_000_000;

/** Aborts when nothing has happened for a while; `alive()` starts the wait anew. */
class Watchdog {
  readonly #controller = new AbortController();
  readonly #timeoutMs: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
    this.alive();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  alive(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#controller.abort(), this.#timeoutMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

function hintFor(status: number): string {
  if (status === 401 || status === 403) return 'Check the key.';
  if (status === 404) return 'Check the address and the name of the model.';
  if (status === 429) return 'It is asked too often, or its quota is used up.';
  return status >= 500 ? 'Look at its log.' : 'Check the address and the model.';
}

/** What fetch says itself is always that it failed; why, such as `ECONNREFUSED`, stands in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  // Where several addresses were tried in vain, the message is empty.
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
  return `${error.message}: ${cause.message || code}`;
}

/** Throws what a chunk says went wrong. */
function check(chunk: CompletionChunk): void {
  if (chunk.error !== undefined)
    throw new WriterError('unavailable', `The LLM reported an error: ${chunk.error.slice(0, 300)}`);
  if (chunk.refusal !== '' || chunk.finishReason === 'content_filter') {
    throw new WriterError(
      'refused',
      `The LLM refused to answer${chunk.refusal === '' ? '.' : `: ${chunk.refusal.slice(0, 300)}`}`,
    );
  }
  if (chunk.finishReason === 'length') {
    throw new WriterError(
      'cut_off',
      'The LLM ran out of tokens before its answer was complete. Allow it more tokens.',
    );
  }
}

/** The statuses of a request that says something the endpoint does not take. */
const MISUNDERSTOOD = [400, 422];

/** What each endpoint turned out to take, so that it is asked in vain once. */
const learned = new WeakMap<CompletionsEndpoint, Parameters>();

type Post = (parameters: Parameters) => Promise<Response>;

/**
 * Posts a request; one that names a parameter this model does not take goes out again without it.
 *
 * @throws WriterError when the endpoint answers with anything but success
 */
async function ask(endpoint: CompletionsEndpoint, parameters: Parameters, post: Post): Promise<Response> {
  let asked = learned.get(endpoint) ?? parameters;
  for (;;) {
    const response = await post(asked);
    if (response.ok) {
      if (asked !== parameters) learned.set(endpoint, asked);
      return response;
    }
    const said = parseCompletionChunk(await readStart(response))?.error;
    const next = MISUNDERSTOOD.includes(response.status) && said ? withoutRefused(asked, said) : undefined;
    if (next === undefined) {
      const reason = said === undefined ? '' : ` (${said.slice(0, 300)})`;
      throw new WriterError(
        'unavailable',
        `The LLM answered with status ${response.status}${reason}. ${hintFor(response.status)}`,
      );
    }
    asked = next;
  }
}

async function readStart(response: Response): Promise<string> {
  const text = await response.text();
  return text.slice(0, LONGEST_REPLY);
}

async function* readReply(response: Response, alive: () => void): AsyncGenerator<string> {
  const isStream = response.headers.get('content-type')?.includes('text/event-stream') ?? false;
  if (!isStream || response.body === null) {
    const whole = parseCompletionChunk(await readStart(response));
    if (whole === undefined) {
      throw new WriterError(
        'bad_reply',
        'The LLM did not reply with a chat completion. Check that the address ends in /chat/completions.',
      );
    }
    check(whole);
    yield whole.text;
    return;
  }
  let isComplete = false;
  for await (const data of serverSentData(response.body)) {
    alive();
    if (data === '[DONE]') {
      isComplete = true;
      break;
    }
    const chunk = parseCompletionChunk(data);
    if (chunk === undefined)
      throw new WriterError('bad_reply', 'The LLM streamed something that is no chat completion.');
    check(chunk);
    if (chunk.finishReason !== undefined) isComplete = true;
    if (chunk.text !== '') yield chunk.text;
  }
  if (!isComplete) throw new WriterError('cut_off', 'The LLM broke off in the middle of its answer.');
}

/**
 * Asks for a streamed chat completion and yields its text. An endpoint that does not stream is understood as well.
 *
 * @param messages what is said to the model
 * @param parameters how it shall write; what it does not take is left out
 * @throws WriterError for whatever goes wrong; the signal's reason when the caller stops
 */
export async function* requestCompletion(
  endpoint: CompletionsEndpoint,
  messages: readonly ChatMessage[],
  parameters: Parameters,
  signal?: AbortSignal,
): AsyncGenerator<string> {
  const { url, model, key, timeoutMs = 20_000 } = endpoint;
  const send = endpoint.fetch ?? globalThis.fetch;
  const watchdog = new Watchdog(timeoutMs);
  let hasBegun = false;
  try {
    const response = await ask(endpoint, parameters, (asked) =>
      send(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        },
        body: JSON.stringify({ model, stream: true, messages, ...asked }),
        signal: signal === undefined ? watchdog.signal : AbortSignal.any([signal, watchdog.signal]),
      }),
    );
    watchdog.alive();
    for await (const text of readReply(response, () => watchdog.alive())) {
      hasBegun = true;
      yield text;
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof WriterError) throw error;
    if (watchdog.signal.aborted) {
      throw new WriterError('timeout', `The LLM was silent for ${timeoutMs} ms, so it was given up.`, {
        cause: error,
      });
    }
    const reason = reasonOf(error);
    throw hasBegun
      ? new WriterError('cut_off', `The LLM broke off in the middle of its answer (${reason}).`, {
          cause: error,
        })
      : new WriterError(
          'unavailable',
          `The LLM cannot be reached (${reason}). Check the address and that it runs.`,
          { cause: error },
        );
  } finally {
    watchdog.stop();
  }
}
