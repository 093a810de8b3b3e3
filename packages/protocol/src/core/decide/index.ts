import { commandLanes, commandRoles } from '../../generated/catalogue.ts';
import type { Command, Conversation } from '../../generated/types.ts';
import { bounds } from '../bounds.ts';
import type { Actor, ConversationView, Decision, Environment, UserView } from '../types.ts';
import { deeperThan, wellFormed } from '../well-formed.ts';
import * as attachments from './attachment.ts';
import * as assignment from './assignment.ts';
import * as context from './context.ts';
import * as conversations from './conversation.ts';
import * as forms from './form.ts';
import { presentInvitation } from './invitation.ts';
import * as messages from './message.ts';
import { accept, refuse, type Situation } from './outcome.ts';
import { missingAnswers } from './questions.ts';
import * as responses from './response.ts';
import * as streams from './stream.ts';
import * as surveys from './survey.ts';
import * as users from './user.ts';

/** Why an actor may not give this command at all, whatever the state; `undefined` when it may. */
export function refusalByCatalogue(command: Command, actor: Actor): Decision | undefined {
  if (!Object.hasOwn(commandRoles, command.type))
    return refuse(
      'unknown_command',
      `There is no command "${String(command.type).slice(0, 64)}" in this version of the protocol.`,
    );
  if (!commandRoles[command.type].includes(actor.role))
    return refuse('forbidden', `A ${actor.role} cannot give the command ${command.type}.`);
  if (deeperThan(command, bounds.depth))
    return refuse('invalid_command', `The command nests deeper than ${bounds.depth} levels. Flatten it.`);
  if (commandLanes[command.type] !== 'conversation') return undefined;
  if (!command.conversationId) return refuse('invalid_command', `${command.type} needs a conversationId.`);
  if (command.conversationId === 'user')
    return refuse(
      'invalid_command',
      'No conversation can be called "user": that names a lane. Mint another id.',
    );
  return undefined;
}

/**
 * Decides what a command in a conversation leads to. Pure: the same view, command, actor, time and ids give the same
 * decision. Nothing of a conversation that is not the actor's is revealed: it is `not_found`. A void is always accepted,
 * since it only says that a number is used up.
 */
export function decide(command: Command, actor: Actor, view: ConversationView, env: Environment): Decision {
  const refusal = refusalByCatalogue(command, actor);
  if (refusal) return refusal;
  if (command.type === 'command.void') return accept([]);
  const { conversation } = view;
  const conversationId = command.conversationId ?? '';
  const isStart = command.type === 'conversation.start';
  if (conversation ? isForeign(conversation, actor) : !isStart)
    return refuse('not_found', `There is no conversation ${conversationId} of yours.`);
  const missing = missingConsent(command, actor, view, env);
  if (missing) return missing;
  const stored = wellFormed(command);
  if (stored.type === 'conversation.start')
    return conversations.startConversation(stored, conversationId, actor, view, env);
  return conversation
    ? decideInConversation(stored, { actor, view, conversation, env })
    : refuse('not_found', `There is no conversation ${conversationId} of yours.`);
}

function missingConsent(
  { type }: Command,
  actor: Actor,
  view: ConversationView,
  { policy }: Environment,
): Decision | undefined {
  if (actor.role !== 'visitor') return undefined;
  const gate = policy.consent?.find(
    ({ purpose, policyVersion, commands }) =>
      commands.includes(type) && !view.consents?.(actor.id, purpose, policyVersion),
  );
  return (
    gate &&
    refuse(
      'consent_required',
      `${type} needs consent to "${gate.purpose}". Ask for it, and give consent.set first.`,
      {
        purpose: gate.purpose,
      },
    )
  );
}

const isForeign = ({ tenantId, visitor }: Conversation, actor: Actor): boolean =>
  tenantId !== actor.tenantId || (actor.role === 'visitor' && visitor.id !== actor.id);

/** Decides about a command of the lane `user`. Pure. */
export function decideForUser(command: Command, actor: Actor, view: UserView, env: Environment): Decision {
  return refusalByCatalogue(command, actor) ?? users.decideForUser(wellFormed(command), actor, view, env);
}

function decideInConversation(command: Command, situation: Situation): Decision {
  if (situation.conversation.erasedAt)
    return refuse('not_found', 'This conversation was erased. Nothing of it is left to go on with.');
  const unanswered = missingAnswers(command, situation);
  if (unanswered) return unanswered;
  switch (command.type) {
    case 'conversation.close':
      return conversations.closeConversation(command, situation);
    case 'conversation.reopen':
      return conversations.reopenConversation(situation);
    case 'message.send':
      return messages.sendMessage(command, situation);
    case 'message.edit':
      return messages.editMessage(command, situation);
    case 'message.delete':
      return messages.deleteMessage(command, situation);
    case 'message.cancel':
      return streams.cancelMessage(command, situation);
    case 'message.regenerate':
      return streams.regenerateMessage(command, situation);
    case 'message.checkpoint':
      return streams.checkpointMessage(command, situation);
    case 'message.complete':
      return streams.completeMessage(command, situation);
    case 'message.fail':
      return streams.failMessage(command, situation);
    case 'message.react':
      return responses.reactToMessage(command, situation);
    case 'message.feedback':
      return responses.giveFeedback(command, situation);
    case 'receipt.mark':
      return responses.markReceipt(command, situation);
    case 'attachment.create':
      return attachments.createAttachment(command, situation);
    case 'attachment.complete':
      return attachments.completeAttachment(command, situation);
    case 'handoff.request':
      return assignment.requestHandoff(command, situation);
    case 'handoff.cancel':
      return assignment.cancelHandoff(situation);
    case 'assignment.accept':
      return assignment.acceptAssignment(situation);
    case 'assignment.decline':
      return assignment.declineAssignment(command, situation);
    case 'assignment.transfer':
      return assignment.transferAssignment(command, situation);
    case 'assignment.return_to_bot':
      return assignment.returnToBot(situation);
    case 'note.add':
      return assignment.addNote(command, situation);
    case 'invitation.present':
      return presentInvitation(command, situation);
    case 'survey.submit':
      return surveys.submitSurvey(command, situation);
    case 'survey.dismiss':
      return surveys.dismissSurvey(command, situation);
    case 'context.update':
      return context.updateContext(command, situation);
    case 'answer.trace':
      return context.traceAnswer(command, situation);
    case 'form.submit':
      return forms.submitForm(command, situation);
    case 'action.invoke':
      return forms.invokeAction(command, situation);
    default:
      return refuse('capability_absent', `This backend does not support ${command.type}.`);
  }
}
