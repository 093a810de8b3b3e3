import type { Part } from '@sahay/protocol';
import type { TurnPiece } from '@sahay/client/connector';

/** A chunk of the UI message stream: a `type` and, by type, more. What is not understood is skipped. */
export type Chunk = { type: string } & Record<string, unknown>;

const string = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

type ToolState = Extract<Part, { type: 'tool_status' }>['state'];
type Prose = 'text' | 'reasoning';

/** The state of a tool after each chunk type that is about one. */
const toolStates: Record<string, ToolState> = {
  'tool-input-start': 'running',
  'tool-input-available': 'running',
  'tool-approval-request': 'waiting_approval',
  'tool-approval-response': 'running',
  'tool-output-available': 'succeeded',
  'tool-output-error': 'failed',
  'tool-input-error': 'failed',
  'tool-output-denied': 'denied',
};

interface Tool {
  partId: string;
  name: string;
  label: string | undefined;
}

/** Turns the chunks of one answer into pieces of a turn. One instance an answer: it remembers parts, tools and steps. */
export class ChunkReader {
  /** The text and reasoning that are being written, by their ids in the stream, which each step may use anew. */
  readonly #open = new Map<string, string>();
  readonly #tools = new Map<string, Tool>();
  readonly #approvals = new Map<string, string>();
  readonly #data = new Map<string, string>();
  #count = 0;
  /** The parts of the current step, which may be taken back. */
  #step: string[] = [];

  /** What a chunk means for the message; nothing for those that only frame the stream. */
  read(chunk: Chunk): TurnPiece[] {
    switch (chunk.type) {
      case 'start-step':
        this.#step = [];
        return [];
      case 'reset-step':
        return this.#reset();
      case 'text-start':
        return [this.#begin('text', chunk['id'])];
      case 'reasoning-start':
        return [this.#begin('reasoning', chunk['id'])];
      case 'text-delta':
        return this.#delta('text', chunk);
      case 'reasoning-delta':
        return this.#delta('reasoning', chunk);
      case 'text-end':
      case 'reasoning-end':
        this.#open.delete(keyOf(chunk.type.slice(0, -4), chunk['id']));
        return [];
      case 'source-url':
        return this.#citation(chunk, { url: string(chunk['url']) });
      case 'source-document':
        return this.#citation(chunk, {});
      case 'file':
        return this.#file(chunk);
      case 'error':
        return [{ type: 'failed', reason: string(chunk['errorText']) ?? 'The answer broke off.' }];
      case 'abort':
        return [{ type: 'failed', reason: string(chunk['reason']) ?? 'The server stopped the answer.' }];
      default:
        return Object.hasOwn(toolStates, chunk.type) ? this.#tool(chunk) : this.#vendor(chunk);
    }
  }

  /** Ids of the stream may hold any character and come again; ids of parts may not. */
  #fresh(kind: string): string {
    const partId = `${kind}-${++this.#count}`;
    this.#step.push(partId);
    return partId;
  }

  #begin(kind: Prose, id: unknown): TurnPiece {
    const partId = this.#fresh(kind);
    this.#open.set(keyOf(kind, id), partId);
    const part: Part =
      kind === 'text'
        ? { partId, type: kind, text: '', format: 'markdown' }
        : { partId, type: kind, text: '' };
    return { type: 'part', part };
  }

  #delta(kind: Prose, chunk: Chunk): TurnPiece[] {
    const text = string(chunk['delta']);
    if (!text) return [];
    const key = keyOf(kind, chunk['id']);
    const begun = this.#open.has(key) ? [] : [this.#begin(kind, chunk['id'])];
    return [...begun, { type: 'text-delta', partId: this.#open.get(key) ?? '', text }];
  }

  /** The step is tried again, so what it said is void. */
  #reset(): TurnPiece[] {
    const gone = this.#step;
    this.#step = [];
    for (const held of [this.#open, this.#data])
      for (const [key, partId] of held) if (gone.includes(partId)) held.delete(key);
    for (const [key, { partId }] of this.#tools) if (gone.includes(partId)) this.#tools.delete(key);
    return gone.map((partId) => ({ type: 'part-removed', partId }));
  }

  #citation(chunk: Chunk, more: { url?: string | undefined }): TurnPiece[] {
    const title = string(chunk['title']) ?? more.url ?? string(chunk['filename']) ?? 'Source';
    return [{ type: 'part', part: { partId: this.#fresh('source'), type: 'citation', title, ...more } }];
  }

  #file(chunk: Chunk): TurnPiece[] {
    const url = string(chunk['url']);
    const mediaType = string(chunk['mediaType']) ?? 'application/octet-stream';
    if (!url) return [];
    const partId = this.#fresh('file');
    const type = mediaType.startsWith('image/') ? 'image' : 'file';
    return [{ type: 'part', part: { partId, type, name: 'file', mediaType, url } }];
  }

  #tool(chunk: Chunk): TurnPiece[] {
    const approvalId = string(chunk['approvalId']) ?? '';
    const toolCallId = string(chunk['toolCallId']) ?? this.#approvals.get(approvalId);
    if (toolCallId === undefined) return [];
    if (approvalId) this.#approvals.set(approvalId, toolCallId);
    const held = this.#tools.get(toolCallId);
    const partId = held?.partId ?? this.#fresh('tool');
    const name = string(chunk['toolName']) ?? held?.name ?? 'tool';
    const label = string(chunk['title']) ?? held?.label;
    this.#tools.set(toolCallId, { partId, name, label });
    const detail = string(chunk['errorText']);
    return [
      {
        type: 'part',
        part: {
          partId,
          type: 'tool_status',
          toolCallId: partId,
          name,
          state: stateAfter(chunk),
          ...(label && { label }),
          ...(detail && { detail }),
        },
      },
    ];
  }

  /** `data-…` chunks become vendor parts when they bring a text to fall back on; transient ones never do. */
  #vendor(chunk: Chunk): TurnPiece[] {
    if (!chunk.type.startsWith('data-') || chunk['transient'] === true) return [];
    const { data } = chunk;
    const fallbackText =
      typeof data === 'object' && data !== null && 'fallbackText' in data
        ? string(data.fallbackText)
        : undefined;
    if (fallbackText === undefined) return [];
    // One with an id takes the place of the last that had it; one without is another.
    const id = string(chunk['id']);
    const key = keyOf(chunk.type, id);
    const partId = (id !== undefined && this.#data.get(key)) || this.#fresh(chunk.type);
    if (id !== undefined) this.#data.set(key, partId);
    return [{ type: 'part', part: { partId, type: `x-${chunk.type.slice(5)}`, fallbackText, data } }];
  }
}

const keyOf = (kind: string, id: unknown): string => `${kind} ${string(id) ?? ''}`;

/** A preliminary output is followed by another; what was answered to a request for approval is in the answer. */
function stateAfter(chunk: Chunk): ToolState {
  if (chunk['preliminary'] === true) return 'running';
  if (chunk.type === 'tool-approval-response' && chunk['approved'] !== true) return 'denied';
  return toolStates[chunk.type] ?? 'running';
}
