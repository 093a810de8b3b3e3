import { randomUUID } from 'node:crypto';
import { userStream, type ConversationSnapshot, type Id, type UserSnapshot } from '@sahay/protocol';
import type { Check } from '../check.ts';
import { must } from '../finding.ts';
import type { Person } from '../person.ts';
import { textOf } from '../said.ts';
import type { Stage } from '../stage.ts';
import type { Reading } from '../wire/peer.ts';

const offer = { text: 'Shall we finish your order together?', reason: 'You asked about it yesterday.' };
const needs = { capabilities: ['invitations', 'inbox'] };

/** A visitor whose conversation has ended, what she hears of herself, and an agent who may invite her. */
interface Scene {
  visitor: Person;
  agent: Person;
  conversationId: Id;
  hers: Reading;
}

async function ended(stage: Stage): Promise<Scene> {
  const agent = await stage.agent();
  const visitor = await stage.visitor();
  const conversationId = await visitor.begins();
  await visitor.says('I shall think about it.', conversationId);
  const hers = await visitor.reads(userStream((await visitor.participant()).id));
  await visitor.does('conversation.close', {}, conversationId);
  return { visitor, agent, conversationId, hers };
}

async function invites({ agent, conversationId }: Scene, text = offer.text): Promise<Id> {
  const { result } = await agent.does('invitation.present', { ...offer, text }, conversationId);
  must(result.invitationId !== undefined, 'the id of the invitation in the result', result);
  return result.invitationId;
}

/** What stands for her, as another device of hers learns it. */
async function standing({ visitor }: Scene): Promise<UserSnapshot['invitations']> {
  const reading = await (await visitor.another()).subscribe(userStream((await visitor.participant()).id));
  const { snapshot } = reading.subscribed;
  must(snapshot?.kind === 'user', 'a snapshot of the user', snapshot);
  return snapshot.invitations;
}

async function begun({ visitor }: Scene, invitationId: Id): Promise<ConversationSnapshot> {
  const conversationId = await visitor.begins({ invitationId });
  const { snapshot } = (await visitor.readsPublic(conversationId)).subscribed;
  must(snapshot?.kind === 'conversation', 'a snapshot of the conversation', snapshot);
  return snapshot;
}

/** The first thing that somebody said. */
function openingOf({ messages }: ConversationSnapshot): string | undefined {
  const opening = messages.find(({ author }) => author.role !== 'system');
  return opening && textOf(opening);
}

const invitationPresented: Check = {
  id: 'invitation-presented',
  section: '5.11',
  level: 'full',
  title:
    'An agent invites who was here before: it comes on the user’s stream, with from whom, why, until when, and one at a time.',
  needs,
  async run(stage) {
    const scene = await ended(stage);
    const { visitor, agent, conversationId, hers } = scene;
    const first = await invites(scene);
    const told = await hers.event(
      'invitation.presented',
      ({ data }) => data.invitation.invitationId === first,
    );
    const { invitation } = told.data;
    must(
      invitation.text === offer.text && invitation.reason === offer.reason,
      'what it says, and why',
      invitation,
    );
    const { id } = await agent.participant();
    must(invitation.from?.id === id && invitation.from.role === 'agent', 'the agent in `from`', invitation);
    must(
      invitation.sourceConversationId === conversationId,
      'the conversation that it was made from',
      invitation,
    );
    must(Date.parse(invitation.expiresAt) > Date.parse(told.time), 'an end after the beginning', invitation);
    const second = await invites(scene, 'Or shall we call you?');
    await hers.event('invitation.dismissed', ({ data }) => data.invitationId === first);
    const left = (await standing(scene)).map(({ invitationId }) => invitationId);
    must(left.length === 1 && left[0] === second, 'the latest invitation alone', left);
    await agent.isRefused('message_empty', 'invitation.present', { ...offer, reason: ' ' }, conversationId);
    await visitor.isRefused('forbidden', 'invitation.present', offer, conversationId);
    await agent.isRefused('forbidden', 'invitation.present', offer, await visitor.begins());
  },
};

const invitationBegins: Check = {
  id: 'invitation-begins',
  section: '5.11',
  level: 'full',
  title:
    'A conversation begun by an invitation opens with its words and is its agent’s; taken up again it leads there, and appends nothing.',
  needs,
  async run(stage) {
    const scene = await ended(stage);
    const { visitor, agent, hers } = scene;
    const invitationId = await invites(scene);
    const held = await begun(scene, invitationId);
    must(openingOf(held) === offer.text, 'the invitation’s words first', held.messages);
    const { id } = await agent.participant();
    const { assignment } = held.conversation;
    must(assignment.controlledBy === id, 'the agent who invited her in control', assignment);
    const accepted = await hers.event(
      'invitation.accepted',
      ({ data }) => data.invitationId === invitationId,
    );
    const { conversationId } = accepted.data;
    must(conversationId === held.conversation.id, 'the conversation that it led to', accepted.data);
    await agent.says('Which lamp was it?', conversationId);
    const again = await visitor.does('invitation.accept', {
      invitationId,
      conversationId: `c-${randomUUID()}`,
    });
    must(again.result.conversationId === conversationId, 'the conversation of the first time', again.result);
    must(
      openingOf(await begun(scene, invitationId)) !== offer.text,
      'another conversation without it',
      offer.text,
    );
    await stage.quiet();
    const told = hers.events.filter(({ type }) => type === 'invitation.accepted');
    must(told.length === 1, 'one acceptance', told);
    must((await standing(scene)).length === 0, 'no invitation any more', await standing(scene));
  },
};

const invitationDismissed: Check = {
  id: 'invitation-dismissed',
  section: '5.11',
  level: 'full',
  title: 'An invitation that was declined is gone on all devices, and keeps nobody from beginning.',
  needs,
  async run(stage) {
    const scene = await ended(stage);
    const { visitor, hers } = scene;
    const invitationId = await invites(scene);
    await visitor.does('invitation.dismiss', { invitationId });
    await hers.event('invitation.dismissed', ({ data }) => data.invitationId === invitationId);
    must((await standing(scene)).length === 0, 'no invitation on another device', await standing(scene));
    await visitor.isRefused('invitation_expired', 'invitation.accept', {
      invitationId,
      conversationId: `c-${randomUUID()}`,
    });
    const held = await begun(scene, invitationId);
    must(openingOf(held) !== offer.text, 'a conversation as any other', held.messages);
    await visitor.says('I am back.', held.conversation.id);
  },
};

/** Offers of help. */
export const invitationChecks: readonly Check[] = [
  invitationPresented,
  invitationBegins,
  invitationDismissed,
];
