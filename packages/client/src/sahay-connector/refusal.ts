import type { ErrorCode, Problem } from '@sahay/protocol';
import { errorOf } from '../error-of.ts';
import { SahayError } from '../sahay-error.ts';

/** The error that an answer which is no success stands for. Loaded when there is one. */
export async function refusalOf(response: Response): Promise<SahayError> {
  const body: unknown = await response.json().catch(() => undefined);
  if (isProblem(body)) return errorOf(body);
  const { status } = response;
  const seconds = Number(response.headers.get('retry-after'));
  return new SahayError(
    codes[status] ?? (status < 500 ? 'invalid_command' : 'internal'),
    `The server answered ${status}.`,
    {
      retryable: status >= 500 || status === 429,
      retryAfterMs: seconds > 0 ? seconds * 1000 : undefined,
    },
  );
}

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
