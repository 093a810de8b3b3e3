import { randomUUID } from 'node:crypto';
import type { SurveyPart } from '@sahay/protocol';
import type { Check } from '../check.ts';
import { must, Unimplemented } from '../finding.ts';
import type { Person } from '../person.ts';
import type { Stage } from '../stage.ts';
import type { Reading } from '../wire/peer.ts';

/** A conversation that the agent has and has answered in. */
async function answered(visitor: Person, agent: Person): Promise<{ id: string; reading: Reading }> {
  const id = await visitor.begins();
  const reading = await visitor.readsPublic(id);
  await visitor.says('How?', id);
  await agent.does('assignment.accept', {}, id);
  await agent.says('So.', id);
  return { id, reading };
}

const requestsIn = (reading: Reading) =>
  reading.events.flatMap((event) => (event.type === 'survey.requested' ? [event.data.survey] : []));

async function kindAfterClose(stage: Stage, visitor: Person, agent: Person): Promise<SurveyPart['kind']> {
  const { id, reading } = await answered(visitor, agent);
  await agent.does('conversation.close', {}, id);
  await stage.until(() => requestsIn(reading).length > 0);
  const [survey] = requestsIn(reading);
  if (!survey) throw new Unimplemented('the backend asks for no survey after a close');
  return survey.kind;
}

/** No survey at the close after the same one was answered in line. */
export const surveyNotTwice: Check = {
  id: 'survey-not-twice',
  section: '5.9',
  level: 'full',
  title:
    'No survey follows a close where whoever has the conversation asked one of that kind that was answered.',
  needs: { capabilities: ['surveys', 'inbox'] },
  async run(stage) {
    const [visitor, agent] = [await stage.visitor(), await stage.agent()];
    const kind = await kindAfterClose(stage, visitor, agent);
    const { id, reading } = await answered(visitor, agent);
    const part: SurveyPart = {
      partId: 'q',
      type: 'survey',
      surveyId: 'mine',
      kind,
      fallbackText: 'How was it?',
    };
    await agent.does('message.send', { clientMessageId: randomUUID(), parts: [part] }, id);
    await stage.until(() => requestsIn(reading).length > 0);
    const [asked] = requestsIn(reading);
    if (!asked) throw new Unimplemented('the backend asks no survey in line');
    await visitor.does('survey.submit', { surveyId: asked.surveyId, answers: { score: 4 } }, id);
    await reading.event('survey.submitted', ({ data }) => data.surveyId === asked.surveyId);
    await agent.does('conversation.close', {}, id);
    await reading.event('conversation.closed');
    await stage.quiet();
    must(requestsIn(reading).length === 1, 'the survey that was answered alone', requestsIn(reading));
  },
};
