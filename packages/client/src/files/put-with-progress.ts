/**
 * A request whose progress can be told. `fetch` cannot tell how much of a body has left, so this is an `XMLHttpRequest`.
 *
 * @param onProgress hears the bytes that have left and the bytes there are.
 * @throws `signal.reason` when aborted, an `Error` when the network fails.
 */
export function putWithProgress(
  url: string,
  init: RequestInit,
  onProgress: (sent: number, total: number) => void,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const { method = 'PUT', headers, body, signal } = init;
    signal?.throwIfAborted();
    const request = new XMLHttpRequest();
    request.open(method, url);
    new Headers(headers).forEach((value, name) => request.setRequestHeader(name, value));
    request.upload.onprogress = ({ loaded, total }) => onProgress(loaded, total);
    request.onload = () => {
      const { status, responseText } = request;
      const type = request.getResponseHeader('content-type') ?? 'text/plain';
      resolve(
        new Response(status === 204 ? null : responseText, { status, headers: { 'content-type': type } }),
      );
    };
    request.onerror = () => reject(new Error('The upload broke off.'));
    const abort = () => {
      request.abort();
      reject(signal!.reason as Error);
    };
    signal?.addEventListener('abort', abort, { once: true });
    request.onloadend = () => signal?.removeEventListener('abort', abort);
    request.send(body as XMLHttpRequestBodyInit);
  });
}
