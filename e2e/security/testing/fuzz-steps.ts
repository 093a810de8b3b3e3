import fc from 'fast-check';
import { fixtures } from '@sahay/protocol/fixtures';
import { junk, mutate, mutation } from './mutations.ts';

/** Something a peer does. The runner gives commands their numbers: the first of a lane of their own, or the next of a common one. */
export type Step =
  | { kind: 'frame'; frame: unknown; numbering: 'fresh' | 'next' | 'none' }
  | { kind: 'text'; text: string }
  | { kind: 'bytes'; bytes: Uint8Array }
  | {
      kind: 'http';
      method: string;
      path: string;
      body: string | Uint8Array | undefined;
      headers: Record<string, string>;
    }
  | { kind: 'again' | 'cut' | 'wait' };

const of = (definition: string): unknown[] =>
  fixtures.filter((fixture) => fixture.definition === definition).map(({ value }) => value);

const commands = of('Command');
const clientFrames = of('ClientFrame').filter((frame) => (frame as { type?: unknown }).type !== 'hello');
const signals = of('Signal').map((signal) => ({ type: 'signal', signal }));
/** Often none at all: what is right, at a wrong time, is worth as much. */
const mutations = fc.oneof(fc.constant([]), fc.array(mutation, { maxLength: 3 }));

const commandStep: fc.Arbitrary<Step> = fc
  .tuple(
    fc.constantFrom(...commands),
    mutations,
    fc.constantFrom('fresh' as const, 'fresh' as const, 'next' as const),
  )
  .map(([command, changes, numbering]) => ({
    kind: 'frame' as const,
    frame: { type: 'command', outboxId: 'o_fuzz', n: 1, command: mutate(command, changes) },
    numbering,
  }));

const frameStep: fc.Arbitrary<Step> = fc
  .tuple(fc.constantFrom(...clientFrames, ...signals), mutations)
  .map(([frame, changes]) => ({
    kind: 'frame' as const,
    frame: mutate(frame, changes),
    numbering: 'none' as const,
  }));

/** JSON with a cut, a doubled piece, or bytes that don't belong. */
const brokenText: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(...clientFrames).map((frame) => JSON.stringify(frame)),
    fc.nat(),
    fc.nat(),
    fc.string({ unit: 'binary', maxLength: 8 }),
  )
  .map(([text, a, b, inserted]) => {
    const [from, to] = [a % text.length, b % text.length];
    return from < to
      ? text.slice(0, from) + inserted + text.slice(to)
      : text.slice(0, from) + inserted + text.slice(to, from) + text.slice(from);
  });

const ids = fc.oneof(
  fc.constantFrom(
    'c_fuzz',
    'f_fuzz',
    'user',
    '__proto__',
    '%00',
    '..%2f..',
    'x'.repeat(3_000),
    '%ff',
    '%f0%9f%98%80',
    '',
  ),
  fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => encodeURIComponent(text.toWellFormed())),
);
const queries = fc.oneof(
  fc.constant(''),
  fc.constantFrom(
    '?limit=-1',
    '?limit=1e9',
    '?before=m1.1',
    '?before=',
    '?days=0',
    '?locale=__proto__',
    '?locale=bn',
    '?expires=1&signature=x',
    '?stream=user:x',
    '?cursor=e30',
    '?versions=0',
  ),
  fc.webQueryParameters().map((query) => `?${query}`),
);
const paths = fc.tuple(
  fc.constantFrom(
    ...[
      '/v1/sessions',
      '/v1/sessions/refresh',
      '/v1/welcome',
      '/.well-known/sahay',
      '/healthz',
      '/v1/articles/ID',
    ],
    ...[
      '/v1/conversations/ID/messages',
      '/v1/attachments/ID/content',
      '/v1/attachments/ID/link',
      '/v1/frames',
      '/v1/poll',
      '/v1/events',
    ],
    ...[
      '/v1/agents',
      '/v1/agents/sign-in',
      '/v1/agents/token',
      '/v1/insights',
      '/v1/canned-replies',
      '/v1/ID',
      '/ID',
      '/console/ID',
    ],
  ),
  ids,
  queries,
);
const bodies: unknown[] = [
  {},
  { refreshSecret: 'vs_x.1.x' },
  { code: 'x', name: 'x' },
  { name: 'A colleague' },
  { replies: [{ id: 'a', title: 'A', text: 'a' }] },
  { waitMs: 0 },
  { connection: 'x', cursor: 0, waitMs: 0 },
  { frames: clientFrames.slice(0, 6) },
  { frames: [{ type: 'command', outboxId: 'o_http', n: 1, command: commands[0] }] },
];
const httpStep: fc.Arbitrary<Step> = fc
  .record({
    method: fc.constantFrom('GET', 'POST', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH'),
    path: paths.map(([path, id, query]) => path.replace('ID', id) + query),
    body: fc.oneof(
      fc.constant(undefined),
      fc
        .tuple(fc.constantFrom(...bodies), mutations)
        .map(([body, changes]) => JSON.stringify(mutate(body, changes)) ?? ''),
      fc.uint8Array({ maxLength: 60 }),
      junk.map((value) => JSON.stringify(value) ?? ''),
    ),
    headers: fc.constantFrom<Record<string, string>>(
      {},
      { 'content-type': 'application/json' },
      { 'content-encoding': 'br' },
      { origin: 'https://evil.example' },
      { 'last-event-id': 'W10' },
      { cookie: 'sahay_agent_80=x; =; ;;' },
      { authorization: 'Bearer x.y.z' },
      { 'if-none-match': '*, "x' },
      { 'x-forwarded-for': ',,' },
    ),
  })
  .map((request) => ({ kind: 'http' as const, ...request }));

/** What a peer does in one go. */
export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: commandStep },
    { weight: 4, arbitrary: frameStep },
    { weight: 1, arbitrary: brokenText.map((text): Step => ({ kind: 'text', text })) },
    {
      weight: 1,
      arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes): Step => ({ kind: 'bytes', bytes })),
    },
    { weight: 4, arbitrary: httpStep },
    { weight: 1, arbitrary: fc.constantFrom<Step>({ kind: 'again' }, { kind: 'cut' }, { kind: 'wait' }) },
  ),
  { minLength: 1, maxLength: 25 },
);
