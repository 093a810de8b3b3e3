import type { Part } from '@sahay/protocol';
import type { TurnPiece } from '@sahay/client/connector';

/** A chunk of the UI message stream: a `type` and, by type, more. What is not understood is skipped. */
export type Chunk = { type: string } & Record<string, unknown>;

const string = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

type ToolState = Extract<Part, { type: 'tool_status' }>['state'];

/** The state of a tool after each chunk type that is about one. */
const toolStates: Record<string, ToolState> = {
  'tool-input-start': 'running',
  'tool-input-available': 'running',
  'tool-approval-request': 'waiting_approval',
  'tool-output-available': 'succeeded',
  'tool-output-error': 'failed',
  'tool-input-error': 'failed',
  'tool-output-denied': 'denied',
};

/** Turns the chunks of one answer into pieces of a turn. One instance an answer: it remembers part ids and tools. */
export class ChunkReader {
  readonly #partIds = new Map<string, string>();
  readonly #tools = new Map<string, { partId: string; name: string; label: string | undefined }>();

  /** What a chunk means for the message; nothing for those that only frame the stream. */
  read(chunk: Chunk): TurnPiece[] {
    switch (chunk.type) {
      case 'text-start':
        return [
          {
            type: 'part',
            part: { partId: this.#partId('text', chunk['id']), type: 'text', text: '', format: 'markdown' },
          },
        ];
      case 'reasoning-start':
        return [
          {
            type: 'part',
            part: { partId: this.#partId('reasoning', chunk['id']), type: 'reasoning', text: '' },
          },
        ];
      case 'text-delta':
      case 'reasoning-delta': {
        const kind = chunk.type === 'text-delta' ? 'text' : 'reasoning';
        const text = string(chunk['delta']) ?? '';
        return text ? [{ type: 'text-delta', partId: this.#partId(kind, chunk['id']), text }] : [];
      }
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
        return chunk.type in toolStates ? this.#tool(chunk) : this.#vendor(chunk);
    }
  }

  /** Ids of the stream may hold any character; ids of parts may not. */
  #partId(kind: string, id: unknown): string {
    const key = `${kind} ${string(id) ?? ''}`;
    const known = this.#partIds.get(key);
    if (known) return known;
    const fresh = `${kind}-${this.#partIds.size + 1}`;
    this.#partIds.set(key, fresh);
    return fresh;
  }

  #citation(chunk: Chunk, more: { url?: string | undefined }): TurnPiece[] {
    const title = string(chunk['title']) ?? more.url ?? string(chunk['filename']) ?? 'Source';
    return [
      {
        type: 'part',
        part: { partId: this.#partId('source', chunk['sourceId']), type: 'citation', title, ...more },
      },
    ];
  }

  #file(chunk: Chunk): TurnPiece[] {
    const url = string(chunk['url']);
    const mediaType = string(chunk['mediaType']) ?? 'application/octet-stream';
    if (!url) return [];
    const partId = this.#partId('file', url);
    const type = mediaType.startsWith('image/') ? 'image' : 'file';
    return [{ type: 'part', part: { partId, type, name: 'file', mediaType, url } }];
  }

  #tool(chunk: Chunk): TurnPiece[] {
    const toolCallId = string(chunk['toolCallId']) ?? '';
    const held = this.#tools.get(toolCallId);
    const tool = {
      partId: held?.partId ?? this.#partId('tool', toolCallId),
      name: string(chunk['toolName']) ?? held?.name ?? 'tool',
      label: string(chunk['title']) ?? held?.label,
    };
    this.#tools.set(toolCallId, tool);
    const state = toolStates[chunk.type] ?? 'running';
    const detail = string(chunk['errorText']);
    return [
      {
        type: 'part',
        part: {
          partId: tool.partId,
          type: 'tool_status',
          toolCallId: tool.partId,
          name: tool.name,
          state,
          ...(tool.label && { label: tool.label }),
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
    const partId = this.#partId(chunk.type, chunk['id']);
    return [{ type: 'part', part: { partId, type: `x-${chunk.type.slice(5)}`, fallbackText, data } }];
  }
}
