import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { ProblemError } from '../http/problem-error.ts';
import type { SqlAccess } from '../storage/store.ts';
import { createIdentity, type IdentityParts, type ServerIdentity } from './create-identity.ts';
import { memorySql } from './testing/memory-sql.ts';

const minute = 60_000;
let now: number;
let sql: SqlAccess;
let endedSockets: string[];
let identity: ServerIdentity;

const key = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);

/** What a start of the server does; a second one is a restart on the same database. */
const start = (): Promise<ServerIdentity> =>
  createIdentity({
    config: {},
    store: { sql, onCommitted: () => () => undefined },
    commands: { guard: () => undefined },
    hub: { endSession: (id: string) => endedSockets.push(id) },
    clock: () => now,
    tenantId: 'shop',
    secrets: { accessTokens: key(1), links: key(2), refreshSecrets: key(3) },
  } as unknown as IdentityParts);

beforeEach(async () => {
  now = Date.parse('2030-01-01T12:00:00Z');
  sql = memorySql();
  endedSockets = [];
  identity = await start();
});

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'accepted',
    (error: unknown) => (error instanceof ProblemError ? error.problem.code : String(error)),
  );

describe('sessions of visitors', () => {
  it('go on with a rotating secret, as the same visitor', async () => {
    const first = await identity.visitors.create();
    const second = await identity.visitors.refresh(first.refreshSecret);
    assert.notEqual(second.refreshSecret, first.refreshSecret);
    assert.deepEqual(second.participant, first.participant);
    const { actor } = await identity.verify(second.accessToken);
    assert.deepEqual(actor, { id: first.participant.id, role: 'visitor', tenantId: 'shop' });
  });

  it('give every visitor an id of its own', async () => {
    const [one, two] = [await identity.visitors.create(), await identity.visitors.create()];
    assert.notEqual(one.participant.id, two.participant.id);
  });

  it('lose nothing when an answer is lost, or when two tabs ask at once', async () => {
    const { refreshSecret } = await identity.visitors.create();
    const lost = await identity.visitors.refresh(refreshSecret);
    const again = await Promise.all([1, 2, 3].map(() => identity.visitors.refresh(refreshSecret)));
    for (const session of again) assert.equal(session.refreshSecret, lost.refreshSecret);
    assert.equal(await codeOf(identity.visitors.refresh(lost.refreshSecret)), 'accepted');
  });

  it('end when a secret older than the previous one is used, for everybody and at once', async () => {
    const first = await identity.visitors.create();
    const second = await identity.visitors.refresh(first.refreshSecret);
    const third = await identity.visitors.refresh(second.refreshSecret);
    assert.equal(await codeOf(identity.visitors.refresh(first.refreshSecret)), 'token_invalid');
    assert.equal(await codeOf(identity.visitors.refresh(third.refreshSecret)), 'token_invalid');
    assert.equal(await codeOf(identity.verify(third.accessToken)), 'token_invalid');
    assert.equal(endedSockets.length, 1);
    now += minute;
    identity = await start();
    assert.equal(await codeOf(identity.verify(third.accessToken)), 'token_invalid', 'also after a restart');
  });

  it('survive a restart, and the restoring of a backup', async () => {
    const first = await identity.visitors.create();
    const second = await identity.visitors.refresh(first.refreshSecret);
    const third = await identity.visitors.refresh(second.refreshSecret);
    await sql.run('UPDATE visitor_sessions SET generation = 1');
    identity = await start();
    const fourth = await identity.visitors.refresh(third.refreshSecret);
    assert.deepEqual(fourth.participant, first.participant);
  });

  it('refuse secrets that nobody issued', async () => {
    const { refreshSecret } = await identity.visitors.create();
    const [sessionId, , signature] = refreshSecret.split('.');
    for (const forged of [
      '',
      'abc',
      `${sessionId}.2.${signature}`,
      `${sessionId}.1.`,
      `${sessionId}.01.${signature}`,
      '..',
    ])
      assert.equal(await codeOf(identity.visitors.refresh(forged)), 'token_invalid');
  });

  it('keep no secret in the database', async () => {
    const { refreshSecret } = await identity.visitors.create();
    const rows = JSON.stringify(await sql.all('SELECT * FROM visitor_sessions'));
    assert.ok(!rows.includes(refreshSecret.split('.')[2] ?? ''));
  });

  it('are no longer good once the access token has expired', async () => {
    const { accessToken } = await identity.visitors.create();
    now += 15 * minute;
    assert.equal(await codeOf(identity.verify(accessToken)), 'token_expired');
  });
});

