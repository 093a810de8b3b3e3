import {
  conversationStream,
  makeProblem,
  userStream,
  type AckFrame,
  type CommandFrame,
  type DataExport,
  type ErasureReceipt,
  type LogEvent,
  type Problem,
  type RejectFrame,
  type StreamName,
} from '@sahay/protocol';
import type { Actor, MemoryBackend } from '@sahay/protocol/core';
import { http, HttpResponse } from 'msw/http';
import { refuse } from './refuse.ts';
import { textOf, transcriptOf } from './mock-transcript.ts';

/** What {@link MockData} needs. */
export interface MockDataParts {
  backend: MemoryBackend;
  /** The stream of the tenant's inbox. */
  inbox: StreamName;
  now: () => number;
  /** Who makes a request, if the token is accepted. */
  actorOf: (request: Request) => Actor | undefined;
}

interface Erasure {
  subject: string;
  time: string;
  messages: number;
  attachments: number;
  /** The public events of each conversation as they were before. */
  events: Map<string, LogEvent[]>;
}

type Given = Pick<CommandFrame, 'outboxId' | 'n' | 'command'>;

/** A visitor's own data in a mock backend: files, transcripts, exports, and receipts of what was erased. */
export class MockData {
  readonly #parts: MockDataParts;
  readonly #exports = new Map<string, { subject: string; requestedAt: string }>();
  readonly #erasures = new Map<string, Erasure>();
  readonly #files = new Map<string, Blob>();

  constructor(parts: MockDataParts) {
    this.#parts = parts;
  }

  /** Runs a command, and remembers what a visitor may ask for afterwards. */
  execute(actor: Actor, given: Given, refusal?: Problem): AckFrame | RejectFrame {
    const { backend, now } = this.#parts;
    const { type, data } = given.command;
    const time = new Date(now()).toISOString();
    const before = type === 'data.erase' ? this.#toErase(actor, data.conversationId, time) : undefined;
    const announced = type === 'attachment.complete' ? this.#attachment(data.attachmentId) : undefined;
    // Of a file that is another's nothing is said: the rules answer that there is none.
    const isOwn =
      announced?.ownerId === actor.id && announced.conversationId === given.command.conversationId;
    const incomplete =
      isOwn && !this.#files.has(announced.attachmentId)
        ? makeProblem('attachment_incomplete', 'Nothing was put at the upload’s address yet.')
        : undefined;
    const reply = backend.execute(actor, given, refusal ?? incomplete);
    if (reply.type === 'reject') return reply;
    const { exportId, receiptId } = reply.result;
    if (exportId) this.#exports.set(exportId, { subject: actor.id, requestedAt: time });
    if (receiptId && before && !this.#erasures.has(receiptId)) this.#erasures.set(receiptId, before);
    return reply;
  }

  #conversationsOf(actor: Actor): string[] {
    const { snapshot } = this.#parts.backend.read(userStream(actor.id)).subscribed;
    return snapshot?.kind === 'user' ? snapshot.conversations.map((one) => one.conversationId) : [];
  }

