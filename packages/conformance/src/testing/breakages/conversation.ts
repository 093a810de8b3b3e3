import { makeProblem } from '@sahay/protocol';
import type { Breakage } from '../breakage.ts';
import { forgiving } from './forgiving.ts';
import { invitationBreakages } from './invitations.ts';
import { questionBreakages } from './questions.ts';
import { surveyBreakages } from './surveys.ts';

/** Rules of a conversation that are broken. */
export const conversationBreakages: readonly Breakage[] = [
  {
    check: 'handoff-single-controller',
    what: 'a second agent may accept what the first one has',
    seams: forgiving('already_controlled'),
  },
  {
    check: 'receipts-monotone',
    what: 'an older mark counts too',
    seams: () => ({
      outgoing: (frame) => {
        if (frame.type !== 'subscribed' || frame.snapshot?.kind !== 'conversation') return [frame];
        const { snapshot } = frame;
        const first = snapshot.messages.find(({ author }) => author.role === 'visitor');
        const { receipts: held } = snapshot.conversation;
        const receipts = Object.fromEntries(Object.keys(held).map((id) => [id, { read: first?.id }]));
        return [
          { ...frame, snapshot: { ...snapshot, conversation: { ...snapshot.conversation, receipts } } },
        ];
      },
    }),
  },
  {
    check: 'send-after-close',
    what: 'closed conversations take messages',
    seams: forgiving('conversation_closed'),
  },
  {
    check: 'send-after-close',
    what: 'nobody says until when a conversation may be reopened',
    seams: () => ({
      execute: (_actor, _command, sound) => {
        const reply = sound();
        if (reply.type !== 'reject') return reply;
        const { reopenableUntil: _until, ...problem } = reply.problem;
        return { ...reply, problem };
      },
    }),
  },
  {
    check: 'survey-after-close',
    what: 'a survey ends with its conversation',
    seams: () => ({
      execute: (_actor, given, sound) => {
        const { outboxId, n, command } = given;
        if (command.type !== 'survey.submit') return sound();
        const problem = makeProblem('conversation_closed', 'It is closed.');
        return { type: 'reject', outboxId, n, lane: command.conversationId ?? 'user', problem };
      },
    }),
  },
  {
    check: 'survey-in-line',
    what: 'what was answered is not put into the message',
    seams: () => ({
      outgoing: (frame) => {
        if (frame.type !== 'subscribed' || frame.snapshot?.kind !== 'conversation') return [frame];
        const messages = frame.snapshot.messages.map((message) => ({
          ...message,
          parts: message.parts.map((part) =>
            part.type === 'survey' ? { ...part, answers: undefined } : part,
          ),
        }));
        return [{ ...frame, snapshot: { ...frame.snapshot, messages } }];
      },
    }),
  },
  ...surveyBreakages,
  {
    check: 'form-answers-fit',
    what: 'any answer will do',
    seams: forgiving('invalid_command'),
  },
  {
    check: 'form-answers-fit',
    what: 'of several choices none is taken',
    seams: () => ({
      execute: (_actor, given, sound) => {
        const { outboxId, n, command } = given;
        if (command.type !== 'form.submit' || !String(command.data.values['colours']).includes('\n'))
          return sound();
        const problem = makeProblem('invalid_command', 'One choice only.');
        return { type: 'reject', outboxId, n, lane: command.conversationId ?? 'user', problem };
      },
    }),
  },
  {
    check: 'consent-gates-send',
    what: 'messages need no consent',
    seams: forgiving('consent_required'),
  },
  ...questionBreakages,
  ...invitationBreakages,
  {
    check: 'erase-keeps-order',
    what: 'an erased conversation goes on in its old epoch',
    seams: () => {
      const epochs = new Map<string, string>();
      const first = (stream: string, epoch: string): string => {
        epochs.set(stream, epochs.get(stream) ?? epoch);
        return epochs.get(stream) ?? epoch;
      };
      return {
        outgoing: (frame) => {
          if (frame.type !== 'subscribed') return [frame];
          return [{ ...frame, epoch: first(frame.stream, frame.epoch) }];
        },
      };
    },
  },
  {
    check: 'erase-keeps-order',
    what: 'from the beginning of its epoch an erased conversation is replayed',
    seams: () => {
      let times = 0;
      return {
        outgoing: (frame) => {
          const { snapshot, ...rest } = frame.type === 'subscribed' ? frame : { snapshot: undefined };
          const isErased = snapshot?.kind === 'conversation' && snapshot.conversation.erasedAt !== undefined;
          return isErased && ++times > 1 ? [{ ...rest, recovered: true }] : [frame];
        },
      };
    },
  },
  {
    check: 'erase-keeps-order',
    what: 'an erased conversation can still be read',
    seams: () => ({ mayRead: (_actor, stream, sound) => sound || stream.endsWith(':public') }),
  },
  {
    check: 'queue-unknown-not-zero',
    what: 'an unknown place is zero',
    seams: () => ({
      outgoing: (frame) => {
        if (frame.type !== 'subscribed' || frame.snapshot?.kind !== 'conversation') return [frame];
        const { snapshot } = frame;
        const queue = { conversationId: snapshot.conversation.id, position: 0 };
        return [{ ...frame, snapshot: { ...snapshot, queue } }];
      },
    }),
  },
  {
    check: 'typing-expires',
    what: 'typing lasts until it is taken back',
    seams: () => ({
      outgoing: (frame) => {
        if (frame.type !== 'signal' || frame.signal.type !== 'typing') return [frame];
        const { expiresInMs: _expires, ...data } = frame.signal.data;
        return [{ ...frame, signal: { ...frame.signal, data } }];
      },
    }),
  },
  {
    check: 'typing-expires',
    what: 'whoever types may claim to be somebody else',
    seams: () => ({
      outgoing: (frame) => {
        if (frame.type !== 'signal' || frame.signal.type !== 'typing') return [frame];
        const data = { ...frame.signal.data, participantId: 'somebody-else' };
        return [{ ...frame, signal: { ...frame.signal, data } }];
      },
    }),
  },
];
