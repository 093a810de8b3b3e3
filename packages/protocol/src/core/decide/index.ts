import { commandLanes, commandRoles } from '../../generated/catalogue.ts';
import type { Command } from '../../generated/types.ts';
import type { Actor, ConversationView, Decision, Environment } from '../types.ts';
import * as around from './around.ts';
import * as assignment from './assignment.ts';
import * as conversations from './conversation.ts';
import * as messages from './message.ts';
import { accept, refuse, type Situation } from './outcome.ts';

export { decideForUser } from './user.ts';

/** Why an actor may not give this command at all, whatever the state; `undefined` when it may. */
export function refusalByCatalogue(command: Command, actor: Actor): Decision | undefined {
  if (!Object.hasOwn(commandRoles, command.type))
    return refuse(
      'unknown_command',
      `There is no command "${String(command.type).slice(0, 64)}" in this version of the protocol.`,
    );
  if (!commandRoles[command.type].includes(actor.role))
    return refuse('forbidden', `A ${actor.role} cannot give the command ${command.type}.`);
  if (commandLanes[command.type] === 'conversation' && !command.conversationId)
    return refuse('invalid_command', `${command.type} needs a conversationId.`);
  return undefined;
}

/**
 * Decides what a command in a conversation leads to. Pure: the same view, command, actor, time and ids give the same
 * decision. Nothing of a conversation that is not the actor's is revealed: it is `not_found`.
 */
export function decide(command: Command, actor: Actor, view: ConversationView, env: Environment): Decision {
  const refusal = refusalByCatalogue(command, actor);
  if (refusal) return refusal;
  const { conversation } = view;
  const foreign =
    conversation &&
    (conversation.tenantId !== actor.tenantId ||
      (actor.role === 'visitor' && conversation.visitor.id !== actor.id));
  if (foreign || (!conversation && command.type !== 'conversation.start' && command.type !== 'command.void'))
    return refuse('not_found', `There is no conversation ${command.conversationId ?? ''} of yours.`);
  if (command.type === 'command.void') return accept([]);
  if (command.type === 'conversation.start')
    return conversations.startConversation(command, command.conversationId ?? '', actor, view, env);
  if (!conversation) return refuse('not_found', 'There is no such conversation.');
  return decideInConversation(command, { actor, view, conversation, env });
}

function decideInConversation(command: Command, situation: Situation): Decision {
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
      return messages.cancelMessage(command, situation);
    case 'message.checkpoint':
      return messages.checkpointMessage(command, situation);
    case 'message.complete':
      return messages.completeMessage(command, situation);
    case 'message.fail':
      return messages.failMessage(command, situation);
    case 'message.react':
      return messages.reactToMessage(command, situation);
    case 'message.feedback':
      return messages.giveFeedback(command, situation);
    case 'receipt.mark':
      return messages.markReceipt(command, situation);
    case 'attachment.create':
      return around.createAttachment(command, situation);
    case 'attachment.complete':
      return around.completeAttachment(command, situation);
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
    case 'survey.submit':
      return around.submitSurvey(command, situation);
    case 'survey.dismiss':
      return around.dismissSurvey(command, situation);
    case 'context.update':
      return around.updateContext(command, situation);
    case 'answer.trace':
      return around.traceAnswer(command, situation);
    case 'form.submit':
      return around.submitForm(command, situation);
    case 'action.invoke':
      return around.invokeAction(command, situation);
    default:
      return refuse('capability_absent', `This backend does not support ${command.type}.`);
  }
}
