import { conversationStream, userStream } from '@sahay/protocol';
import type { Check } from '../check.ts';
import { must } from '../finding.ts';
import { messageOf } from '../person.ts';
import { mustNotRead } from './streams.ts';

const secretRotates: Check = {
  id: 'secret-rotates',
  section: '10.1',
  level: 'core',
  title:
    'Each refresh gives the next secret; the one before is good until that is used, and one older ends the session.',
  async run(stage) {
    const first = await stage.session();
    const refused = async (refreshSecret: string, why: string): Promise<void> => {
      const path = `${stage.discovery.endpoints.api}/sessions/refresh`;
      const { status, text, json } = await stage.api.ask(path, { body: { refreshSecret } });
      const { code } = (json ?? {}) as { code?: string };
      must(status === 401 && code === 'token_invalid', `401 token_invalid for ${why}`, `${status} ${text}`);
    };
    const lost = await stage.refresh(first);
    must(lost.refreshSecret !== first.refreshSecret, 'another secret', lost);
    // The answer that held it was lost: the first is still good.
    const second = await stage.refresh(first);
    const third = await stage.refresh(second);
    for (const { participant } of [second, third])
      must(participant.id === first.participant.id, 'the same visitor', participant);
    await refused('nobody-gave-this-out', 'a secret that was never given out');
    const fourth = await stage.refresh(third);
    await refused(first.refreshSecret, 'a secret that was followed by two');
    await refused(fourth.refreshSecret, 'the latest secret of a session that has ended');
  },
};

const tokenRefreshInBand: Check = {
  id: 'token-refresh-in-band',
  section: '10.3',
  level: 'core',
  title:
    'A fresh token of the same subject, sent over the connection, keeps it open beyond the first one’s end.',
  async run(stage) {
    const session = await stage.session();
    const visitor = stage.personWith(session.accessToken);
    const conversationId = await visitor.begins();
    const peer = await visitor.peer();
    const { tokenExpiresAt, serverTime } = await peer.next('welcome');
    const driver = stage.target.driver?.advanceClock ? stage.driver('advanceClock') : undefined;
    const lifeMs = Date.parse(tokenExpiresAt ?? session.expiresAt) - Date.parse(serverTime);
    await driver?.advanceClock({ ms: Math.round(lifeMs * 0.6) });
    const next = await stage.refresh(session);
    peer.send({ type: 'token', token: next.accessToken });
    await visitor.says('between the two', conversationId);
    await driver?.advanceClock({ ms: Math.round(lifeMs * 0.6) });
    await Promise.race([peer.ended, stage.wait(driver ? 1_500 : stage.quietMs)]);
    must(peer.isOpen, 'a connection that stays open', await closing(peer.isOpen, peer.ended));
    await visitor.says('on the fresh one', conversationId);
  },
};

const closing = async <T>(isOpen: boolean, ended: Promise<T>): Promise<T | undefined> =>
  isOpen ? undefined : ended;

const tokenExpiredRecovers: Check = {
  id: 'token-expired-recovers',
  section: '10.3',
  level: 'full',
  title:
    'An expired token ends the connection with 4401 and requests with 401; a refreshed one goes on where it was.',
  needs: { driver: ['advanceClock'] },
  async run(stage) {
    const session = await stage.session();
    const visitor = stage.personWith(session.accessToken);
    const conversationId = await visitor.begins();
    await visitor.says('before', conversationId);
    const peer = await visitor.peer();
    const { serverTime, tokenExpiresAt } = await peer.next('welcome');
    const lifeMs = Date.parse(tokenExpiresAt ?? session.expiresAt) - Date.parse(serverTime);
    await stage.driver('advanceClock').advanceClock({ ms: lifeMs + 60_000 });
    const end = await Promise.race([peer.ended, stage.wait(stage.patienceMs)]);
    must(end?.code === 4401, 'a close with 4401', end ?? 'an open connection');
    const { api } = stage.discovery.endpoints;
    const answer = await visitor.ask(`${api}/conversations/${conversationId}/messages`);
    must(
      answer.status === 401 && (answer.json as { code?: string } | undefined)?.code === 'token_expired',
      '401 with token_expired for the old token',
      `${answer.status} ${answer.text}`,
    );
    const next = await stage.refresh(session);
    must(next.participant.id === session.participant.id, 'the same visitor', next.participant);
    visitor.token = next.accessToken;
    await visitor.says('after', conversationId);
  },
};

const subjectSwitchIsolated: Check = {
  id: 'subject-switch-isolated',
  section: '10.4',
  level: 'core',
  title:
    'A token of another subject ends the connection with 4410, and the other sees nothing of the first one’s.',
  async run(stage) {
    const [first, second] = [await stage.visitor(), await stage.visitor()];
    const conversationId = await first.begins();
    await first.says('mine alone', conversationId);
    const reading = await first.readsPublic(conversationId);
    const { id } = await first.participant();
    reading.peer.send({ type: 'token', token: second.token });
    const end = await Promise.race([reading.peer.ended, stage.wait(stage.patienceMs)]);
    must(end?.code === 4410, 'a close with 4410', end ?? 'an open connection');
    await mustNotRead(second, conversationStream(conversationId, 'public'));
    await mustNotRead(second, userStream(id));
    const own = await second.reads(userStream((await second.participant()).id));
    must(
      !JSON.stringify(own.subscribed).includes(conversationId),
      'nothing of the first one’s',
      own.subscribed,
    );
  },
};

const crossTenantDenied: Check = {
  id: 'cross-tenant-denied',
  section: '5.1',
  level: 'core',
  title: 'What is somebody else’s, or another tenant’s, looks like what does not exist.',
  async run(stage) {
    const [owner, stranger] = [await stage.visitor(), await stage.visitor()];
    const conversationId = await owner.begins();
    const messageId = await owner.says('mine alone', conversationId);
    const { id } = await owner.participant();
    await stranger.isRefused('not_found', 'message.send', messageOf('let me in'), conversationId);
    await stranger.isRefused(
      ['not_found', 'capability_absent'],
      'message.delete',
      { messageId },
      conversationId,
    );
    for (const stream of [
      conversationStream(conversationId, 'public'),
      conversationStream(conversationId, 'staff'),
      userStream(id),
      `inbox:${stage.discovery.tenant}`,
      'inbox:another-tenant',
    ])
      await mustNotRead(stranger, stream);
    const page = await stranger.ask(
      `${stage.discovery.endpoints.api}/conversations/${conversationId}/messages`,
    );
    must(page.status === 404, '404 for the history', `${page.status} ${page.text}`);
    const { driver } = stage.target;
    if (!driver?.foreignToken) return;
    const { accessToken } = await driver.foreignToken({ subject: 'conformance' });
    const answer = await stage
      .personWith(accessToken)
      .ask(`${stage.discovery.endpoints.api}/conversations/${conversationId}/messages`);
    must(
      answer.status === 401 || answer.status === 404,
      '401 or 404 for a token of another tenant',
      `${answer.status} ${answer.text}`,
    );
  },
};

/** Who is who. */
export const identityChecks: readonly Check[] = [
  secretRotates,
  tokenRefreshInBand,
  tokenExpiredRecovers,
  subjectSwitchIsolated,
];

/** What is whose. */
export const accessChecks: readonly Check[] = [crossTenantDenied];
