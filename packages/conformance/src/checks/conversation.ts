import { randomUUID } from 'node:crypto';
import {
  conversationStream,
  type Assignment,
  type ConversationSnapshot,
  type SurveyPart,
} from '@sahay/protocol';
import type { Check } from '../check.ts';
import { must, Unimplemented } from '../finding.ts';
import { messageOf, type Person } from '../person.ts';
import { messagesIn, textOf } from '../said.ts';
import type { Stage } from '../stage.ts';
import { formAnswersFit } from './forms.ts';
import { mustNotRead } from './streams.ts';
import { surveyNotTwice } from './surveys.ts';

/** The conversation as a fresh reader gets it. */
async function snapshotOf(person: Person, conversationId: string): Promise<ConversationSnapshot> {
  const { snapshot } = (await person.readsPublic(conversationId)).subscribed;
  must(snapshot?.kind === 'conversation', 'a snapshot of the conversation', snapshot);
  return snapshot;
}

/** What must be true of who has control, at every moment. */
function mustHaveOneController({ state, controlledBy, offeredTo }: Assignment): void {
  const isControlled = state === 'bot' || state === 'assigned';
  must(
    isControlled === (controlledBy !== undefined),
    isControlled ? `somebody in control while "${state}"` : `nobody in control while "${state}"`,
    { state, controlledBy },
  );
  must(state === 'ringing' || offeredTo === undefined, 'nobody rung unless "ringing"', { state, offeredTo });
}

const handoffSingleController: Check = {
  id: 'handoff-single-controller',
  section: '5.2',
  level: 'live',
  title:
    'Exactly one participant, or nobody, may speak for the support side, from the request for a person on.',
  needs: { capabilities: ['handoff'], driver: ['agentToken'] },
  async run(stage) {
    const [rina, sam] = [await stage.agent('Rina'), await stage.agent('Sam')];
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    const reading = await visitor.readsPublic(conversationId);
    mustHaveOneController((await snapshotOf(visitor, conversationId)).conversation.assignment);
    await visitor.says('A person, please.', conversationId);
    await visitor.does('handoff.request', { reason: 'asked_for_person' }, conversationId);
    await rina.isRefused('not_controller', 'message.send', messageOf('not mine yet'), conversationId);
    await rina.does('assignment.accept', {}, conversationId);
    await sam.isRefused('already_controlled', 'assignment.accept', {}, conversationId);
    await sam.isRefused('not_controller', 'message.send', messageOf('not mine'), conversationId);
    await rina.says('I am here.', conversationId);
    await visitor.says('Thank you.', conversationId);
    const held = await snapshotOf(visitor, conversationId);
    must(
      held.conversation.assignment.controlledBy === (await rina.participant()).id,
      'the agent who accepted in control',
      held.conversation.assignment,
    );
    for (const event of reading.events)
      if (event.type === 'assignment.changed') mustHaveOneController(event.data.assignment);
    const roles = messagesIn(held)
      .filter(({ author }) => author.role === 'bot' || author.role === 'agent')
      .map(({ author }) => author.role);
    must(roles.lastIndexOf('bot') < roles.indexOf('agent'), 'the bot silent from there on', roles);
  },
};

const receiptsMonotone: Check = {
  id: 'receipts-monotone',
  section: '5.7',
  level: 'live',
  title: 'A receipt never goes back: an older mark changes nothing.',
  needs: { capabilities: ['receipts'] },
  async run(stage) {
    const visitor = await stage.visitor();
    const { id } = await visitor.participant();
    const conversationId = await visitor.begins();
    const reading = await visitor.readsPublic(conversationId);
    const first = await visitor.says('one', conversationId);
    const second = await visitor.says('two', conversationId);
    await visitor.does('receipt.mark', { messageId: second, kind: 'read' }, conversationId);
    await reading.event('receipt.updated', ({ data }) => data.messageId === second);
    await visitor.give('receipt.mark', { messageId: first, kind: 'read' }, conversationId);
    await stage.quiet();
    const back = reading.events.filter(
      (event) =>
        event.type === 'receipt.updated' && event.data.messageId === first && event.data.kind === 'read',
    );
    must(back.length === 0, 'no event for the older mark', back);
    const { receipts } = (await snapshotOf(visitor, conversationId)).conversation;
    must(receipts[id]?.read === second, `read up to ${second}`, receipts[id]);
  },
};