  #toErase(actor: Actor, conversationId: string | undefined, time: string): Erasure {
    const ids = this.#conversationsOf(actor).filter(
      (id) => conversationId === undefined || id === conversationId,
    );
    const events = new Map(ids.map((id) => [id, this.#eventsOf(conversationStream(id, 'public'))]));
    const all = [...events.values()].flat();
    return {
      subject: actor.id,
      time,
      messages: all.filter(({ type }) => type === 'message.created').length,
      attachments: all.filter(({ type }) => type === 'attachment.completed').length,
      events,
    };
  }

  #eventsOf(stream: StreamName): LogEvent[] {
    const { backend } = this.#parts;
    const { epoch } = backend.read(stream).subscribed;
    return backend.read(stream, { stream, epoch, seq: 0 }).events;
  }

  /** The requests; `base` is where the backend is. */
  handlers(base: string) {
    const { actorOf } = this.#parts;
    const mine = async (request: Request, answer: (actor: Actor) => Promise<Response | undefined>) => {
      const actor = actorOf(request);
      if (!actor) return refuse('unauthenticated', 'There is no token, or it is not accepted.');
      return (await answer(actor)) ?? refuse('not_found', 'There is nothing of yours at this address.');
    };
    return [
      http.get(`${base}/v1/conversations/:id/transcript`, ({ request, params }) =>
        mine(request, (actor) => this.#transcript(actor, String(params['id']), new URL(request.url))),
      ),
      http.get(`${base}/v1/exports/:id`, ({ request, params }) =>
        mine(request, (actor) => this.#export(actor, String(params['id']))),
      ),
      http.get(`${base}/v1/erasures/:id`, ({ request, params }) =>
        mine(request, (actor) => this.#receipt(actor, String(params['id']))),
      ),
      http.put(`${base}/v1/attachments/:id/content`, ({ request, params }) =>
        mine(request, (actor) => this.#put(actor, String(params['id']), request)),
      ),
      http.post(`${base}/v1/attachments/:id/link`, ({ request, params }) =>
        mine(request, async (actor) => this.#link(actor, String(params['id']))),
      ),
      http.get(`${base}/v1/attachments/:id/content`, ({ params }) => {
        const file = this.#files.get(String(params['id']));
        return file ? new HttpResponse(file) : refuse('not_found', 'There is no such file.');
      }),
    ];
  }

  async #transcript(actor: Actor, id: string, { searchParams }: URL): Promise<Response | undefined> {
    const stream = conversationStream(id, searchParams.get('audience') === 'staff' ? 'staff' : 'public');
    if (!this.#parts.backend.mayRead(actor, stream)) return undefined;
    const events = this.#eventsOf(stream);
    switch (searchParams.get('format') ?? 'json') {
      case 'json':
        return HttpResponse.json(await transcriptOf(stream, events));
      case 'text':
        return HttpResponse.text(textOf(events));
      case 'html':
        return HttpResponse.html(
          `<!doctype html><meta charset="utf-8"><pre>${escaped(textOf(events))}</pre>`,
        );
      default:
        return refuse('invalid_frame', '"format" must be json, html or text.', { field: 'format' });
    }
  }

  async #export(actor: Actor, exportId: string): Promise<Response | undefined> {
    const asked = this.#exports.get(exportId);
    if (asked?.subject !== actor.id) return undefined;
    const { backend } = this.#parts;
    const { snapshot } = backend.read(userStream(actor.id)).subscribed;
    const { consents = [], invitations = [] } = snapshot?.kind === 'user' ? snapshot : {};
    const { tenantId: _tenant, ...participant } = actor;
    const held: DataExport = {
      exportId,
      participant,
      requestedAt: asked.requestedAt,
      conversations: [],
      consents,
      invitations,
      attachments: [],
    };
    for (const id of this.#conversationsOf(actor)) {
      const stream = conversationStream(id, 'public');
      const { conversation, staff } = backend.conversation(id) ?? {};
      const transcript = await transcriptOf(stream, this.#eventsOf(stream));
      if (conversation && staff)
        held.conversations.push({ conversation, context: staff.context, transcript });
    }
    return HttpResponse.json(held);
  }

  async #receipt(actor: Actor, receiptId: string): Promise<Response | undefined> {
    const erasure = this.#erasures.get(receiptId);
    if (erasure?.subject !== actor.id) return undefined;
    const { time, messages, attachments, events } = erasure;
    const receipt: ErasureReceipt = { receiptId, time, conversations: [], messages, attachments };
    for (const [conversationId, gone] of events) {
      const { head } = await transcriptOf(conversationStream(conversationId, 'public'), gone);
      receipt.conversations.push({ conversationId, events: gone.length, head });
    }
    return HttpResponse.json(receipt);
  }

  async #put(actor: Actor, id: string, request: Request): Promise<Response | undefined> {
    const attachment = this.#attachment(id);
    if (attachment?.ownerId !== actor.id) return undefined;
    this.#files.set(id, new Blob([await request.arrayBuffer()], { type: attachment.mediaType }));
    return new HttpResponse(null, { status: 204 });
  }

  #link(actor: Actor, id: string): Response | undefined {
    const { backend, now } = this.#parts;
    const { conversationId } = this.#attachment(id) ?? {};
    if (!conversationId || !backend.mayRead(actor, conversationStream(conversationId, 'public')))
      return undefined;
    const expiresAt = new Date(now() + 300_000).toISOString();
    return HttpResponse.json({ url: `/v1/attachments/${id}/content`, expiresAt });
  }

  /** Ids of attachments are unique in the backend: any conversation knows all of them. */
  #attachment(id: string) {
    const { backend, inbox } = this.#parts;
    const { snapshot } = backend.read(inbox).subscribed;
    const [first] = snapshot?.kind === 'inbox' ? snapshot.entries : [];
    return first && backend.conversation(first.conversationId)?.attachment(id);
  }
}

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
