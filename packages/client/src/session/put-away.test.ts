// A page that is put away in the middle of what it does (back-forward cache, freeze) and shown again, and one whose token runs out.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { conversationStream } from '@sahay/protocol';
import type { ClientEnvironment } from '../environment.ts';
import type { ConversationHandle } from '../conversation-handle.ts';
import { allSent, make, namespace, serve, texts } from '../testing/stage.ts';
import type { TestServer } from '../testing/test-server.ts';
import { until } from '../testing/until.ts';

/** The page's own events, as its browser gives them. */
class Surroundings implements ClientEnvironment {
  #wake: (why: 'woken') => void = () => undefined;
  #hide = (): void => undefined;

  readonly online = (): boolean => true;

  readonly watch: ClientEnvironment['watch'] = (woken, _lost, hidden) => {
    this.#wake = woken;
    this.#hide = hidden!;
    return () => undefined;
  };

  hide(): void {
    this.#hide();
  }

  show(): void {
    this.#wake('woken');
  }
}

function botSays(server: TestServer, { id }: ConversationHandle, n: number, text: string): void {
  const reply = server.backend.execute(
    { id: 'bot', role: 'bot', tenantId: 'test' },
    {
      outboxId: 'bot',
      n,
      command: {
        type: 'message.send',
        conversationId: id,
        data: { clientMessageId: `b${n}`, parts: [{ partId: 'p', type: 'text', text }] },
      },
    },
  );
  assert.equal(reply.type, 'ack', JSON.stringify(reply));
}

describe('a page that comes back from the back-forward cache', () => {
  it('shows what it missed, each once and in order, from the cursor it went away with', async () => {
    const server = await serve();
    const environment = new Surroundings();
    const client = make({ url: server.url, namespace: namespace(), environment });
    const conversation = client.conversations.create();
    await conversation.send('before');
    await until(conversation, allSent(1));
    for (let round = 0; round < 3; round++) {
      environment.hide();
      for (let n = 1; n <= 40; n++) botSays(server, conversation, round * 40 + n, `${round}.${n}`);
      // What is written while it is put away waits for it to be shown.
      environment.show();
      await until(conversation, ({ messages }) => messages.length === 1 + (round + 1) * 40);
    }
    assert.deepEqual(texts(conversation.getSnapshot()), server.texts(conversation.id));
    const resumed = server.received.filter(
      (frame) => frame.type === 'subscribe' && frame.stream === conversationStream(conversation.id, 'public'),
    );
    assert.ok(
      resumed.slice(1).every((frame) => frame.type === 'subscribe' && frame.cursor),
      'by its cursor',
    );
  });

  it('shows the log as it is now, when its cursor is of another one', async () => {
    const server = await serve();
    const environment = new Surroundings();
    const client = make({ url: server.url, namespace: namespace(), environment });
    const conversation = client.conversations.create();
    await conversation.send('before');
    await until(conversation, allSent(1));
    botSays(server, conversation, 1, 'an answer');
    await until(conversation, ({ messages }) => messages.length === 2);
    environment.hide();
    server.backend.rotateEpoch(conversationStream(conversation.id, 'public'));
    botSays(server, conversation, 2, 'after');
    environment.show();
    await until(conversation, ({ messages }) => messages.length === 3);
    assert.deepEqual(texts(conversation.getSnapshot()), server.texts(conversation.id));
  });

  it('sends what was on its way when it was put away once', async () => {
    const server = await serve();
    const environment = new Surroundings();
    const client = make({ url: server.url, namespace: namespace(), environment });
    const conversation = client.conversations.create();
    await conversation.send('0');
    await until(conversation, allSent(1));
    let gone = false;
    server.options.intercept = (frame) => {
      // It was heard and carried out; its answer finds nobody.
      if (frame.type === 'command' && JSON.stringify(frame).includes('"5"') && !gone) {
        gone = true;
        environment.hide();
      }
      return false;
    };
    const words = Array.from({ length: 12 }, (_none, index) => String(index));
    for (const word of words.slice(1)) await conversation.send(word);
    while (!gone) await new Promise((resolve) => setTimeout(resolve, 2));
    environment.show();
    await until(conversation, allSent(12), 10_000);
    assert.deepEqual(server.texts(conversation.id), words);
    assert.deepEqual(texts(conversation.getSnapshot()), words);
  });
});

describe('a token that runs out while the outbox drains', () => {
  for (const [who, tokens] of [
    ['an anonymous visitor', undefined],
    ['a visitor whom the site knows', 'maya'],
  ] as const)
    it(`costs ${who} nothing: all arrives once and in order`, async () => {
      const server = await serve();
      const reasons: string[] = [];
      const client = make({
        url: server.url,
        namespace: namespace(),
        ...(tokens && {
          getToken: async ({ reason }: { reason: string }) => {
            reasons.push(reason);
            return server.tokenFor(tokens);
          },
        }),
      });
      const conversation = client.conversations.create();
      await conversation.send('0');
      await until(conversation, allSent(1));
      const { participant } = client.user.getSnapshot();
      let heard = 0;
      server.options.intercept = (frame) => {
        if (frame.type === 'command' && [7, 19, 31].includes(++heard)) {
          server.revokeTokens();
          server.closeAll(4401);
          return true;
        }
        return false;
      };
      const words = Array.from({ length: 40 }, (_none, index) => String(index));
      await Promise.all(words.slice(1).map((word) => conversation.send(word)));
      await until(conversation, allSent(40), 20_000);
      assert.deepEqual(server.texts(conversation.id), words);
      assert.deepEqual(client.user.getSnapshot().participant, participant);
      assert.ok(heard > 31);
      if (tokens)
        assert.ok(
          reasons.slice(1).every((reason) => reason === 'refused'),
          reasons.join(),
        );
    });
});
