import type { CloseNotice, ServerFrame } from '@sahay/protocol';
import { HttpLine, type HttpEndpoints } from './http-line.ts';
import { readEvents } from './read-events.ts';
import type { Transport } from './transport.ts';

/** Frames come as an event stream, read with `fetch`, and leave by POST. */
export const sseTransport = (endpoints: HttpEndpoints): Transport => ({
  connect: (_url, handlers) =>
    new HttpLine(endpoints, handlers, async (line) => {
      const { body } = await line.ask(endpoints.events, { headers: { accept: 'text/event-stream' } });
      for await (const { event, data } of readEvents(body!)) {
        const value: unknown = JSON.parse(data);
        if (event === 'close') return (value as CloseNotice).code;
        line.hear(value as ServerFrame, data);
      }
      return 1006;
    }),
});
