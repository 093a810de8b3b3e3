import type { LogEvent, StreamName, Transcript, TranscriptEntry } from '@sahay/protocol';
import { canonical } from '@sahay/protocol/core';

/** The events of a stream, chained as the reference server chains them; salts are counted, so that runs are repeatable. */
export async function transcriptOf(stream: StreamName, events: readonly LogEvent[]): Promise<Transcript> {
  const entries: TranscriptEntry[] = [];
  let head = '';
  for (const { seq, id, type, time, data } of events) {
    const salt = `salt-${seq}`;
    const digest = await sha256([salt, canonical({ id, type, time, data })]);
    head = await sha256([head, seq, type, time, digest]);
    entries.push({ seq, id, type, time, data: { ...data }, salt, digest, link: head });
  }
  return { version: 1, stream, entries, head };
}

async function sha256(lines: readonly (string | number)[]): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(lines.join('\n')));
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** What was said, a line for each message: enough to see that the right conversation was saved. */
export function textOf(events: readonly LogEvent[]): string {
  return events
    .flatMap((event) => (event.type === 'message.created' ? [event.data.message] : []))
    .map(({ author, parts }) => {
      const said = parts.map((part) =>
        part.type === 'text' ? part.text : ('fallbackText' in part && part.fallbackText) || part.type,
      );
      return `${author.name ?? author.role}: ${said.join(' ')}`;
    })
    .join('\n');
}
