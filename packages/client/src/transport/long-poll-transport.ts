import type { PollAnswer } from '@sahay/protocol';
import { HttpLine, type HttpEndpoints } from './http-line.ts';
import type { Transport } from './transport.ts';

/** Frames come as answers to polls that wait for them, and leave by POST. */
export const longPollTransport = (endpoints: HttpEndpoints): Transport => ({
  connect: (_url, handlers) =>
    new HttpLine(endpoints, handlers, async (line) => {
      let request: object = {};
      while (!line.isClosed) {
        const answer = (await line.askJson(endpoints.poll, request)) as PollAnswer;
        for (const frame of answer.frames) line.hear(frame);
        if (answer.close) return answer.close.code;
        request = { connection: answer.connection, cursor: answer.cursor };
      }
      return 1006;
    }),
});
