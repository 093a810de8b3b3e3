import type { Duplex } from 'node:stream';
import type { Problem } from '@sahay/protocol';

/** Answers an upgrade with a problem document and hangs up. */
export function refuseUpgrade(socket: Duplex, problem: Problem): void {
  const body = JSON.stringify(problem);
  const { status, title, retryAfterMs } = problem;
  socket.end(
    [
      `HTTP/1.1 ${status} ${title}`,
      'Connection: close',
      'Content-Type: application/problem+json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      ...(retryAfterMs === undefined ? [] : [`Retry-After: ${Math.ceil(retryAfterMs / 1000)}`]),
      '',
      body,
    ].join('\r\n'),
  );
}
