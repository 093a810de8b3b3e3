import type { PreChatField, Problem, SettingsAnswer, SettingsRequest } from '@sahay/protocol';
import type { Check } from '../check.ts';
import { must } from '../finding.ts';
import { messageOf, type Person } from '../person.ts';
import type { Stage } from '../stage.ts';

const topic = 'conformance-topic';
const fields: PreChatField[] = [
  { name: 'conformance-note', kind: 'text', label: { en: 'Anything else?' } },
  {
    name: topic,
    kind: 'select',
    label: { en: 'What is it about?' },
    required: true,
    options: [
      { value: 'parcel', label: { en: 'A parcel' } },
      { value: 'bill', label: { en: 'A bill' } },
    ],
  },
];

async function settingsAfter(stage: Stage, agent: Person, body?: SettingsRequest): Promise<SettingsAnswer> {
  const method = body ? 'PATCH' : 'GET';
  const { status, text, json } = await agent.ask(`${stage.discovery.endpoints.api}/settings`, {
    method,
    body,
  });
  must(status === 200, `200 for ${method} of the settings`, `${status} ${text}`);
  return json as SettingsAnswer;
}

/** Asks these questions meanwhile; afterwards what was asked before is asked again. */
async function whileAsking(stage: Stage, agent: Person, work: () => Promise<void>): Promise<void> {
  const { preChat } = (await settingsAfter(stage, agent)).settings;
  await settingsAfter(stage, agent, { preChat: { fields } });
  try {
    await work();
  } finally {
    await settingsAfter(stage, agent, preChat ? { preChat } : { unset: ['preChat'] });
  }
}

function mustNameTheQuestion({ field, retryable }: Problem): void {
  must(field === topic, `the question "${topic}" as \`field\``, field);
  must(!retryable, 'a refusal that uses its number up', { retryable });
}

const answersGateSend: Check = {
  id: 'answers-gate-send',
  section: '5.10',
  level: 'full',
  title:
    'Until a required question has an answer that fits, a visitor’s first message is refused as `answers_required`, which names the question; nobody is asked twice.',
  needs: { capabilities: ['settings', 'inbox'] },
  async run(stage) {
    const agent = await stage.agent();
    const earlier = await stage.visitor();
    await earlier.says('before there were questions', await earlier.begins());
    const visitor = await stage.visitor();
    await whileAsking(stage, agent, async () => {
      const conversationId = await visitor.begins();
      const refused = (): Promise<Problem> =>
        visitor.isRefused('answers_required', 'message.send', messageOf('too early'), conversationId);
      mustNameTheQuestion(await refused());
      if (stage.can('handoff'))
        mustNameTheQuestion(
          await visitor.isRefused(
            'answers_required',
            'handoff.request',
            { reason: 'asked_for_person' },
            conversationId,
          ),
        );
      await visitor.does('context.update', { attributes: { [topic]: 'none of them' } }, conversationId);
      mustNameTheQuestion(await refused());
      await visitor.does('context.update', { attributes: { [topic]: 'bill' } }, conversationId);
      await visitor.says('answered', conversationId);
      await visitor.says('in another conversation', await visitor.begins());
      await earlier.says('heard before', await earlier.begins());
    });
    const unasked = await stage.visitor();
    await unasked.says('no questions any more', await unasked.begins());
  },
};

/** Questions before the first message. */
export const questionChecks: readonly Check[] = [answersGateSend];
