import type { Attachment, Command } from '../../generated/types.ts';
import type { Decision } from '../types.ts';
import { accept, refuse, said, type Situation } from './outcome.ts';
import { ownAttachment } from './parts.ts';

export function createAttachment(command: Command<'attachment.create'>, situation: Situation): Decision {
  const { actor, conversation, env, view } = situation;
  const { attachmentId, size } = command.data;
  const name = safeName(command.data.name);
  const mediaType = command.data.mediaType.toLowerCase();
  const { maxAttachmentBytes, attachmentTypes } = env.policy.limits;
  if (conversation.status === 'closed')
    return refuse('conversation_closed', 'This conversation is closed. Reopen it, or begin a new one.', {
      reopenableUntil: conversation.reopenableUntil,
    });
  if (size > maxAttachmentBytes)
    return refuse(
      'attachment_too_large',
      `${name} has ${size} bytes; at most ${maxAttachmentBytes} are accepted. Choose a smaller file.`,
    );
  if (!attachmentTypes.includes(mediaType))
    return refuse(
      'attachment_type_refused',
      `${name} is ${mediaType}; accepted are ${attachmentTypes.join(', ')}.`,
    );
  if (view.attachment(attachmentId))
    return refuse('forbidden', `The attachment id ${attachmentId} is taken. Choose a fresh one.`);
  const attachment: Attachment = {
    attachmentId,
    conversationId: conversation.id,
    ownerId: actor.id,
    name,
    mediaType,
    size,
    state: 'created',
  };
  return accept([said(conversation.id, 'attachment.created', { attachment })], { attachmentId });
}

/** A file's name without folders, control characters or bidi overrides, its last 120 characters. */
function safeName(name: string): string {
  const clean = name
    .replace(/^.*[/\\]/su, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim();
  return /^\.*$/.test(clean) ? 'file' : [...clean].slice(-120).join('');
}

/** The environment that stores bytes checks them before it lets this command in; here only ownership and order count. */
export function completeAttachment(command: Command<'attachment.complete'>, situation: Situation): Decision {
  const { attachmentId } = command.data;
  const attachment = ownAttachment(attachmentId, situation);
  if (!attachment)
    return refuse(
      'attachment_unknown',
      `There is no attachment ${attachmentId} of yours in this conversation.`,
    );
  if (attachment.state === 'complete') return accept([], { attachmentId });
  const complete: Attachment = { ...attachment, state: 'complete' };
  return accept([said(situation.conversation.id, 'attachment.completed', { attachment: complete })], {
    attachmentId,
  });
}
