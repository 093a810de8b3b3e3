import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/** Requests of one connection that are being answered at once. Browsers and proxies wait for each answer. */
const mostAtOnce = 8;

/**
 * Refuses what Node lets through and no honest client sends.
 *
 * A connection that sends request after request without waiting for answers is hung up on: Node begins with each as soon as
 * it is read and holds the answers until their turn, so a few kilobytes would be thousands of answers in memory. A request
 * that names two hosts is refused (RFC 9112, 3.2): a proxy in front may have gone by the other one.
 */
export function strictRequests(serve: RequestListener): RequestListener {
  const open = new WeakMap<object, number>();
  return (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    const count = (open.get(socket) ?? 0) + 1;
    if (count > mostAtOnce) return void socket.destroy();
    open.set(socket, count);
    response.once('close', () => open.set(socket, (open.get(socket) ?? 1) - 1));
    if (namesTwoHosts(request)) return void response.writeHead(400, { connection: 'close' }).end();
    serve(request, response);
  };
}

function namesTwoHosts({ rawHeaders }: IncomingMessage): boolean {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2)
    if (rawHeaders[index]?.toLowerCase() === 'host') hosts++;
  return hosts > 1;
}
