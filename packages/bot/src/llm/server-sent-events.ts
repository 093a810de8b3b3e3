const LONGEST_LINE = 1_000_000;

/**
 * The `data` of each event in a server-sent event stream (WHATWG HTML, 9.2). Comments and other fields are left out.
 *
 * @throws Error when a line grows past a million characters, which no such stream has
 */
export async function* serverSentData(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let pending = '';
  let data: string[] = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      pending += done ? decoder.decode() : decoder.decode(value, { stream: true });
      // A lone CR at the end may be half of a CRLF.
      const lines = pending.split(/\r\n|\n|\r(?!$)/u);
      pending = lines.pop() ?? '';
      if (pending.length > LONGEST_LINE)
        throw new Error('A line of the event stream is longer than a million characters.');
      for (const line of lines) {
        if (line === '' && data.length > 0) {
          yield data.join('\n');
          data = [];
        } else if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /u, ''));
      }
      if (done) break;
    }
    // Some servers forget the empty line after their last event.
    if (pending.startsWith('data:')) data.push(pending.slice(5).trim());
    if (data.length > 0) yield data.join('\n');
  } finally {
    // Cancelling a stream that has failed rejects with the failure that is on its way to the caller already.
    await reader.cancel().catch(() => undefined);
  }
}
