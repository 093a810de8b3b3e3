import { protocolVersion, subprotocol, type Command } from '@sahay/protocol';
import { validateDiscovery } from '@sahay/protocol/validate-ajv';
import type { Check } from '../check.ts';
import { must } from '../finding.ts';
import type { Person } from '../person.ts';
import { RefusedLine } from '../wire/refused-line.ts';

const discoveryDocument: Check = {
  id: 'discovery-document',
  section: '9.2',
  level: 'core',
  title: '`/.well-known/sahay` names versions, capabilities, limits and endpoints, and follows the schema.',
  async run({ api }) {
    const answer = await api.ask('/.well-known/sahay');
    must(answer.status === 200, 'status 200', answer.status);
    const type = answer.headers.get('content-type') ?? 'none';
    must(type.startsWith('application/json'), 'the content type application/json', type);
    const verdict = validateDiscovery(answer.json);
    must(verdict.valid, 'a discovery document', verdict.valid || `${verdict.error} in ${answer.text}`);
    const { versions } = verdict.value;
    must(versions.includes(protocolVersion), `version ${protocolVersion} among the versions`, versions);
  },
};

const versionSelected: Check = {
  id: 'version-selected',
  section: '13.1',
  level: 'core',
  title: 'Of the versions a client offers, the backend takes one that both speak.',
  async run(stage) {
    const { accessToken } = await stage.session();
    const offers = [[protocolVersion], ['999', protocolVersion], [protocolVersion, '999']];
    for (const versions of offers) {
      if (stage.transport === 'websocket') {
        const protocols = versions.map((version) => `sahay.v${version}`);
        const { peer, line } = await stage.socket({ protocols });
        must(line.protocol === subprotocol, `${subprotocol} of ${protocols.join(', ')}`, line.protocol);
        peer.send({ type: 'hello', token: accessToken });
        await peer.next('welcome');
        continue;
      }
      const peer = await stage.offering(versions, accessToken);
      const { version } = await peer.next('welcome');
      must(version === protocolVersion, `version ${protocolVersion} of ${versions.join(', ')}`, version);
    }
  },
};

const versionNoneCommon: Check = {
  id: 'version-none-common',
  section: '13.1',
  level: 'core',
  title: 'Where no version is common, a socket closes with 4406, and a request is refused with 406.',
  async run(stage) {
    if (stage.transport !== 'websocket') {
      const { accessToken } = await stage.session();
      const refused = await stage.offering(['999'], accessToken).catch((error: unknown) => error);
      must(refused instanceof RefusedLine, 'a refusal', 'an open connection');
      must(
        refused.status === 406 && refused.problem.code === 'unsupported_version',
        '406 with unsupported_version',
        refused,
      );
      return;
    }
    const opened = await stage.socket({ protocols: ['sahay.v999'] }).catch(() => undefined);
    if (!opened) {
      stage.should(false, 'the handshake fails, so that a browser cannot tell why; close with 4406 instead');
      return;
    }
    const end = await Promise.race([opened.peer.ended, stage.wait(stage.patienceMs)]);
    must(end?.code === 4406, 'a close with 4406', end ?? 'an open socket');
  },
};

/** A command for each capability that has some. Ids in it are nobody's: it must be refused before they are looked up. */
const commandsOf: Partial<Record<string, { type: Command['type']; data: object; lane?: 'user' }>> = {
  receipts: { type: 'receipt.mark', data: { messageId: 'm-none', kind: 'read' } },
  attachments: {
    type: 'attachment.create',
    data: { attachmentId: 'f-none', name: 'a.txt', mediaType: 'text/plain', size: 1 },
  },
  handoff: { type: 'handoff.request', data: {} },
  surveys: { type: 'survey.dismiss', data: { surveyId: 's-none' } },
  feedback: { type: 'message.feedback', data: { messageId: 'm-none', helpful: true } },
  edit: {
    type: 'message.edit',
    data: { messageId: 'm-none', parts: [{ partId: 'p', type: 'text', text: 'x' }] },
  },
  delete: { type: 'message.delete', data: { messageId: 'm-none' } },
  reactions: { type: 'message.react', data: { messageId: 'm-none', emoji: '👍', active: true } },
  cancel: { type: 'message.cancel', data: { messageId: 'm-none' } },
  regenerate: { type: 'message.regenerate', data: { messageId: 'm-none' } },
  consent: {
    type: 'consent.set',
    data: { purpose: 'conformance', granted: true, policyVersion: '1' },
    lane: 'user',
  },
  invitations: { type: 'invitation.dismiss', data: { invitationId: 'i-none' }, lane: 'user' },
  export: { type: 'data.export', data: {}, lane: 'user' },
  erase: { type: 'data.erase', data: {}, lane: 'user' },
  identity_link: { type: 'identity.link', data: { token: 'none' }, lane: 'user' },
};

async function refuses(visitor: Person, conversationId: string, capability: string): Promise<void> {
  const wanted = commandsOf[capability];
  if (!wanted) return;
  const lane = wanted.lane === 'user' ? undefined : conversationId;
  const command = { type: wanted.type, data: wanted.data, ...(lane && { conversationId: lane }) };
  const reply = await visitor.numbered(visitor.take(lane ?? 'user'), command as Command);
  must(
    reply.type === 'reject' && reply.problem.code === 'capability_absent',
    `${wanted.type} to be refused as capability_absent, since "${capability}" is not among the capabilities`,
    reply,
  );
  must(!reply.problem.retryable, 'a refusal for good', reply.problem);
  await visitor.does('command.void', {}, lane);
}

const capabilityAbsentRefused: Check = {
  id: 'capability-absent-refused',
  section: '13.3',
  level: 'core',
  title:
    'What a backend cannot do is refused as `capability_absent`, what nobody knows as `unknown_command`; the lane goes on.',
  async run(stage) {
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    const unheard = { type: 'conformance.unheard_of', conversationId, data: {} } as unknown as Command;
    const reply = await visitor.numbered(visitor.take(conversationId), unheard);
    const codes = ['unknown_command', 'capability_absent'];
    must(
      reply.type === 'reject' && codes.includes(reply.problem.code),
      `${unheard.type} to be refused as ${codes.join(' or ')}`,
      reply,
    );
    must(!reply.problem.retryable, 'a refusal for good', reply.problem);
    await visitor.says('The lane goes on.', conversationId);
    const { capabilities } = stage.discovery;
    for (const capability of Object.keys(commandsOf))
      if (!capabilities.includes(capability)) await refuses(visitor, conversationId, capability);
  },
};

/** What a backend says of itself, and keeps. */
export const versionChecks: readonly Check[] = [versionSelected, versionNoneCommon, capabilityAbsentRefused];

/** How a backend is found. */
export const discoveryChecks: readonly Check[] = [discoveryDocument];
