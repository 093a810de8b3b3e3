import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { getRequestListener } from '@hono/node-server';
import { parseArticle } from '@sahay/bot/knowledge';
import type { Command, CommandResult, Problem } from '@sahay/protocol';
import type { Actor } from '@sahay/protocol/core';
import { createPolicy } from '../../bot-runtime/create-policy.ts';
import { Knowledge } from '../../knowledge/index.ts';
import { atEnd } from '../../storage/testing/at-end.ts';
import { numbered } from '../../storage/testing/temp-store.ts';
import { testCore, type TestCore, type TestCoreOptions } from '../../testing/test-core.ts';
import { createHttpApp, type HttpOptions } from '../index.ts';

const articles = [
  {
    path: 'en/refunds.md',
    text: '---\ntitle: How do refunds work?\n---\n\nWithin a week.\n\n## Late\n\nWrite to us.\n',
  },
  { path: 'bn/refunds.md', text: '---\ntitle: টাকা ফেরত পাব কীভাবে?\n---\n\nএক সপ্তাহে।\n' },
].flatMap((file) => parseArticle(file).article ?? []);

/** A person with a token, who gives commands without counting them. */
export interface Person {
  actor: Actor;
  headers: { authorization: string };
  run: (command: Command) => Promise<CommandResult>;
}

/** A whole HTTP interface that listens on a port. */
export interface TestHttp {
  core: TestCore;
  url: string;
  get: (path: string, init?: RequestInit) => Promise<Response>;
  post: (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Response>;
  visitor: () => Promise<Person>;
  agent: () => Promise<Person>;
}

/** Serves the HTTP interface over a real store and real files; everything is gone when the test ends. */
export async function testHttp(
  t: TestContext,
  options: TestCoreOptions & Pick<HttpOptions, 'rates'> = {},
): Promise<TestHttp> {
  const knowledge = new Knowledge(articles);
  const core = await testCore(t, { policy: createPolicy({ botName: 'Sahay' }, knowledge), ...options });
  const { context, identity, peers } = core;
  const app = await createHttpApp(context, { identity, knowledge, peers, rates: options.rates });
  const listener = getRequestListener((request, env) => app.fetch(request, env));
  const server = createServer((request, response) => void listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(t, async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const person = async ({ token }: { token: string }): Promise<Person> => {
    const { actor } = await core.identity.verify(token);
    const counts = new Map<string, number>();
    return {
      actor,
      headers: { authorization: `Bearer ${token}` },
      run: async (command) => {
        const lane = command.conversationId ?? 'user';
        counts.set(lane, (counts.get(lane) ?? 0) + 1);
        const { reply } = await core.context.commands.execute(
          actor,
          numbered(`o-${actor.id}`, counts.get(lane) ?? 1, command),
        );
        if (reply.type === 'reject') throw new Error(`${reply.problem.code}: ${reply.problem.detail ?? ''}`);
        return reply.result;
      },
    };
  };
  return {
    core,
    url,
    get: (path, init) => fetch(url + path, { redirect: 'manual', ...init }),
    post: (path, body, headers = {}) =>
      fetch(url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    visitor: async () => person(await core.visitorToken()),
    agent: async () => person(await core.agentToken()),
  };
}

/** A response's status and the code of its problem document; fails when it is none. */
export async function problemIn(response: Response): Promise<string> {
  const type = response.headers.get('content-type');
  const text = await response.text();
  if (type !== 'application/problem+json')
    throw new Error(`Not a problem: ${response.status} ${type} ${text.slice(0, 200)}`);
  const problem = JSON.parse(text) as Problem;
  if (problem.status !== response.status || !problem.detail)
    throw new Error(`An incomplete problem: ${text}`);
  return `${response.status} ${problem.code}`;
}
