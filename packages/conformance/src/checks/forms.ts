import { randomUUID } from 'node:crypto';
import type { FormPart } from '@sahay/protocol';
import type { Check } from '../check.ts';
import { must } from '../finding.ts';
import { messagesIn } from '../said.ts';

const form: FormPart = {
  partId: 'form',
  type: 'form',
  fallbackText: 'Which colours?',
  fields: [
    {
      name: 'colours',
      label: 'Colours',
      kind: 'checkboxes',
      required: true,
      options: ['red', 'green', 'blue'].map((value) => ({ value, label: value })),
    },
  ],
};

/** Answers to a form are held against what it asks for. */
export const formAnswersFit: Check = {
  id: 'form-answers-fit',
  section: '5.4',
  level: 'full',
  title:
    'An answer that is missing, or that a form does not offer, is refused; the form can still be submitted, once.',
  needs: { capabilities: ['inbox'] },
  async run(stage) {
    const [visitor, agent] = [await stage.visitor(), await stage.agent()];
    const conversationId = await visitor.begins();
    await visitor.says('Hello.', conversationId);
    await agent.does('assignment.accept', {}, conversationId);
    const sent = { clientMessageId: randomUUID(), parts: [form] };
    const { result } = await agent.does('message.send', sent, conversationId);
    const answers = (colours: string) => ({
      messageId: result.messageId ?? '',
      partId: form.partId,
      values: { colours },
    });
    for (const wrong of ['', 'red\npurple', 'red, blue'])
      await visitor.isRefused('invalid_command', 'form.submit', answers(wrong), conversationId);
    await visitor.does('form.submit', answers('red\nblue'), conversationId);
    await visitor.does('form.submit', answers('green'), conversationId);
    const { snapshot } = (await visitor.readsPublic(conversationId)).subscribed;
    must(snapshot?.kind === 'conversation', 'a snapshot of the conversation', snapshot);
    const held = messagesIn(snapshot).find(({ id }) => id === result.messageId)?.parts[0];
    must(held?.type === 'form' && held.submitted?.['colours'] === 'red\nblue', 'what was ticked first', held);
  },
};
