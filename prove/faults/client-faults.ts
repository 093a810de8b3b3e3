import { randomUUID } from 'node:crypto';
import type { ClientLinkFrame, LogConnector } from '@sahay/client/connector';
import { BrowserStorage } from '../world/browser-storage.ts';
import type { Gate } from '../world/gate.ts';
import type { FaultName } from './fault-names.ts';

/** What a planted fault wraps a client's connector in; nothing for most. */
export function decorationOf(
  fault: FaultName | undefined,
): ((connector: LogConnector) => LogConnector) | undefined {
  return fault === 'resend-as-new' ? resendAsNew : undefined;
}

/** A browser's storage, with the fault that is planted in it. */
export function storageWithFault(fault: FaultName | undefined): BrowserStorage {
  if (fault === 'taken-before-stored') return new LazyStorage();
  if (fault === 'outbox-number-forgotten') return new ForgetfulStorage();
  if (fault === 'apart-forgotten') return new UndividedStorage();
  return new BrowserStorage();
}

/** What was sent before goes once more, under names that the backend cannot know. */
function resendAsNew(connector: LogConnector): LogConnector {
  return {
    ...connector,
    open: (host) => {
      const link = connector.open(host);
      const sent = new Set<string>();
      const again = (frame: ClientLinkFrame): void => {
        if (frame.type !== 'command' || frame.command.type !== 'message.send') return;
        const place = `${frame.outboxId}/${frame.command.conversationId}/${frame.n}`;
        if (sent.has(place)) {
          const data = { ...frame.command.data, clientMessageId: randomUUID() };
          link.send({ ...frame, outboxId: randomUUID(), n: 1, command: { ...frame.command, data } });
        }
        sent.add(place);
      };
      return {
        ...link,
        send: (frame) => {
          again(frame);
          link.send(frame);
        },
      };
    },
  };
}

/** How long what was written is only in memory, in ms. */
const lazyMs = 60;

/** Says that it has written, and writes a little later: a page that dies takes its last moments with it. */
class LazyStorage extends BrowserStorage {
  readonly #undo: { gate: Gate; at: number; before: Map<string, unknown> }[] = [];

  protected override committed(gate: Gate, before: Map<string, unknown>): void {
    this.#undo.push({ gate, at: Date.now(), before });
    while (this.#undo.length > 0 && Date.now() - this.#undo[0]!.at > lazyMs) this.#undo.shift();
  }

  override forget(gate: Gate): void {
    super.forget(gate);
    for (const { gate: writer, at, before } of this.#undo.splice(0).reverse())
      if (writer === gate && Date.now() - at <= lazyMs) this.restore(before);
  }
}

/** Forgets where its lanes were. */
class ForgetfulStorage extends BrowserStorage {
  override forget(gate: Gate): void {
    super.forget(gate);
    this.restore(new Map(this.keys.filter((key) => key.startsWith('lane/')).map((key) => [key, undefined])));
  }
}

/** When somebody else is welcomed, what pages keep apart goes with all else that was the last one's. */
class UndividedStorage extends BrowserStorage {
  protected override changed(before: ReadonlyMap<string, unknown>): void {
    if (before.get('subject') === undefined) return;
    this.restore(new Map(this.keys.filter((key) => key.startsWith('page/')).map((key) => [key, undefined])));
  }
}
