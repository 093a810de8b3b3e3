import { SahayError } from '@sahay/client';
import type { ErrorCode, Participant, Problem } from '@sahay/protocol';

/** An access token with who it stands for. */
export interface AgentToken {
  accessToken: string;
  participant: Participant;
}

/** The sign-in code that came with the address, taken out of it: it must not stay in the bar, the history or a screenshot. */
export function takeSignInCode(location: Location, history: History): string | undefined {
  const code = new URLSearchParams(location.hash.slice(1)).get('sign-in') ?? undefined;
  if (code !== undefined) history.replaceState(null, '', location.pathname + location.search);
  return code;
}

/** The agent's session: a cookie that scripts cannot read, exchanged for short-lived access tokens. */
export class AgentSession {
  readonly #fetch: typeof fetch;

  constructor(fetchIt: typeof fetch = (input, init) => fetch(input, init)) {
    this.#fetch = fetchIt;
  }

  /**
   * Consumes a one-time code.
   *
   * @throws SahayError `token_invalid` when the code does not work any more, `network` when the server cannot be reached
   */
  async signIn(code: string, name: string): Promise<void> {
    await this.#post('/v1/agents/sign-in', { code, ...(name && { name }) });
  }

  /** A fresh access token; `undefined` when nobody is signed in. */
  async token(): Promise<AgentToken | undefined> {
    try {
      return (await (await this.#post('/v1/agents/token')).json()) as AgentToken;
    } catch (error) {
      const nobody: readonly string[] = ['unauthenticated', 'token_invalid', 'token_expired', 'forbidden'];
      if (error instanceof SahayError && nobody.includes(error.code)) return undefined;
      throw error;
    }
  }

  /** Ends the session. */
  async signOut(): Promise<void> {
    await this.#post('/v1/agents/sign-out');
  }

  async #post(path: string, body: unknown = {}): Promise<Response> {
    let response: Response;
    try {
      response = await this.#fetch(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        credentials: 'same-origin',
      });
    } catch (cause) {
      throw new SahayError('network', 'The server cannot be reached. Check that it runs, then try again.', {
        retryable: true,
        cause,
      });
    }
    if (!response.ok) throw await refusal(response);
    return response;
  }
}

async function refusal(response: Response): Promise<SahayError> {
  const found: unknown = await response.json().catch(() => undefined);
  const problem = isProblem(found) ? found : undefined;
  const code = (problem?.code ?? (response.status === 401 ? 'unauthenticated' : 'internal')) as ErrorCode;
  const detail = problem?.detail ?? problem?.title ?? `The server answered ${response.status}.`;
  return new SahayError(code, detail, { retryable: response.status >= 500, problem });
}

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string';
