/** The longest event accepted, in UTF-16 code units: a runaway server must not fill the visitor's memory. */
const maxEventLength = 1_000_000;

/**
 * Reads the `data` of server-sent events from a response's body, event by event (WHATWG HTML, 9.2.6).
 * Cancelling the iteration cancels the request's body.
 */
export async function* serverSentData(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<string, void, undefined> {
  const reader = body
    .pipeThrough(new TextDecoderStream() as unknown as TransformStream<Uint8Array, string>)
    .getReader();
  let buffer = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      buffer += value;
      for (let end = boundary(buffer); end; end = boundary(buffer)) {
        const data = dataOf(buffer.slice(0, end.at));
        buffer = buffer.slice(end.at + end.length);
        if (data !== undefined) yield data;
      }
      if (buffer.length > maxEventLength)
        throw new Error(`The server sent an event of more than ${maxEventLength} characters.`);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Where the first event ends, and how long the blank line is. */
function boundary(buffer: string): { at: number; length: number } | undefined {
  const match = /\r\n\r\n|\n\n|\r\r/.exec(buffer);
  return match ? { at: match.index, length: match[0].length } : undefined;
}

function dataOf(event: string): string | undefined {
  const lines = event.split(/\r\n|\n|\r/).filter((line) => line === 'data' || line.startsWith('data:'));
  return lines.length ? lines.map((line) => line.slice(5).replace(/^ /, '')).join('\n') : undefined;
}