describe('agents', () => {
  const codeIn = (url: string): string => new URL(url).hash.slice('#sign-in='.length);
  const freshCode = async (): Promise<string> => codeIn(await identity.signInUrl('http://localhost:4000/'));

  it('sign in with a code that works once', async () => {
    const url = await identity.signInUrl('http://localhost:4000/');
    assert.match(url, /^http:\/\/localhost:4000\/console\/#sign-in=[\w-]{43}$/);
    const attempts = await Promise.all(
      [1, 2, 3].map(() => codeOf(identity.agents.signIn(codeIn(url), 'Mina'))),
    );
    assert.deepEqual(attempts.sort(), ['accepted', 'token_invalid', 'token_invalid']);
  });

  it('get access tokens for their cookie until they sign out', async () => {
    const { participant, sessionSecret } = await identity.agents.signIn(await freshCode(), ' Mina ');
    assert.deepEqual(participant, { id: participant.id, role: 'agent', name: 'Mina' });
    const { accessToken } = await identity.agents.token(sessionSecret);
    const { actor, sessionId } = await identity.verify(accessToken);
    assert.deepEqual(actor, { ...participant, tenantId: 'shop' });
    await identity.agents.signOut(sessionSecret);
    assert.equal(await codeOf(identity.agents.token(sessionSecret)), 'unauthenticated');
    assert.equal(await codeOf(identity.verify(accessToken)), 'token_invalid');
    assert.deepEqual(endedSockets, [sessionId]);
  });

  it('are the same owner after every start, and only the latest link works', async () => {
    const old = await freshCode();
    const { participant } = await identity.agents.signIn(await freshCode(), 'Mina');
    identity = await start();
    const fresh = await freshCode();
    assert.equal(await codeOf(identity.agents.signIn(old)), 'token_invalid');
    assert.deepEqual((await identity.agents.signIn(fresh)).participant, participant);
  });

  it('sign in within a day', async () => {
    const code = await freshCode();
    now += 24 * 60 * minute;
    assert.equal(await codeOf(identity.agents.signIn(code)), 'token_invalid');
  });

  it('invite others, whose links outlive a restart', async () => {
    const { agent, code } = await identity.agents.create('Rahim');
    await identity.signInUrl('http://localhost:4000');
    const { participant } = await identity.agents.signIn(code);
    assert.deepEqual(participant, agent);
  });

  it('have a name to show', async () => {
    const code = await freshCode();
    assert.equal(await codeOf(identity.agents.signIn(code, '\u202e ')), 'invalid_command');
    assert.equal(
      await codeOf(identity.agents.signIn(code, 'Mina')),
      'accepted',
      'the code was not consumed by the wrong name',
    );
  });

  it('stay signed in for a month after the last use, and keep no secret in the database', async () => {
    const { sessionSecret } = await identity.agents.signIn(await freshCode());
    now += 29 * 24 * 60 * minute;
    assert.equal(await codeOf(identity.agents.token(sessionSecret)), 'accepted');
    now += 29 * 24 * 60 * minute;
    assert.equal(await codeOf(identity.agents.token(sessionSecret)), 'accepted');
    now += 31 * 24 * 60 * minute;
    assert.equal(await codeOf(identity.agents.token(sessionSecret)), 'unauthenticated');
    assert.ok(!JSON.stringify(await sql.all('SELECT * FROM agent_sessions')).includes(sessionSecret));
  });
});
