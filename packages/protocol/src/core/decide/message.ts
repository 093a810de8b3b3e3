import type { Command, Message, Part } from '../../generated/types.ts';
import type { Decision } from '../types.ts';
import { accept, isStaff, profileOf, refuse, said, type Situation } from './outcome.ts';

/** All the text a person or a bot put into parts, for the limits and for emptiness. */
function textOf(parts: readonly Part[]): string {
  return parts.map((part) => (part.type === 'text' || part.type === 'reasoning' ? part.text : '')).join('');
}

/** Why these parts cannot be a message here, if they cannot. */
function refusalOfParts(parts: readonly Part[], { view, actor, env }: Situation): Decision | undefined {
  const text = textOf(parts);
  const { maxTextLength } = env.policy.limits;
  if (text.length > maxTextLength)
    return refuse(
      'message_too_long',
      `The message has ${text.length} characters; at most ${maxTextLength} are accepted. Shorten it or send it in pieces.`,
    );
  if (!parts.some((part) => part.type !== 'text' || part.text.trim() !== ''))
    return refuse('message_empty', 'The message says nothing. Write something, or attach a file.');
  for (const part of parts) {
    const attachmentId = 'attachmentId' in part ? part.attachmentId : undefined;
    if (typeof attachmentId !== 'string') {
      if (actor.role === 'visitor' && !visitorParts.has(part.type))
        return refuse('forbidden', `A visitor cannot send a part of type "${part.type}".`);
      continue;
    }
    const attachment = view.attachment(attachmentId);
    if (!attachment || attachment.ownerId !== actor.id)
      return refuse(
        'attachment_unknown',
        `There is no attachment ${attachmentId} of yours in this conversation. Upload the file first.`,
      );
    if (attachment.state !== 'complete')
      return refuse(
        'attachment_incomplete',
        `${attachment.name} has not arrived whole. Wait until the upload is complete.`,
      );
  }
  return undefined;
}

/** What visitors may put into a message without an attachment; files always need one. */
const visitorParts: ReadonlySet<string> = new Set(['text', 'location', 'quote']);

/** Attachments are described by what the server checked, never by what the sender says. */
function withCheckedAttachments(parts: readonly Part[], { view }: Situation): Part[] {
  return parts.map((part) => {
    const id = 'attachmentId' in part ? part.attachmentId : undefined;
    const attachment = typeof id === 'string' ? view.attachment(id) : undefined;
    if (
      !attachment ||
      (part.type !== 'image' && part.type !== 'file' && part.type !== 'audio' && part.type !== 'video')
    )
      return part;
    const { name, mediaType, size, width, height } = attachment;
    const { url: _url, ...rest } = part;
    return {
      ...rest,
      name,
      mediaType,
      size,
      ...(part.type === 'image' && width && height && { width, height }),
    } as Part;
  });
}

/** Says something. Support speaks only while it has control, so a bot never talks over a person. */
export function sendMessage(command: Command<'message.send'>, situation: Situation): Decision {
  const { actor, conversation, env, view } = situation;
  const { clientMessageId, parts, replyTo, status = 'complete' } = command.data;
  if (conversation.status === 'closed')
    return refuse('conversation_closed', 'This conversation is closed. Reopen it, or begin a new one.', {
      reopenableUntil: conversation.reopenableUntil,
    });
  if (actor.role !== 'visitor' && conversation.assignment.controlledBy !== actor.id)
    return refuse(
      'not_controller',
      'Somebody else has control of this conversation. Take it over before you write.',
    );
  if (status === 'streaming' && actor.role === 'visitor')
    return refuse('forbidden', 'Only bots and agents can stream a message.');
  const wrong = status === 'complete' ? refusalOfParts(parts, situation) : undefined;
  if (wrong) return wrong;
  const message: Message = {
    id: env.newId('m'),
    conversationId: conversation.id,
    clientMessageId,
    author: profileOf(actor),
    status,
    parts: withCheckedAttachments(parts, situation),
    createdAt: env.now(),
    ...(replyTo && view.message(replyTo) && { replyTo }),
  };
  return accept([said(conversation.id, 'message.created', { message })], {
    conversationId: conversation.id,
    messageId: message.id,
  });
}

/** Looks a message up and checks that it is the actor's own. */
function ownMessage(messageId: string, { actor, view }: Situation): Message | Decision {
  const message = view.message(messageId);
  if (!message || message.status === 'deleted')
    return refuse('message_not_found', `There is no message ${messageId} in this conversation.`);
  if (message.author.id !== actor.id) return refuse('forbidden', 'Only its author can change a message.');
  return message;
}

const isDecision = (value: Message | Decision): value is Decision => !('parts' in value);

