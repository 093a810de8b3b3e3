/**
 * Sends read marks one at a time: while one is on its way, only the newest of those that follow is kept.
 *
 * @param send resolves once the mark has arrived.
 */
export function receiptSender(send: (messageId: string) => Promise<void>): (messageId: string) => void {
  let busy = false;
  let next: string | undefined;
  const run = async (): Promise<void> => {
    busy = true;
    while (next !== undefined) {
      const messageId = next;
      next = undefined;
      // A refused mark is reported as a problem event by the outbox; the next one is independent of it.
      await send(messageId).catch(() => undefined);
    }
    busy = false;
  };
  return (messageId) => {
    next = messageId;
    if (!busy) void run();
  };
}
