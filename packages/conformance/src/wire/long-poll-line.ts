import type { PollAnswer } from '@sahay/protocol';
import { FramePoster } from './frame-poster.ts';
import type { Line, LineListener } from './line.ts';
import type { LineOptions } from './open-line.ts';
import { RefusedLine } from './refused-line.ts';

/** How long one poll waits, in ms. */
const waitMs = 10_000;

/**
 * Opens a connection that is polled, and polls it until it ends.
 *
 * @throws RefusedLine when the first poll is refused
 */
export async function openLongPoll(
  options: Omit<LineOptions, 'transport'>,
  listener: LineListener,
): Promise<Line> {
  const { api, token, discovery, versions } = options;
  const { api: base, poll = `${base}/poll`, frames = `${base}/frames` } = discovery.endpoints;
  const opened = await api.ask(poll, { token, body: versions ? { versions } : {} });
  if (opened.status !== 200) throw new RefusedLine('The first poll', opened);
  const { connection } = opened.json as PollAnswer;
  const poster = new FramePoster({
    api,
    path: frames,
    token,
    connection: Promise.resolve(connection),
    listener,
  });
  let isOver = false;
  const end = (code: number, reason: string): void => {
    if (!isOver) listener.onEnd({ code, reason });
    isOver = true;
    poster.stop();
  };
  /** Returns the cursor of what was heard; nothing once there is no more. */
  const hear = (answer: PollAnswer): number | undefined => {
    for (const frame of answer.frames) listener.onText(JSON.stringify(frame));
    if (answer.close) end(answer.close.code, answer.close.reason);
    return isOver ? undefined : answer.cursor;
  };
  const polling = async (): Promise<void> => {
    let cursor = hear(opened.json as PollAnswer);
    while (cursor !== undefined && !isOver) {
      const body = { connection, cursor, waitMs };
      const answer = await api.once(poll, { token: poster.token, body });
      if (isOver) return;
      if (answer.status !== 200)
        return end(answer.status === 401 ? 4401 : 1006, `${answer.status} ${answer.text}`);
      cursor = hear(answer.json as PollAnswer);
    }
  };
  // Whoever opened the line must hold it before the first frame comes.
  setImmediate(() => void polling().catch((error: unknown) => end(1006, String(error))));
  const close = (): void => {
    isOver = true;
    poster.stop();
  };
  return { send: (frame) => poster.send(frame), close, cut: close };
}
