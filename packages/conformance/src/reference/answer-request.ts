import { randomUUID } from 'node:crypto';
import {
  makeProblem,
  protocolVersion,
  type Capability,
  type Discovery,
  type ErrorCode,
  type Message,
} from '@sahay/protocol';
import { folded, saysWords, type Actor } from '@sahay/protocol/core';
import type { ReferenceServer } from './reference-server.ts';
import type { PlainRequest, PlainResponse } from './seams.ts';
import type { Claims } from './tokens.ts';
import { bot, limits, tenantId } from './world.ts';

const capabilities: readonly Capability[] = [
  'streaming',
  'typing',
  'receipts',
  'attachments',
  'handoff',
  'queue',
  'availability',
  'surveys',
  'cancel',
  'feedback',
  'edit',
  'delete',
  'reactions',
  'identity_link',
  'export',
  'erase',
  'history',
  'history_around',
  'search',
  'notes',
  'inbox',
  'consent',
  'invitations',
  'multiple_conversations',
  'settings',
];

const refusal = (code: ErrorCode, detail?: string): PlainResponse => {
  const problem = makeProblem(code, detail);
  return { status: problem.status, body: problem };
};

/** The HTTP interface of a reference server. */
export function answerRequest(server: ReferenceServer, request: PlainRequest): PlainResponse {
  const { method, url } = request;
  switch (`${method} ${url.pathname}`) {
    case 'GET /.well-known/sahay':
      return { status: 200, body: discovery(server) };
    case 'GET /v1/welcome':
      return { status: 200, body: welcome(url) };
    case 'POST /v1/sessions':
      return {
        status: 201,
        body: server.tokens.session({ id: `v-${randomUUID()}`, role: 'visitor', tenantId }),
      };
    case 'POST /v1/sessions/refresh':
      return refresh(server, request);
    default:
      return answerKnown(server, request);
  }
}

function discovery({ webhooks }: ReferenceServer): Discovery {
  return {
    protocol: 'sahay',
    versions: [protocolVersion],
    tenant: tenantId,
    capabilities: [...capabilities, ...(webhooks.isSet ? (['webhooks'] as const) : [])],
    limits,
    transports: ['websocket', 'sse', 'long-poll'],
    endpoints: {
      api: '/v1',
      socket: '/v1/socket',
      events: '/v1/events',
      poll: '/v1/poll',
      frames: '/v1/frames',
    },
  };
}

const welcome = (url: URL): object => ({
  locale: url.searchParams.get('locale') ?? 'en',
  author: bot,
  parts: [{ partId: 'hello', type: 'text', text: 'Hello!' }],
  availability: { open: true },
});

function refresh(server: ReferenceServer, { body }: PlainRequest): PlainResponse {
  const { refreshSecret } = jsonOf(body) as { refreshSecret?: string };
  const session = server.tokens.refresh(refreshSecret ?? '');
  return session ? { status: 200, body: session } : refusal('token_invalid', 'This session has ended.');
}

/** Who asks, or why that is not accepted. */
export function claimsOf(server: ReferenceServer, request: PlainRequest): Claims | PlainResponse {
  const token = request.headers['authorization']?.replace('Bearer ', '');
  if (token === undefined) return refusal('unauthenticated', 'Send an access token.');
  const claims = server.tokens.claims(token);
  if (claims === 'expired') return refusal('token_expired', 'Fetch a fresh token.');
  if (!claims || claims.actor.tenantId !== tenantId) return refusal('token_invalid', 'Unknown here.');
  return claims;
}

function answerKnown(server: ReferenceServer, request: PlainRequest): PlainResponse {
  const claims = claimsOf(server, request);
  if ('status' in claims) return claims;
  if (request.url.pathname === '/v1/settings')
    return claims.actor.role === 'agent' ? server.settings.serve(server, request) : refusal('forbidden');
  const [, kind, id = '', rest] =
    /^\/v1\/(conversations|attachments)\/([^/]+)\/(\w+)$/.exec(request.url.pathname) ?? [];
  if (kind === 'conversations' && rest === 'messages') return history(server, claims.actor, id, request.url);
  if (kind === 'conversations' && rest === 'search') return search(server, claims.actor, id, request.url);
  if (kind === 'attachments' && rest === 'content' && request.method === 'PUT')
    return put(server, claims.actor, id, request.body);
  return refusal('not_found', 'There is nothing at this address.');
}

