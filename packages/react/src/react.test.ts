import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { createSupportClient } from '@sahay/client';
import { turnConnector } from '@sahay/client/connector';
import { createElement, StrictMode, type ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import {
  SupportProvider,
  useConnection,
  useConversation,
  useCurrentConversation,
  useUser,
} from '@sahay/react';
import { Bubble } from '@sahay/react/bubble';
import { Chat } from '@sahay/react/chat';
import { Survey } from '@sahay/react/survey';

interface ManifestElement {
  tagName?: string;
  events?: { name?: string }[];
}

const manifest = JSON.parse(
  await readFile(new URL('../../elements/custom-elements.json', import.meta.url), 'utf8'),
) as { modules: { declarations?: ManifestElement[] }[] };
const source = (name: string): Promise<string> => readFile(new URL(`${name}.ts`, import.meta.url), 'utf8');

describe('the components', () => {
  for (const name of ['bubble', 'chat', 'survey'])
    it(`<${name}> has a prop for every event of the manifest, and no other`, async () => {
      const element = manifest.modules
        .flatMap(({ declarations = [] }) => declarations)
        .find(({ tagName }) => tagName === `sahay-${name}`);
      const events = element?.events?.flatMap((event) =>
        event.name?.startsWith('sahay-') ? event.name : [],
      );
      assert.ok(events?.length);
      const props = [...(await source(name)).matchAll(/(on\w+): '(sahay-[\w-]+)'/g)];
      assert.deepEqual(props.map(([, , type]) => type).sort(), [...new Set(events)].sort());
      for (const [, prop, type] of props)
        assert.equal(
          prop,
          `on${type!.slice(5).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
        );
    });

  it('are for the browser, as a server with React Server Components has to be told', async () => {
    const { exports } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')) as {
      exports: Record<string, { 'sahay-source': string }>;
    };
    for (const { 'sahay-source': path } of Object.values(exports)) {
      const code = await readFile(new URL(`../${path}`, import.meta.url), 'utf8');
      assert.match(code, /^(\/\*[^]*?\*\/\s*)?'use client';/, path);
    }
  });

  it('are tags with attributes on a server', () => {
    const page = createElement(
      StrictMode,
      null,
      createElement(Bubble, { server: 'https://support.test', colorScheme: 'dark', onOpen: () => undefined }),
      createElement(Chat, { server: 'https://support.test', heading: 'Help' }),
      createElement(Survey, { kind: 'nps' }),
    );
    assert.equal(
      renderToString(page),
      '<sahay-bubble server="https://support.test" color-scheme="dark"></sahay-bubble>' +
        '<sahay-chat server="https://support.test" heading="Help"></sahay-chat><sahay-survey kind="nps"></sahay-survey>',
    );
  });
});

describe('the hooks', () => {
  function Status(): ReactNode {
    const { state } = useConnection();
    return `${state}, ${useConversation()?.messages.length ?? 'no conversation'}`;
  }

  it('have something to show on a server, where nothing is connected', async () => {
    const client = createSupportClient({ url: 'https://support.test', storage: 'memory' });
    const page = createElement(SupportProvider, { client }, createElement(Status));
    assert.equal(renderToString(page), `${client.connection.getSnapshot().state}, no conversation`);
    await client.destroy();
  });

  it('begin a page as the server drew it, however far the client is by then', async () => {
    const echo = turnConnector({
      name: 'echo',
      delivery: 'at-most-once',
      capabilities: () => new Set(),
      async *respond() {
        yield { type: 'text-delta', partId: 't', text: 'Yes?' };
      },
    });
    const client = createSupportClient({ connector: echo, storage: 'memory' });
    const conversation = client.conversations.create();
    await (
      await conversation.send('Hello')
    ).acknowledged;
    const All = (): ReactNode =>
      JSON.stringify([
        useConnection(),
        useConversation(),
        useConversation(conversation),
        useCurrentConversation()?.id,
        useUser(),
      ]);
    const drawn = (its: typeof client): string =>
      renderToString(createElement(SupportProvider, { client: its }, createElement(All)));
    assert.equal(client.connection.getSnapshot().state, 'online');
    const fresh = createSupportClient({ url: 'https://support.test', storage: 'memory' });
    assert.equal(drawn(client), drawn(fresh), 'what React hydrates with is what it was sent');
    await Promise.all([client.destroy(), fresh.destroy()]);
  });

  it('say what to do where there is no provider', () => {
    assert.throws(() => renderToString(createElement(Status)), /Put <SupportProvider client=/);
  });
});
