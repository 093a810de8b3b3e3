import { FramePoster } from './frame-poster.ts';
import type { Line, LineEnd, LineListener } from './line.ts';
import type { LineOptions } from './open-line.ts';
import { RefusedLine } from './refused-line.ts';

/** One entry of an event stream. */
export interface SseEntry {
  id?: string;
  event?: string;
  data: string;
}

/** What only an event stream has. */
export interface SseLine extends Line {
  /** Everything that came, in order. */
  readonly entries: readonly SseEntry[];
}

/** How an event stream is opened, beside the token. */
export interface SseOptions extends Omit<LineOptions, 'transport'> {
  lastEventId?: string;
  streams?: readonly string[];
}

/**
 * Opens an event stream.
 *
 * @throws RefusedLine when it is answered with something else
 */
export async function openSse(options: SseOptions, listener: LineListener): Promise<SseLine> {
  const { api, token, discovery, lastEventId, streams = [], versions } = options;
  const { api: base, events = `${base}/events`, frames = `${base}/frames` } = discovery.endpoints;
  const stopping = new AbortController();
  const connection = Promise.withResolvers<string>();
  const url = new URL(events, `${api.url}/`);
  for (const stream of streams) url.searchParams.append('stream', stream);
  if (versions) url.searchParams.set('versions', versions.join(','));
  const response = await fetch(url, {
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'text/event-stream',
      ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
    },
    signal: stopping.signal,
  });
  if (response.status !== 200 || !response.body) {
    const text = await response.text();
    throw new RefusedLine('The event stream', { status: response.status, text, json: parsed(text) });
  }
  const poster = new FramePoster({ api, path: frames, token, connection: connection.promise, listener });
  const entries: SseEntry[] = [];
  const end = once((reason: LineEnd) => {
    poster.stop();
    listener.onEnd(reason);
  });
  const hear = (entry: SseEntry): void => {
    entries.push(entry);
    if (entry.event === 'close') return end(JSON.parse(entry.data) as LineEnd);
    const { type, connection: id } = (parsed(entry.data) ?? {}) as { type?: string; connection?: string };
    if (type === 'welcome' && id !== undefined) connection.resolve(id);
    listener.onText(entry.data);
  };
  readEntries(response.body, hear)
    .catch(() => undefined)
    .finally(() => end({ code: 1006, reason: 'the event stream ended' }));
  const close = (): void => {
    poster.stop();
    stopping.abort();
  };
  return { entries, send: (frame) => poster.send(frame), close, cut: close };
}

async function readEntries(body: ReadableStream<Uint8Array>, hear: (entry: SseEntry) => void): Promise<void> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of body) {
    text += decoder.decode(piece, { stream: true });
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const entry = entryOf(text.slice(0, end));
      text = text.slice(end + 2);
      if (entry) hear(entry);
    }
  }
}

/** Lines of an entry; a comment, or a change of the waiting time, is none. */
function entryOf(text: string): SseEntry | undefined {
  const data: string[] = [];
  const entry: Omit<SseEntry, 'data'> = {};
  for (const line of text.split('\n')) {
    const [, field, value = ''] = /^([a-z]+):? ?(.*)$/s.exec(line) ?? [];
    if (field === 'data') data.push(value);
    if (field === 'id' || field === 'event') entry[field] = value;
  }
  return data.length > 0 ? { ...entry, data: data.join('\n') } : undefined;
}

function once<T>(act: (value: T) => void): (value: T) => void {
  let isDone = false;
  return (value) => {
    if (!isDone) act(value);
    isDone = true;
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
