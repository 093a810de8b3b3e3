import type { ClientFrame, LogEvent, ServerFrame, StreamName } from '../../index.ts';
import { defaultLimits } from '../../index.ts';
import { MemoryBackend, type Actor } from '../../core/index.ts';

const tenantId = 'shop';
const actor = (id: string, role: Actor['role'], name: string): Actor => ({ id, role, name, tenantId });

const people = {
  visitor: actor('v_1', 'visitor', 'Ayesha'),
  agent: actor('a_1', 'agent', 'Rina'),
  bot: actor('bot', 'bot', 'Sahay'),
};
/** Who may speak in a trace. */
export type Speaker = keyof typeof people;

/** One frame of a trace, and whose connection it travelled on. */
export interface TraceLine {
  who: Speaker;
  way: '→' | '←';
  frame: ClientFrame | ServerFrame;
}

/**
 * Plays exchanges with the protocol's own core and writes down the frames, as they would travel over sockets. Clock and ids
 * are its own, so that the same exchange always looks the same.
 */
export class TraceRecorder {
  readonly lines: TraceLine[] = [];
  readonly #backend: MemoryBackend;
  readonly #reading = new Map<Speaker, Set<StreamName>>();
  readonly #numbers = new Map<string, number>();
  readonly #ids = new Map<string, number>();
  #isRecording = true;
  #now = Date.parse('2026-03-01T09:30:00Z');

  constructor() {
    this.#backend = new MemoryBackend({
      tenantId,
      policy: {
        limits: defaultLimits,
        bot: { id: 'bot', role: 'bot', name: 'Sahay' },
        greeting: () => [{ partId: 'p1', type: 'text', text: 'Hello! How can I help?' }],
      },
      now: () => this.#now,
      newId: (prefix) => this.#newId(prefix),
    });
    this.#backend.onEvent((event) => this.#tell(event));
  }

  #newId(prefix: string): string {
    const next = (this.#ids.get(prefix) ?? 0) + 1;
    this.#ids.set(prefix, next);
    return `${prefix}_${next}`;
  }

  #write(who: Speaker, way: TraceLine['way'], frame: ClientFrame | ServerFrame): void {
    if (this.#isRecording) this.lines.push({ who, way, frame });
  }

  #tell(event: LogEvent): void {
    for (const [who, streams] of this.#reading)
      if (streams.has(event.stream)) this.#write(who, '←', { type: 'event', event });
  }

  /** What comes before the trace begins: it happens, but is not written down. */
  before(play: () => void): void {
    this.#isRecording = false;
    play();
    this.#isRecording = true;
  }

  /** Gives the next command of its lane. */
  gives(who: Speaker, command: { type: string; conversationId?: string; data: object }): void {
    const lane = `${who}/${command.conversationId ?? 'user'}`;
    this.#numbers.set(lane, (this.#numbers.get(lane) ?? 0) + 1);
    this.says(who, {
      type: 'command',
      outboxId: `o_${who}`,
      n: this.#numbers.get(lane) ?? 1,
      command,
    } as ClientFrame);
  }

  /** Sends a frame, and writes down what comes back. */
  says(who: Speaker, frame: ClientFrame): void {
    this.#now += 1_000;
    this.#write(who, '→', frame);
    switch (frame.type) {
      case 'hello':
        return this.#welcome(who);
      case 'subscribe':
        return this.#subscribe(who, frame.stream, frame.cursor);
      case 'command':
        return this.#write(who, '←', this.#backend.execute(people[who], frame));
      case 'signal':
        return this.#relay(who, frame);
      case 'ping':
        return this.#write(who, '←', { type: 'pong' });
      case 'unsubscribe':
        this.#reading.get(who)?.delete(frame.stream);
        return;
      case 'token':
        return;
    }
  }

  #welcome(who: Speaker): void {
    const { id, role, name } = people[who];
    this.#write(who, '←', {
      type: 'welcome',
      participant: { id, role, name },
      serverTime: new Date(this.#now).toISOString(),
      tokenExpiresAt: new Date(this.#now + 900_000).toISOString(),
      heartbeatMs: 25_000,
      limits: { ...defaultLimits, attachmentTypes: ['image/png', 'image/jpeg', 'application/pdf'] },
    });
  }

  #subscribe(who: Speaker, stream: StreamName, cursor?: Parameters<MemoryBackend['read']>[1]): void {
    this.#reading.set(who, (this.#reading.get(who) ?? new Set<StreamName>()).add(stream));
    const { subscribed, events } = this.#backend.read(stream, cursor);
    this.#write(who, '←', subscribed);
    for (const event of events) this.#write(who, '←', { type: 'event', event });
  }

  /** Signals go to everybody else who reads. */
  #relay(from: Speaker, { signal }: Extract<ClientFrame, { type: 'signal' }>): void {
    for (const [who, streams] of this.#reading)
      if (who !== from && streams.size > 0) this.#write(who, '←', { type: 'signal', signal });
  }
}
