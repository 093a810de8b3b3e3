// Runs inside a frame of a browser test, as a tab of its own: a client over the backend that the test keeps in its own page.
import { defaultLimits, laneOf } from '@sahay/protocol';
import type { Actor, MemoryBackend } from '@sahay/protocol/core';
import { createSupportClient, type LogConnector, type SupportClient } from '@sahay/client';

/** What the test's page gives its tabs, and what each tab gives back. */
export interface TabGlobals {
  backend: MemoryBackend;
  namespace: string;
  /** Commands that the backend got, as `outboxId/n`. */
  commands: string[];
  client: SupportClient;
}

const visitor: Actor = { id: 'v', role: 'visitor', tenantId: 't' };
const { backend, namespace, commands } = parent as unknown as TabGlobals;

/** The backend, some milliseconds away. */
const connector: LogConnector = {
  name: 'test',
  delivery: 'effectively-once',
  capabilities: () => new Set(),
  open({ handlers }) {
    const streams = new Set<string>();
    let unlisten: (() => void) | undefined;
    let line = 0;
    const say = (frame: Parameters<typeof handlers.onFrame>[0], on: number): void => {
      if (on === line) handlers.onFrame(frame);
    };
    const rest = (): void => {
      line++;
      unlisten?.();
      unlisten = undefined;
    };
    const start = (): void => {
      rest();
      const on = line;
      streams.clear();
      unlisten = backend.onEvent((event) => streams.has(event.stream) && say({ type: 'event', event }, on));
      handlers.onState({ state: 'connecting', cause: 'requested' });
      setTimeout(() => {
        if (on !== line) return;
        handlers.onState({ state: 'online', cause: 'welcomed' });
        handlers.onWelcome({ participant: { id: 'v', role: 'visitor' }, limits: defaultLimits });
      }, 5);
    };
    return {
      start,
      send(frame) {
        const on = line;
        setTimeout(() => {
          if (on !== line) return;
          if (frame.type === 'command') {
            commands.push(`${frame.outboxId}/${frame.n}`);
            say({ ...backend.execute(visitor, frame), lane: laneOf(frame.command) }, on);
          } else if (frame.type === 'subscribe') {
            streams.add(frame.stream);
            const { subscribed, events } = backend.read(frame.stream, frame.cursor);
            say(subscribed, on);
            for (const event of events) say({ type: 'event', event }, on);
          }
        }, 5);
      },
      close: rest,
    };
  },
};

(window as unknown as TabGlobals).client = createSupportClient({ connector, namespace });
dispatchEvent(new Event('tab-ready'));
