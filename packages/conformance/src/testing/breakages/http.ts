import type { Breakage } from '../breakage.ts';
import type { PlainRequest, PlainResponse, Seams } from '../../reference/seams.ts';

/** Changes answers on their way out. */
const answers =
  (change: (request: PlainRequest, response: PlainResponse) => PlainResponse) => (): Partial<Seams> => ({
    request: (request, sound) => change(request, sound()),
  });

/** An HTTP interface that is not quite one, and versions and limits that do not hold. */
export const httpBreakages: readonly Breakage[] = [
  {
    check: 'discovery-document',
    what: 'the limits are left out',
    seams: answers(({ url }, response) => {
      if (url.pathname !== '/.well-known/sahay') return response;
      const { limits: _limits, ...body } = response.body as Record<string, unknown>;
      return { ...response, body };
    }),
  },
  {
    check: 'version-selected',
    what: 'the first version offered is taken, known or not',
    seams: () => ({
      chooseProtocol: (offered) => offered[0] ?? false,
      refuseProtocol: () => undefined,
    }),
  },
  {
    check: 'version-none-common',
    what: 'every version is spoken',
    seams: () => ({ refuseProtocol: () => undefined }),
  },
  {
    check: 'capability-absent-refused',
    what: 'what is not known is accepted and forgotten',
    seams: () => ({
      outgoing: (frame) => {
        if (frame.type !== 'reject' || frame.problem.code !== 'capability_absent') return [frame];
        const { problem: _problem, ...rest } = frame;
        return [{ ...rest, type: 'ack', result: {} }];
      },
    }),
  },
  {
    check: 'capability-absent-refused',
    what: 'an unknown command is no command at all',
    seams: () => ({
      outgoing: (frame) => {
        if (frame.type !== 'reject' || frame.problem.code !== 'unknown_command') return [frame];
        return [{ ...frame, problem: { ...frame.problem, code: 'internal', retryable: true } }];
      },
    }),
  },
  {
    check: 'history-pages-stable-under-write',
    what: 'pages are counted from the end',
    seams: () => ({
      request: ({ url }, sound) => {
        const before = url.searchParams.get('before');
        if (before !== null) url.searchParams.set('before', String(Number(before) + 1));
        return sound();
      },
    }),
  },
  {
    check: 'history-around-message',
    what: 'the page after a place is the one before it',
    seams: () => ({
      request: ({ url }, sound) => {
        const after = url.searchParams.get('after');
        if (after !== null && /^\d/.test(after)) {
          url.searchParams.delete('after');
          url.searchParams.set('before', after);
        }
        return sound();
      },
    }),
  },
  {
    check: 'history-around-message',
    what: 'what it should be around is not looked at',
    seams: () => ({
      request: ({ url }, sound) => {
        url.searchParams.delete('around');
        return sound();
      },
    }),
  },
  {
    check: 'search-finds-words',
    what: 'capital letters are not found by small ones',
    seams: () => ({
      request: ({ url }, sound) => {
        const answer = sound();
        if (!url.pathname.endsWith('/search') || !url.searchParams.has('before')) return answer;
        // The first of all says it in capitals.
        return { ...answer, body: { ...(answer.body as object), matches: [] } };
      },
    }),
  },
  {
    check: 'retry-after-honoured',
    what: 'nobody is told when to come again',
    seams: () => ({
      outgoing: (frame) => {
        if (frame.type !== 'reject') return [frame];
        const { retryAfterMs: _retry, ...problem } = frame.problem;
        return [{ ...frame, problem }];
      },
    }),
  },
  {
    check: 'attachment-size-type-enforced',
    what: 'whatever is put is taken',
    seams: answers(({ method }, response) => (method === 'PUT' ? { status: 204 } : response)),
  },
  {
    check: 'problem-json-shape',
    what: 'refusals have no code',
    seams: answers((_request, response) => {
      if (response.status < 400) return response;
      const { code: _code, ...body } = response.body as Record<string, unknown>;
      return { ...response, body };
    }),
  },
  {
    check: 'problem-json-shape',
    what: 'refusals are plain JSON',
    seams: answers((_request, response) =>
      response.status < 400 ? response : { ...response, headers: { 'content-type': 'application/json' } },
    ),
  },
];
