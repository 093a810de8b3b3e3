import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Problem, SettingsAnswer, Welcome } from '@sahay/protocol';
import { say, start, tempFolder } from '../storage/testing/temp-store.ts';
import { TestSocket } from '../testing/test-socket.ts';
import { testHttp, type Person } from './testing/test-http.ts';

const label = { en: 'To answer you' };
const consent = { purposes: [{ purpose: 'support', label, required: true }], policyVersion: '1' };
const preChat = { fields: [{ name: 'email', kind: 'email', label: { en: 'Your e-mail' } }] };

async function shop(t: TestContext, dataFolder = tempFolder(t)) {
  const http = await testHttp(t, { config: { dataFolder } });
  const agent = await http.agent();
  const patch = (body: unknown, who: Person = agent): Promise<Response> =>
    http.get('/v1/settings', {
      method: 'PATCH',
      headers: { ...who.headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const read = async () =>
    ((await (await http.get('/v1/settings', { headers: agent.headers })).json()) as SettingsAnswer).settings;
  return { ...http, agent, patch, readSettings: read };
}

describe('settings', () => {
  it('change section by section, outlive the server, and can be unset', async (t) => {
    const dataFolder = tempFolder(t);
    const http = await shop(t, dataFolder);
    await http.patch({ preChat, survey: { kind: 'nps' } });
    const set = (await (await http.patch({ consent, unset: ['survey'] })).json()) as SettingsAnswer;
    assert.deepEqual(set.settings, { preChat, consent });
    await http.core.close();
    const again = await shop(t, dataFolder);
    assert.deepEqual(await again.readSettings(), { preChat, consent });
    const welcome = (await (await again.get('/v1/welcome')).json()) as Welcome;
    assert.deepEqual(welcome.settings, { preChat, consent });
  });

  it('are for agents alone, and a wrong one changes nothing', async (t) => {
    const http = await shop(t);
    const visitor = await http.visitor();
    assert.equal((await http.patch({ preChat }, visitor)).status, 403);
    assert.equal((await http.get('/v1/settings', { headers: visitor.headers })).status, 403);
    const response = await http.patch({ preChat, survey: { kind: 'stars' } });
    const problem = (await response.json()) as Problem;
    assert.deepEqual([problem.status, problem.code, problem.field], [400, 'invalid_frame', 'survey.kind']);
    assert.equal(((await (await http.patch({ unset: ['hours'] })).json()) as Problem).field, 'unset');
    assert.deepEqual(await http.readSettings(), {});
  });

  it('reach open windows at once, and whoever comes later', async (t) => {
    const http = await shop(t);
    const { token } = await http.core.visitorToken();
    const page = await TestSocket.hello(http.core.socketUrl, token);
    await http.patch({ preChat });
    const frame = await page.next('signal', ({ signal }) => signal.type === 'settings');
    assert.deepEqual(frame.signal.data, { settings: { preChat } });
    await http.patch({ survey: { kind: 'ces' } });
    page.send({ type: 'ping' });
    await page.next('pong');
    assert.equal(
      page.frames.filter(({ type }) => type === 'signal').length,
      1,
      'which survey follows is not told',
    );
    const later = await TestSocket.hello(http.core.socketUrl, token);
    assert.deepEqual((await later.next('signal')).signal.data, { settings: { preChat } });
  });

  it('are the rules at once: the survey after a close, and consent to the policy as it is now', async (t) => {
    const http = await shop(t);
    const surveyAfterClose = async (id: string): Promise<string | undefined> => {
      const visitor = await http.visitor();
      await visitor.run(start(id));
      await visitor.run(say('Hello', id));
      await http.agent.run({ type: 'assignment.accept', conversationId: id, data: {} });
      await http.agent.run(say('Hello', id, 'cm2'));
      await visitor.run({ type: 'conversation.close', conversationId: id, data: {} });
      return (await http.core.context.store.conversation(id))?.survey?.kind;
    };
    assert.equal(await surveyAfterClose('c1'), 'csat');
    await http.patch({ survey: { kind: 'ces' } });
    assert.equal(await surveyAfterClose('c2'), 'ces');
    await http.patch({ survey: { kind: 'none' } });
    assert.equal(await surveyAfterClose('c3'), undefined);

    await http.patch({ consent });
    const visitor = await http.visitor();
    await assert.rejects(visitor.run(start('c4')), /consent_required: .*"support"/);
    const grant = (policyVersion: string) =>
      visitor.run({ type: 'consent.set', data: { purpose: 'support', granted: true, policyVersion } });
    await grant('1');
    await visitor.run(start('c4'));
    await http.patch({ consent: { ...consent, policyVersion: '2' } });
    await assert.rejects(visitor.run(say('Hello', 'c4')), /consent_required/);
    await grant('2');
    await visitor.run(say('Hello', 'c4', 'cm2'));
  });

  it('are the rules at once: what is asked before the first message, always or only while nobody answers', async (t) => {
    const http = await shop(t);
    const fields = [{ ...preChat.fields[0]!, required: true }];
    const early = await http.visitor();
    await early.run(start('c1'));
    await early.run(say('Hello', 'c1'));
    await http.patch({ preChat: { fields } });
    await early.run(say('Hello again', 'c1', 'cm2'));
    const visitor = await http.visitor();
    await visitor.run(start('c2'));
    await assert.rejects(visitor.run(say('Hello', 'c2')), /answers_required: .*email/);
    await assert.rejects(
      visitor.run({ type: 'handoff.request', conversationId: 'c2', data: { reason: 'asked_for_person' } }),
      /answers_required/,
    );
    const contact = { email: 'asha@example.org' };
    await visitor.run({ type: 'context.update', conversationId: 'c2', data: { contact } });
    await visitor.run(say('Hello', 'c2', 'cm2'));
    await visitor.run(start('c3'));
    await visitor.run(say('Nobody is asked twice.', 'c3', 'cm3'));
    assert.deepEqual((await http.core.context.store.staffState('c3'))?.context.contact, contact);

    const later = await http.visitor();
    await later.run(start('c4'));
    await http.patch({ preChat: { fields, onlyWhileClosed: true } });
    await assert.rejects(later.run(say('Hello', 'c4')), /answers_required/, 'nobody is there');
    const { token } = await http.core.agentToken();
    const desk = await TestSocket.hello(http.core.socketUrl, token);
    while (!http.core.context.hub.availability().open) await pause(5);
    await later.run(say('Hello', 'c4', 'cm2'));
    desk.close();
  });
});
