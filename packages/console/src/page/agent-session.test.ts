import { expect } from '@open-wc/testing';
import { SahayError } from '@sahay/client';
import { AgentSession, takeSignInCode } from './agent-session.ts';
import { hashOf, routeOf } from './route.ts';

const answering = (status: number, body: unknown) => {
  const requests: { path: string; body: unknown }[] = [];
  const session = new AgentSession(async (path, init) => {
    requests.push({ path: path as string, body: JSON.parse(init!.body as string) });
    return Response.json(body, { status });
  });
  return { session, requests };
};

const problem = (code: string) => ({ type: 'about:blank', title: 'No', status: 401, code, retryable: false });

async function failure(promise: Promise<unknown>): Promise<SahayError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof SahayError) return error;
    throw error;
  }
  throw new Error('It should have failed.');
}

describe('the agent’s session', () => {
  it('takes the code out of the address', () => {
    history.replaceState(null, '', '#sign-in=abc_-1');
    expect(takeSignInCode(location, history)).to.equal('abc_-1');
    expect(location.href).to.not.contain('sign-in').and.not.contain('#');
    expect(takeSignInCode(location, history)).to.equal(undefined);
  });

  it('signs in with code and name', async () => {
    const { session, requests } = answering(200, { participant: {} });
    await session.signIn('code', 'Rina');
    await session.signIn('code', '');
    expect(requests).to.deep.equal([
      { path: '/v1/agents/sign-in', body: { code: 'code', name: 'Rina' } },
      { path: '/v1/agents/sign-in', body: { code: 'code' } },
    ]);
  });

  it('tells a link that is used up from a server that cannot be reached', async () => {
    const used = await failure(answering(401, problem('token_invalid')).session.signIn('code', ''));
    expect([used.code, used.retryable]).to.deep.equal(['token_invalid', false]);
    const lost = new AgentSession(() => Promise.reject(new TypeError('failed to fetch')));
    const unreachable = await failure(lost.signIn('code', ''));
    expect([unreachable.code, unreachable.retryable]).to.deep.equal(['network', true]);
    const broken = await failure(answering(502, '<html>').session.signIn('code', ''));
    expect(broken.retryable).to.equal(true);
  });

  it('has no token when nobody is signed in, and says so when the server fails', async () => {
    expect(await answering(401, problem('unauthenticated')).session.token()).to.equal(undefined);
    expect(await answering(401, 'nothing').session.token()).to.equal(undefined);
    expect((await failure(answering(500, {}).session.token())).code).to.equal('internal');
  });
});

describe('the route', () => {
  it('is written into the fragment and read from it', () => {
    for (const route of [
      { page: 'inbox' },
      { page: 'inbox', conversationId: 'conv_1.a-b' },
      { page: 'insights' },
    ] as const)
      expect(routeOf(hashOf(route))).to.deep.equal(route);
    for (const hash of ['', '#', '#/nowhere', '#/inbox/', '#/inbox/<b>', '#/inbox/a%20b'])
      expect(routeOf(hash), hash).to.deep.equal({ page: 'inbox' });
  });
});
