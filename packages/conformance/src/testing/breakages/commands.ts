import { makeProblem } from '@sahay/protocol';
import type { Breakage } from '../breakage.ts';
import { forgiving } from './forgiving.ts';
import type { NumberedCommand, Reply } from '../../reference/seams.ts';

const ack = ({ outboxId, n, command }: NumberedCommand): Reply => ({
  type: 'ack',
  outboxId,
  n,
  lane: command.conversationId ?? 'user',
  result: {},
});

const reject = (command: NumberedCommand, code: 'outbox_conflict' | 'out_of_order'): Reply => ({
  ...ack(command),
  type: 'reject',
  problem: makeProblem(code, 'Broken on purpose.', code === 'out_of_order' ? { expected: 1 } : {}),
});

/** An outbox that belongs to whatever it was first used with. */
function boundTo(
  keyOf: (seat: { claims: object | undefined; actor?: { id: string } | undefined }) => unknown,
) {
  const owners = new Map<string, unknown>();
  return {
    execute: (
      _actor: unknown,
      command: NumberedCommand,
      sound: () => Reply,
      seat: Parameters<typeof keyOf>[0],
    ): Reply => {
      const key = keyOf(seat);
      const owner = owners.get(command.outboxId) ?? key;
      owners.set(command.outboxId, owner);
      return owner === key ? sound() : reject(command, 'outbox_conflict');
    },
  };
}

/** Numbers that do not hold. */
export const commandBreakages: readonly Breakage[] = [
  {
    check: 'outbox-one-subject',
    what: 'whoever names an outbox may use it',
    seams: forgiving('outbox_conflict'),
  },
  {
    check: 'outbox-one-subject',
    what: 'another’s use of an outbox counts in its lane',
    seams: () => {
      const owners = new Map<string, string>();
      return {
        execute: (actor, given, sound) => {
          const owner = owners.get(given.outboxId) ?? actor.id;
          owners.set(given.outboxId, owner);
          if (owner !== actor.id) owners.set(given.outboxId, 'nobody');
          return owner === actor.id ? sound() : reject(given, 'outbox_conflict');
        },
      };
    },
  },
  {
    check: 'nesting-refused',
    what: 'a command may be as deep as it likes',
    seams: forgiving('invalid_command'),
  },
  {
    check: 'nesting-refused',
    what: 'a deep command ends the connection',
    seams: () => ({
      incoming: (frame, seat) => {
        const isDeep = JSON.stringify(frame).includes('[[[[[[[[');
        if (isDeep) seat.end(1011);
        return isDeep;
      },
    }),
  },
  {
    check: 'send-retry-same-result',
    what: 'a command that comes again runs again',
    seams: () => {
      const seen = new Set<string>();
      let fresh = 0;
      return {
        execute: (_actor, given, sound) => {
          const { outboxId, n, command } = given;
          const key = `${outboxId}/${n}`;
          const isAgain = seen.has(key);
          seen.add(key);
          if (!isAgain || command.type !== 'message.send') return sound();
          const data = { ...command.data, clientMessageId: `again-${++fresh}` };
          const reply = sound({
            outboxId: `${outboxId}-again-${fresh}`,
            n: 1,
            command: { ...command, data },
          });
          return { ...reply, outboxId, n };
        },
      };
    },
  },
  {
    check: 'send-retry-new-connection',
    what: 'numbers belong to the connection',
    seams: () => boundTo((seat) => seat),
  },
  {
    check: 'send-retry-refreshed-token',
    what: 'numbers belong to the token',
    seams: () => boundTo(({ claims }) => claims),
  },
  {
    check: 'send-retry-after-link',
    what: 'numbers stay with who was anonymous',
    seams: () => boundTo(({ actor }) => actor?.id),
  },
  {
    check: 'send-number-payload-mismatch',
    what: 'a number that is done gets its result whatever comes under it',
    seams: () => ({
      execute: (_actor, command, sound) => {
        const reply = sound();
        return reply.type === 'reject' && reply.problem.code === 'payload_mismatch' ? ack(command) : reply;
      },
    }),
  },
  {
    check: 'send-hole-refused',
    what: 'whatever number comes is taken',
    seams: () => ({
      execute: (_actor, command, sound) => {
        const reply = sound();
        return reply.type === 'reject' && reply.problem.code === 'out_of_order' ? ack(command) : reply;
      },
    }),
  },
  {
    check: 'send-refused-lane-continues',
    what: 'a refused command blocks its lane',
    seams: () => {
      const blocked = new Set<string>();
      return {
        execute: (_actor, command, sound) => {
          if (blocked.has(command.outboxId)) return reject(command, 'out_of_order');
          const reply = sound();
          if (reply.type === 'reject' && !reply.problem.retryable) blocked.add(command.outboxId);
          return reply;
        },
      };
    },
  },
  {
    check: 'send-parallel-ordered',
    what: 'commands take effect as they arrive, whatever their numbers',
    seams: () => ({
      outgoing: (() => {
        let held: { id: string; data: unknown } | undefined;
        return (frame, seat) => {
          if (frame.type !== 'event' || frame.event.type !== 'message.created') return [frame];
          const turn = seat.count('message');
          if (turn === 3) {
            held = frame.event;
            return [];
          }
          if (turn !== 4 || !held) return [frame];
          const { event } = frame;
          return [
            { ...frame, event: { ...event, seq: event.seq - 1 } },
            { ...frame, event: { ...event, id: held.id, data: held.data } },
          ];
        };
      })(),
    }),
  },
  {
    check: 'ack-after-commit',
    what: 'what was acknowledged is written a little later',
    seams: () => ({ crash: (log) => log.restore(log.length - 1) }),
  },
];
