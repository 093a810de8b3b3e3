import type { Inspection } from '@sahay/client';
import { parseStream, type Conversation, type LogEvent, type Message, type Snapshot } from '@sahay/protocol';
import { applyToConversation, applyToMessage, messageIdOf } from '@sahay/protocol/core';

/** Of longer conversations the latest messages are kept. */
const mostMessages = 500;

type Seen<K extends Inspection['kind']> = Extract<Inspection, { kind: K }>;

/** A conversation as the log had brought it. */
export interface Talk {
  conversation?: Conversation | undefined;
  messages: readonly Message[];
}

/** Where a client stood at one moment: what a recording folds into. */
export interface Moment {
  readonly at: number;
  readonly state?: Seen<'state'> | undefined;
  readonly drains?: boolean | undefined;
  readonly durable?: boolean | undefined;
  readonly cursors: Seen<'cursors'>['cursors'];
  /** What waits, by lane. */
  readonly outbox: ReadonlyMap<string, Seen<'outbox'>['entries']>;
  /** By stream. */
  readonly talks: ReadonlyMap<string, Talk>;
}

/** Before anything was seen. */
export const nothingYet: Moment = { at: 0, cursors: [], outbox: new Map(), talks: new Map() };

/**
 * The moment after something was seen. Pure. Events are folded by the protocol's own reducers, so a transcript stands here exactly as every
 * client of the protocol has it.
 */
export function after(moment: Moment, seen: Inspection): Moment {
  const { at } = seen;
  switch (seen.kind) {
    case 'state':
      return { ...moment, at, state: seen };
    case 'tab':
      return { ...moment, at, drains: seen.drains, durable: seen.durable };
    case 'cursors':
      return { ...moment, at, cursors: seen.cursors };
    case 'outbox': {
      const outbox = new Map(moment.outbox);
      if (seen.entries.length > 0) outbox.set(seen.lane, seen.entries);
      else outbox.delete(seen.lane);
      return { ...moment, at, outbox };
    }
    case 'frame':
      return seen.way === 'in'
        ? { ...moment, at, talks: heard(moment.talks, seen.frame) }
        : { ...moment, at };
  }
}

function heard(talks: Moment['talks'], frame: Seen<'frame'>['frame']): Moment['talks'] {
  if (frame.type === 'subscribed' && frame.snapshot)
    return withTalk(talks, frame.stream, fromSnapshot(frame.snapshot));
  if (frame.type !== 'event') return talks;
  const { event } = frame;
  if (parseStream(event.stream)?.kind !== 'conversation') return talks;
  return withTalk(talks, event.stream, afterEvent(talks.get(event.stream), event));
}

function withTalk(talks: Moment['talks'], stream: string, talk: Talk | undefined): Moment['talks'] {
  return talk ? new Map(talks).set(stream, talk) : talks;
}

function fromSnapshot(snapshot: Snapshot): Talk | undefined {
  if (snapshot.kind !== 'conversation') return undefined;
  return { conversation: snapshot.conversation, messages: snapshot.messages.slice(-mostMessages) };
}

function afterEvent(talk: Talk | undefined, event: LogEvent): Talk {
  const conversation = applyToConversation(talk?.conversation, event);
  return { conversation, messages: afterMessageEvent(talk?.messages ?? [], event) };
}

function afterMessageEvent(messages: Talk['messages'], event: LogEvent): Talk['messages'] {
  const id = messageIdOf(event);
  if (id === undefined) return messages;
  const index = messages.findLastIndex((message) => message.id === id);
  const before = messages[index];
  const now = applyToMessage(before, event);
  if (!now || now === before) return messages;
  return before ? messages.with(index, now) : [...messages, now].slice(-mostMessages);
}
