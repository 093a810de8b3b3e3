import type { Inspection } from '@sahay/client';

/** A frame that was seen. */
export type SeenFrame = Extract<Inspection, { kind: 'frame' }>;

/** What a frame is about, in the protocol's own names: `message.created 7`. */
export function frameSummary({ frame }: SeenFrame): string {
  switch (frame.type) {
    case 'event':
      return `${frame.event.type} ${frame.event.seq}`;
    case 'command':
      return `${frame.command.type} ${frame.n}`;
    case 'ack':
    case 'reject':
      return String(frame.n);
    case 'subscribe':
      return `${frame.stream}${frame.cursor ? ` ${frame.cursor.seq}` : ''}`;
    case 'unsubscribe':
      return frame.stream;
    case 'subscribed':
      return `${frame.stream} ${frame.headSeq}${frame.snapshot ? ' snapshot' : ''}`;
    case 'signal':
      return frame.signal.type;
    case 'problem':
      return frame.problem.code;
    default:
      return '';
  }
}
