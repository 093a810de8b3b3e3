import type { ErrorCode, Problem } from '@sahay/protocol';
import { errorOf } from '../error-of.ts';
import { SahayError } from '../sahay-error.ts';

/** The error that an answer which is no success stands for. Loaded when there is one. */
export async function refusalOf(response: Response): Promise<SahayError> {
  const body: unknown = await response.json().catch(() => undefined);
  // What stands between may have said it in the header alone.
  const asked = waitOf((isProblem(body) ? body.retryAfterMs : undefined) ?? retryAfter(response));
  if (isProblem(body)) return errorOf({ ...body, retryAfterMs: asked });
  const { status } = response;
  return new SahayError(
    codes[status] ?? (status < 500 ? 'invalid_command' : 'internal'),
    `The server answered ${status}.`,
    {
      retryable: status >= 500 || status === 429,
      retryAfterMs: asked,
    },
  );
}

/** Longer than this nobody is kept away, in ms: what asks for it may be a proxy, and a timer cannot wait for longer than 24 days. */
const longestWaitMs = 900_000;

/** How long an answer asks to wait, in ms: a number of seconds, or until a moment by the server's own clock. */
function retryAfter({ headers }: Response): number | undefined {
  const text = headers.get('retry-after') ?? '';
  const ms = /^\d+$/.test(text)
    ? Number(text) * 1000
    : Date.parse(text) - (Date.parse(headers.get('date') ?? '') || Date.now());
  return ms > 0 ? ms : undefined;
}

const waitOf = (ms: number | undefined): number | undefined => ms && Math.min(ms, longestWaitMs);

const codes: Record<number, ErrorCode> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  429: 'rate_limited',
};

function isProblem(body: unknown): body is Problem {
  const { code, title } = (body ?? {}) as Partial<Record<keyof Problem, unknown>>;
  return typeof code === 'string' && typeof title === 'string';
}