const sendAfterClose: Check = {
  id: 'send-after-close',
  section: '5.8',
  level: 'live',
  title:
    'After the close a message is refused as `conversation_closed`, with `reopenableUntil`; reopened, it goes on.',
  async run(stage) {
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    await visitor.says('Hello.', conversationId);
    await visitor.does('conversation.close', {}, conversationId);
    const problem = await visitor.isRefused(
      'conversation_closed',
      'message.send',
      messageOf('too late'),
      conversationId,
    );
    must(!problem.retryable, 'a refusal for good', problem);
    must(problem.reopenableUntil !== undefined, '`reopenableUntil`', problem);
    const held = await snapshotOf(visitor, conversationId);
    must(held.conversation.status === 'closed', 'a closed conversation', held.conversation);
    must(!messagesIn(held).some((message) => textOf(message) === 'too late'), 'nothing of it', held.messages);
    await visitor.does('conversation.reopen', {}, conversationId);
    await visitor.says('I am back.', conversationId);
  },
};

/** Something of the support side's, without which no survey follows. */
async function answers(stage: Stage, conversationId: string): Promise<void> {
  const { driver } = stage.target;
  if (driver?.botSay && driver.silenceBot) {
    const parts = [{ partId: 'text', type: 'text' as const, text: 'Here is how.' }];
    await driver.botSay({ conversationId, parts });
    return;
  }
  const agent = await stage.agent();
  await agent.does('assignment.accept', {}, conversationId);
  await agent.says('Here is how.', conversationId);
}

const surveyAfterClose: Check = {
  id: 'survey-after-close',
  section: '5.9',
  level: 'live',
  title: 'A survey outlives the close: it is answered after it, once.',
  needs: { capabilities: ['surveys'] },
  async run(stage) {
    await stage.target.driver?.silenceBot?.();
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    const reading = await visitor.readsPublic(conversationId);
    await visitor.says('How?', conversationId);
    await answers(stage, conversationId);
    await visitor.does('conversation.close', {}, conversationId);
    await stage.until(() => reading.events.some(({ type }) => type === 'survey.requested'));
    const asked = reading.events.find((event) => event.type === 'survey.requested');
    if (asked?.type !== 'survey.requested')
      throw new Unimplemented('the backend asks for no survey after a close');
    const { surveyId, expiresAt } = asked.data.survey;
    must(Date.parse(expiresAt) > Date.parse(asked.time), 'an end after the beginning', asked.data.survey);
    await visitor.does('survey.submit', { surveyId, answers: { score: 4 } }, conversationId);
    await reading.event('survey.submitted', ({ data }) => data.surveyId === surveyId);
    await visitor.give('survey.submit', { surveyId, answers: { score: 1 } }, conversationId);
    await stage.quiet();
    const told = reading.events.filter(({ type }) => type === 'survey.submitted');
    must(told.length === 1, 'one answer', told);
    const { survey } = (await snapshotOf(visitor, conversationId)).conversation;
    must(survey?.state === 'submitted' && survey.answers?.score === 4, 'the first answer', survey);
  },
};

const surveyInLine: Check = {
  id: 'survey-in-line',
  section: '5.9',
  level: 'full',
  title: 'A survey that an agent sends as a part can be answered, and its message says what was answered.',
  needs: { capabilities: ['surveys', 'inbox'] },
  async run(stage) {
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    const reading = await visitor.readsPublic(conversationId);
    await visitor.says('Hello.', conversationId);
    const agent = await stage.agent();
    await agent.does('assignment.accept', {}, conversationId);
    const part = {
      partId: 'q',
      type: 'survey',
      surveyId: 'mine',
      kind: 'ces',
      fallbackText: 'Easy?',
    } as const;
    const forged = { ...part, state: 'submitted', answers: { score: 7 } } as const;
    const { result } = await agent.does(
      'message.send',
      { clientMessageId: randomUUID(), parts: [forged] },
      conversationId,
    );
    const { messageId } = result;
    await stage.until(() => reading.events.some(({ type }) => type === 'survey.requested'));
    const asked = reading.events.find((event) => event.type === 'survey.requested');
    if (asked?.type !== 'survey.requested') throw new Unimplemented('the backend asks no survey in line');
    const { survey } = asked.data;
    must(survey.messageId === messageId && survey.partId === 'q', 'the message and part that ask it', survey);
    must(survey.surveyId !== 'mine', 'an id of the backend’s', survey);
    const shown = async () => {
      const held = messagesIn(await snapshotOf(visitor, conversationId)).find(({ id }) => id === messageId);
      return held?.parts.find(({ partId }) => partId === 'q') as SurveyPart | undefined;
    };
    const open = await shown();
    must(open?.surveyId === survey.surveyId && !open.state && !open.answers, 'a part nobody answered', open);
    const { surveyId } = survey;
    await visitor.does('survey.submit', { surveyId, answers: { score: 3 } }, conversationId);
    await reading.event('survey.submitted', ({ data }) => data.messageId === messageId);
    const answered = await shown();
    must(answered?.state === 'submitted' && answered.answers?.score === 3, 'what was answered', answered);
  },
};