export function editMessage(command: Command<'message.edit'>, situation: Situation): Decision {
  const { messageId, parts } = command.data;
  const message = ownMessage(messageId, situation);
  if (isDecision(message)) return message;
  if (message.status === 'streaming')
    return refuse('forbidden', 'A message that still streams cannot be edited. Complete it first.');
  const wrong = refusalOfParts(parts, situation);
  if (wrong) return wrong;
  return accept(
    [
      said(situation.conversation.id, 'message.edited', {
        messageId,
        parts: withCheckedAttachments(parts, situation),
      }),
    ],
    { messageId },
  );
}

export function deleteMessage(command: Command<'message.delete'>, situation: Situation): Decision {
  const { messageId } = command.data;
  const message = ownMessage(messageId, situation);
  if (isDecision(message)) return message;
  return accept([said(situation.conversation.id, 'message.deleted', { messageId, by: situation.actor.id })], {
    messageId,
  });
}

/** A streaming message of the actor's own, which is all that checkpoint, complete and fail may touch. */
function ownStream(messageId: string, situation: Situation): Message | Decision {
  const message = ownMessage(messageId, situation);
  if (isDecision(message)) return message;
  return message.status === 'streaming'
    ? message
    : refuse('message_not_found', `Message ${messageId} has ended (${message.status}).`);
}

export function checkpointMessage(command: Command<'message.checkpoint'>, situation: Situation): Decision {
  const message = ownStream(command.data.messageId, situation);
  return isDecision(message)
    ? message
    : accept([said(situation.conversation.id, 'message.checkpoint', command.data)], {
        messageId: message.id,
      });
}

export function completeMessage(command: Command<'message.complete'>, situation: Situation): Decision {
  const { messageId, parts } = command.data;
  const message = ownStream(messageId, situation);
  if (isDecision(message)) return message;
  const wrong = refusalOfParts(parts, situation);
  return (
    wrong ??
    accept([said(situation.conversation.id, 'message.completed', { messageId, parts })], { messageId })
  );
}

export function failMessage(command: Command<'message.fail'>, situation: Situation): Decision {
  const { messageId, reason } = command.data;
  const message = ownStream(messageId, situation);
  if (isDecision(message)) return message;
  return accept(
    [said(situation.conversation.id, 'message.failed', { messageId, parts: message.parts, reason })],
    { messageId },
  );
}

/** Stops an answer. Cancelling one that has ended already changes nothing and is no error. */
export function cancelMessage(
  command: Command<'message.cancel'>,
  { actor, conversation, view }: Situation,
): Decision {
  const { messageId } = command.data;
  const message = view.message(messageId);
  if (!message) return refuse('message_not_found', `There is no message ${messageId} in this conversation.`);
  if (message.status !== 'streaming') return accept([], { messageId });
  return accept(
    [said(conversation.id, 'message.cancelled', { messageId, parts: message.parts, by: actor.id })],
    { messageId },
  );
}

export function reactToMessage(
  command: Command<'message.react'>,
  { actor, conversation, view }: Situation,
): Decision {
  const { messageId, emoji, active } = command.data;
  const message = view.message(messageId);
  if (!message || message.status === 'deleted')
    return refuse('message_not_found', `There is no message ${messageId} in this conversation.`);
  const has = Object.hasOwn(message.reactions ?? {}, emoji) && message.reactions?.[emoji]?.includes(actor.id);
  if (Boolean(has) === active) return accept([], { messageId });
  return accept(
    [
      said(conversation.id, 'message.reaction_changed', {
        messageId,
        participantId: actor.id,
        emoji,
        active,
      }),
    ],
    { messageId },
  );
}

export function giveFeedback(
  command: Command<'message.feedback'>,
  { conversation, view }: Situation,
): Decision {
  const { messageId, helpful, reason } = command.data;
  const message = view.message(messageId);
  if (!message || message.author.role === 'visitor')
    return refuse('message_not_found', 'Feedback is for an answer of this conversation.');
  return accept([said(conversation.id, 'message.feedback_given', { messageId, helpful, reason })], {
    messageId,
  });
}

/** Receipts never go back: an older mark than the one held changes nothing. */
export function markReceipt(
  command: Command<'receipt.mark'>,
  { actor, conversation, view }: Situation,
): Decision {
  const { messageId, kind } = command.data;
  const order = view.order(messageId);
  if (order === undefined)
    return refuse('message_not_found', `There is no message ${messageId} in this conversation.`);
  const held = Object.hasOwn(conversation.receipts, actor.id)
    ? conversation.receipts[actor.id]?.[kind]
    : undefined;
  const heldOrder = held === undefined ? undefined : view.order(held);
  if (heldOrder !== undefined && heldOrder >= order) return accept([]);
  if (isStaff(actor) && kind === 'read' && conversation.assignment.controlledBy !== actor.id)
    return accept([]);
  return accept([said(conversation.id, 'receipt.updated', { participantId: actor.id, messageId, kind })]);
}
