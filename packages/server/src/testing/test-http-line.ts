import type { ClientFrame, FramesAnswer, PollAnswer, Problem } from '@sahay/protocol';
import { validatorOf } from '@sahay/protocol/validate-ajv';
import { TestLine } from './test-line.ts';

const validateAnswer = validatorOf<FramesAnswer>('FramesAnswer');
const validatePolled = validatorOf<PollAnswer>('PollAnswer');

/** How the server refused a request. */
export class Refused extends Error {
  readonly status: number;
  readonly problem: Problem;
  constructor(status: number, problem: Problem) {
    super(`${status} ${problem.code}`);
    this.status = status;
    this.problem = problem;
  }
}

/** Posts JSON with a token. @throws Refused */
export async function post(
  url: string,
  token: string,
  body: unknown,
  signal?: AbortSignal,
): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Refused(response.status, answer as Problem);
  return answer;
}

/** Posts frames. @throws Refused */
export async function postFrames(
  url: string,
  token: string,
  frames: readonly unknown[],
  connection?: string,
): Promise<FramesAnswer['frames']> {
  const answer = await post(`${url}/v1/frames`, token, { frames, connection });
  const verdict = validateAnswer(answer);
  if (!verdict.valid) throw new Error(`An invalid answer (${verdict.error}): ${JSON.stringify(answer)}`);
  return verdict.value.frames;
}

/** What both kinds of HTTP client do: speak by posting. */
abstract class TestHttpLine extends TestLine {
  readonly url: string;
  token: string;
  readonly closed: Promise<{ code: number; reason: string }>;
  protected readonly stop = new AbortController();
  protected isClosed = false;
  #resolve!: (closed: { code: number; reason: string }) => void;
  #posting: Promise<void> = Promise.resolve();

  constructor(url: string, token: string) {
    super();
    this.url = url;
    this.token = token;
    this.closed = new Promise((resolve) => (this.#resolve = resolve));
  }

  get connection(): string | undefined {
    return this.frames.find((frame) => frame.type === 'welcome')?.connection;
  }

  protected ended(code: number, reason = ''): void {
    this.isClosed = true;
    this.#resolve({ code, reason });
    this.wake();
  }

  send(frame: ClientFrame): void {
    this.#posting = this.#posting.then(async () => {
      try {
        for (const answer of await postFrames(this.url, this.token, [frame], this.connection))
          this.heard(answer);
        if (frame.type === 'token') this.token = frame.token;
      } catch (error) {
        if (!this.isClosed) throw error;
      }
    });
  }

  close(): void {
    this.isClosed = true;
    this.stop.abort();
  }
}

/** A wire client that reads the event stream. */
export class TestEvents extends TestHttpLine {
  /** Every id that came, with the type of its frame. */
  readonly ids: { id: string; type: string }[] = [];
  /** Comments that came. */
  comments = 0;
  contentType = '';

  /** A stream on which welcome was heard. */
  static async open(
    url: string,
    token: string,
    query = '',
    headers: Record<string, string> = {},
  ): Promise<TestEvents> {
    const line = new TestEvents(url, token);
    const response = await fetch(`${url}/v1/events${query}`, {
      headers: { authorization: `Bearer ${token}`, ...headers },
      signal: line.stop.signal,
    });
    if (!response.ok) throw new Refused(response.status, (await response.json()) as Problem);
    line.contentType = response.headers.get('content-type') ?? '';
    void line.#read(response.body!);
    await line.next('welcome');
    return line;
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    let text = '';
    try {
      for await (const chunk of body.pipeThrough(
        new TextDecoderStream() as never,
      ) as unknown as AsyncIterable<string>) {
        const blocks = (text + chunk).split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) this.#take(block);
      }
      if (!this.isClosed) this.ended(1006);
    } catch {
      if (!this.isClosed) this.ended(1006);
    }
  }

  #take(block: string): void {
    const fields = new Map<string, string>();
    for (const line of block.split('\n')) {
      const colon = line.indexOf(':');
      fields.set(line.slice(0, colon), line.slice(colon + 1).trimStart());
    }
    if (fields.has('')) this.comments++;
    const data = fields.get('data');
    if (data === undefined) return;
    const value = JSON.parse(data) as { type: string; code: number; reason: string };
    if (fields.get('event') === 'close') return this.ended(value.code, value.reason);
    const id = fields.get('id');
    if (id !== undefined) this.ids.push({ id, type: value.type });
    this.heard(value);
  }
}

/** A wire client that polls. */
export class TestPoll extends TestHttpLine {
  cursor = 0;
  answers: PollAnswer[] = [];

  /** Polls that go on until it is closed; welcome was heard. */
  static async open(
    url: string,
    token: string,
    { isRunning = true, waitMs = 5_000 } = {},
  ): Promise<TestPoll> {
    const line = new TestPoll(url, token);
    await line.poll(0);
    if (isRunning) void line.#run(waitMs);
    return line;
  }

  async #run(waitMs: number): Promise<void> {
    try {
      while (!this.isClosed) await this.poll(waitMs);
    } catch (error) {
      if (!this.isClosed) this.ended(1006, String(error));
    }
  }

  /** Asks once. */
  async poll(waitMs: number): Promise<PollAnswer> {
    const { connection, cursor } = this;
    const body = { connection, ...(connection && { cursor }), waitMs };
    const answer = await post(`${this.url}/v1/poll`, this.token, body, this.stop.signal);
    const verdict = validatePolled(answer);
    if (!verdict.valid) throw new Error(`An invalid answer (${verdict.error}): ${JSON.stringify(answer)}`);
    const { frames, close } = verdict.value;
    this.cursor = verdict.value.cursor;
    this.answers.push(verdict.value);
    for (const frame of frames) this.heard(frame);
    if (close) this.ended(close.code, close.reason);
    return verdict.value;
  }
}
