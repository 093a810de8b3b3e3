import assert from 'node:assert/strict';
import { it } from 'node:test';
import { defaultLimits, type Discovery } from '@sahay/protocol';
import { MemoryStorage } from '../storage/memory-storage.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { memoryTransport } from '../testing/memory-transport.ts';
import { chooseTransport } from './transport-choice.ts';

const found: Discovery = {
  protocol: 'sahay',
  versions: ['1'],
  tenant: 'test',
  capabilities: [],
  limits: defaultLimits,
  transports: ['sse', 'long-poll'],
  endpoints: { api: '/v1', socket: '/s', events: '/events', poll: '/poll', frames: '/frames' },
};

for (const status of [502, 503])
  it(`a transport that something in between answers with ${status} is given up for the next one`, async () => {
    const asked: string[] = [];
    const transport = await chooseTransport(
      memoryTransport(() => undefined),
      {
        webSocket: undefined,
        fetch: async (input) => {
          const address = input as string;
          asked.push(address);
          return address === '/events'
            ? new Response('not here', { status })
            : Response.json({
                connection: 'c',
                cursor: 1,
                frames: [{ type: 'pong' }],
                close: { code: 1012 },
              });
        },
        storage: new MemoryStorage(),
        clock: new ManualClock(),
        api: { locate: (path) => path },
        found,
        trouble: 1,
      },
    );
    for (let attempt = 0; attempt < 3; attempt++)
      await new Promise<number>((resolve) => {
        const link = transport.connect('', {
          onOpen: () => link.send(JSON.stringify({ type: 'hello', token: 't' })),
          onFrame: () => undefined,
          onClose: resolve,
        });
      });
    assert.deepEqual(asked, ['/events', '/events', '/poll']);
  });

it('a server that goes away for a restart is not held against the socket that it said so on', async () => {
  const connected: string[] = [];
  class Socket extends EventTarget {
    protocol = '';
    constructor() {
      super();
      connected.push('socket');
      setTimeout(() => this.dispatchEvent(Object.assign(new Event('close'), { code: 1012 })));
    }
    close(): void {}
  }
  const transport = await chooseTransport(
    memoryTransport(() => undefined),
    {
      webSocket: Socket as unknown as typeof WebSocket,
      fetch: async () => (connected.push('http'), new Response('', { status: 503 })),
      storage: new MemoryStorage(),
      clock: new ManualClock(),
      api: { locate: (path) => path },
      found: { ...found, transports: ['websocket', 'sse'] },
      trouble: 1,
    },
  );
  for (let attempt = 0; attempt < 3; attempt++)
    await new Promise<number>((resolve) => {
      transport.connect('', { onOpen: () => undefined, onFrame: () => undefined, onClose: resolve });
    });
  assert.deepEqual(connected, ['socket', 'socket', 'socket']);
});
