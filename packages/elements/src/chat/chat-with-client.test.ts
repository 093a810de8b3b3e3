import { createSupportClient, type TurnBackend } from '@sahay/client';
import { turnConnector } from '@sahay/client/connector';
import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import '../define/chat.ts';
import type { SahayComposer } from '../composer/composer.ts';
import type { SahayChat } from './chat.ts';

/** A backend that answers in pieces, over the client's own log. */
function backend(): TurnBackend & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    name: 'test',
    delivery: 'at-most-once',
    capabilities: () => new Set(['streaming'] as const),
    welcome: async (locale) => ({
      locale,
      author: { id: 'bot', role: 'bot', name: 'Helper' },
      parts: [{ partId: 'p', type: 'text', text: 'Ask away.' }],
      availability: { open: true },
    }),
    async *respond(messages) {
      const last = messages.at(-1)!.parts.find((part) => part.type === 'text');
      asked.push(last?.type === 'text' ? last.text : '');
      for (const text of ['You have ', '**30', ' days**', '.'])
        yield { type: 'text-delta', partId: 't', text };
    },
  };
}

const bubbles = (chat: SahayChat): string[] => {
  const list = chat.shadowRoot?.querySelector('sahay-message-list')?.shadowRoot;
  return [...(list?.querySelectorAll<HTMLElement>('.bubble') ?? [])].map(({ innerText }) => innerText.trim());
};

async function write(chat: SahayChat, text: string): Promise<void> {
  const composer = chat.shadowRoot!.querySelector<SahayComposer>('sahay-composer')!;
  composer.value = text;
  await composer.updateComplete;
  composer.shadowRoot!.querySelector<HTMLElement>('[part~=send]')!.click();
}

describe('sahay-chat with a real client', () => {
  it('sends, shows the answer as it streams in, and finds it all again after a remount', async () => {
    const connector = backend();
    const client = createSupportClient({ connector: turnConnector(connector), storage: 'memory' });
    const chat = await fixture<SahayChat>(html`<sahay-chat .client=${client}></sahay-chat>`);
    await waitUntil(() => bubbles(chat)[0] === 'Ask away.');
    expect(client.connection.getSnapshot().state).to.equal('idle');

    await write(chat, 'How long do I have?');
    await waitUntil(() => bubbles(chat).at(-1) === 'You have 30 days.', undefined, { timeout: 5000 });
    expect(bubbles(chat)).to.include.members(['How long do I have?', 'You have 30 days.']);
    expect(connector.asked).to.deep.equal(['How long do I have?']);

    const parent = chat.parentElement!;
    chat.remove();
    const again = document.createElement('sahay-chat');
    again.client = client;
    parent.append(again);
    await waitUntil(() => bubbles(again).at(-1) === 'You have 30 days.', undefined, { timeout: 5000 });
    expect(bubbles(again).filter((text) => text === 'How long do I have?')).to.have.length(1);
    await write(again, 'And then?');
    await waitUntil(() => connector.asked.length === 2);
    await client.destroy();
  });
});