function history(server: ReferenceServer, actor: Actor, id: string, url: URL): PlainResponse {
  if (!server.log.backend.mayRead(actor, `conversation:${id}:public`)) return refusal('not_found');
  const messages = [...(server.log.backend.conversation(id)?.messages.values() ?? [])];
  const { searchParams } = url;
  const limit = Number(searchParams.get('limit') ?? 50);
  if (['before', 'after', 'around'].filter((name) => searchParams.has(name)).length > 1)
    return refusal('invalid_frame', 'Ask for one place.');
  const { from, to } = pageIn(messages, searchParams, limit) ?? {};
  if (from === undefined || to === undefined)
    return searchParams.has('around') ? refusal('message_not_found') : noPlace();
  const forward = searchParams.has('around') || searchParams.has('after');
  return {
    status: 200,
    body: {
      messages: messages.slice(from, to),
      ...(from > 0 && { earlier: String(from) }),
      ...(forward && to < messages.length && { later: String(to) }),
    },
  };
}

/** Which messages a page holds; none when what it should be around, before or after is unknown. */
function pageIn(
  messages: readonly Message[],
  query: URLSearchParams,
  limit: number,
): { from: number; to: number } | undefined {
  const around = query.get('around');
  if (around !== null) {
    const place = messages.findIndex(({ id }) => id === around);
    const from = Math.max(0, place - Math.floor(limit / 2));
    return place < 0 ? undefined : { from, to: Math.min(messages.length, from + limit) };
  }
  const place = query.get('after') ?? query.get('before') ?? String(messages.length);
  if (!/^\d{1,9}$/.test(place)) return undefined;
  return query.has('after')
    ? { from: Number(place), to: Math.min(messages.length, Number(place) + limit) }
    : { from: Math.max(0, Number(place) - limit), to: Number(place) };
}

/** Where a page ends: what `before` says, else after the latest message; none when nobody gave such a cursor. */
function placeIn(messages: readonly unknown[], { searchParams }: URL): number | undefined {
  const before = searchParams.get('before') ?? String(messages.length);
  return /^\d{1,9}$/.test(before) ? Number(before) : undefined;
}

const noPlace = (): PlainResponse =>
  refusal('cursor_invalid', 'Pass the "earlier" of a snapshot or page, unchanged.');

/** Looks through four messages at a time, so that a search has more than one page. */
function search(server: ReferenceServer, actor: Actor, id: string, url: URL): PlainResponse {
  if (!server.log.backend.mayRead(actor, `conversation:${id}:public`)) return refusal('not_found');
  const wanted = folded(url.searchParams.get('q') ?? '').trim();
  if (!wanted || wanted.length > 200)
    return refusal('invalid_frame', 'Say in "q" what to search for, in 1 to 200 characters.');
  const messages = [...(server.log.backend.conversation(id)?.messages.values() ?? [])];
  const end = placeIn(messages, url);
  if (end === undefined) return noPlace();
  const start = Math.max(0, end - 4);
  const matches = messages
    .slice(start, end)
    .filter((message) => saysWords(message, wanted))
    .map((message) => ({ messageId: message.id, createdAt: message.createdAt }));
  return { status: 200, body: { matches, ...(start > 0 && { earlier: String(start) }) } };
}

function put(server: ReferenceServer, actor: Actor, id: string, body: Buffer): PlainResponse {
  if (body.length > limits.maxAttachmentBytes) return refusal('attachment_too_large', 'Make it smaller.');
  const isPng = body.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47]));
  const announced = server.log.attachment(actor, id);
  if (!announced) return refusal('attachment_unknown', 'Announce it first.');
  if (body.length !== announced.size)
    return refusal('attachment_incomplete', 'It is not as long as it was announced.');
  if (announced.mediaType === 'image/png' && !isPng)
    return refusal('attachment_type_refused', 'It is no picture.');
  server.files.set(id, body);
  return { status: 204 };
}

function jsonOf(body: Buffer): object {
  try {
    return (JSON.parse(body.toString()) ?? {}) as object;
  } catch {
    return {};
  }
}