const consentGatesSend: Check = {
  id: 'consent-gates-send',
  section: '5.10',
  level: 'full',
  title:
    'A command that needs a consent and lacks it is refused as `consent_required`, which names the purpose.',
  needs: { capabilities: ['consent'], driver: ['requireConsent'] },
  async run(stage) {
    const driver = stage.driver('requireConsent');
    const purpose = 'conformance';
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    await driver.requireConsent({ purpose });
    try {
      const refusal = messageOf('before');
      const problem = await visitor.isRefused('consent_required', 'message.send', refusal, conversationId);
      must(problem.purpose === purpose, `the purpose "${purpose}"`, problem);
      await visitor.does('consent.set', { purpose, granted: true, policyVersion: '1' });
      await visitor.says('after', conversationId);
      await visitor.does('consent.set', { purpose, granted: false, policyVersion: '1' });
      await visitor.isRefused('consent_required', 'message.send', messageOf('withdrawn'), conversationId);
    } finally {
      await driver.requireConsent({});
    }
    const said = messagesIn(await snapshotOf(visitor, conversationId)).map(textOf);
    must(said.includes('after') && !said.includes('before'), 'what was said with consent alone', said);
  },
};

const eraseKeepsOrder: Check = {
  id: 'erase-keeps-order',
  section: '5.15',
  level: 'full',
  title:
    'Erasure blanks what was said and keeps its place: a new epoch, the same numbers, nothing left to read.',
  needs: { capabilities: ['erase'] },
  async run(stage) {
    const agent = await stage.agent();
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    const stream = conversationStream(conversationId, 'public');
    const reading = await agent.reads(stream);
    await visitor.says('a secret that must go', conversationId);
    await reading.event('message.created', ({ data }) => data.message.author.role === 'visitor');
    const cursor = reading.cursor();
    const kept = stage.personWith(visitor.token);
    const other = await kept.begins();
    await kept.says('not part of it', other);
    await visitor.does('data.erase', { conversationId });
    await mustNotRead(await fresh(stage, visitor), stream);
    const { api } = stage.discovery.endpoints;
    const page = await visitor.ask(`${api}/conversations/${conversationId}/messages`);
    must(!page.text.includes('a secret'), 'nothing of it in the history', page.text);
    const back = await fresh(stage, agent);
    const { subscribed } = await back.reads(stream, cursor);
    must(!subscribed.recovered, '`recovered: false` from a cursor of before', subscribed);
    must(subscribed.epoch !== cursor.epoch, 'another epoch', subscribed.epoch);
    must(!JSON.stringify(subscribed).includes('a secret'), 'nothing of what was said', subscribed);
    must(subscribed.headSeq > cursor.seq, `numbers that go on after ${cursor.seq}`, subscribed.headSeq);
    const whole = await back.reads(stream, { stream, epoch: subscribed.epoch, seq: 0 });
    must(
      !whole.subscribed.recovered,
      'a snapshot, and no erased event, from the epoch’s beginning',
      whole.subscribed,
    );
    const held = messagesIn(await snapshotOf(await fresh(stage, kept), other)).map(textOf);
    must(held.includes('not part of it'), 'the other conversation as it was', held);
  },
};

/** The same person on a connection that was not there when it happened. */
const fresh = async (stage: Stage, { token }: Person): Promise<Person> => stage.personWith(token);

/** Who may do what, and when. */
export const conversationChecks: readonly Check[] = [
  handoffSingleController,
  formAnswersFit,
  receiptsMonotone,
  sendAfterClose,
  surveyAfterClose,
  surveyInLine,
  surveyNotTwice,
  consentGatesSend,
  eraseKeepsOrder,
];
