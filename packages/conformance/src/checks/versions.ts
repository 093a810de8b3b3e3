import { validateDiscovery } from '@sahay/protocol/validate-ajv';
import type { Check } from '../check.ts';
import { must } from '../finding.ts';
import { spokenVersion } from '../stage.ts';

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
    must(versions.includes(spokenVersion), `version ${spokenVersion} among the versions`, versions);
  },
};

/** What a backend says of itself, and keeps. */
export const versionChecks: readonly Check[] = [discoveryDocument];
