import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Settings } from '../../index.ts';
import { validatorOf } from '../../validate-ajv/index.ts';
import type { Policy } from '../types.ts';
import { policyWith, visitorSettings } from './policy-with.ts';
import { readSettings } from './read-settings.ts';

const label = { en: 'Your e-mail', bn: 'আপনার ই-মেইল' };
const field = { name: 'email', kind: 'email', label, required: true };
const topic = {
  name: 'topic',
  kind: 'select',
  label,
  options: [
    { value: 'order', label },
    { value: 'other', label },
  ],
};
const purpose = { purpose: 'support', label, description: label, required: true };
const consent = { purposes: [purpose], policyVersion: '2', policyUrl: 'https://shop.example/privacy' };
const email = { enabled: true, senderName: 'Shop', quietMinutes: 30 };
const all = {
  preChat: { fields: [field, topic], onlyWhileClosed: true },
  consent,
  survey: { kind: 'nps' },
  email,
};

function errorOf(value: unknown): string {
  const reading = readSettings(value);
  return 'error' in reading ? `${reading.error.field}: ${reading.error.message}` : 'fine';
}

test('what is right is kept and right by the schema; a section alone is enough', () => {
  const reading = readSettings(all);
  assert.ok('value' in reading);
  assert.deepEqual(reading.value, all);
  assert.equal(validatorOf('Settings')(reading.value).valid, true);
  assert.deepEqual(readSettings({}), { value: {} });
  assert.deepEqual(readSettings({ survey: { kind: 'none' } }), { value: { survey: { kind: 'none' } } });
});

test('what is wrong is named by its place, with what to write there', () => {
  const fields = (...list: unknown[]) => ({ preChat: { fields: list } });
  const cases: [unknown, RegExp][] = [
    [null, /^settings: .*object/],
    [{ hours: {} }, /^settings: .*"hours" that nobody knows/],
    [{ survey: { kind: 'stars' } }, /^survey\.kind: .*csat, nps, ces, none/],
    [{ survey: 'csat' }, /^survey: .*object/],
    [{ preChat: {} }, /^preChat\.fields: .*list of at most 20/],
    [fields({ ...field, name: 'two words' }), /^preChat\.fields\[0\]\.name: /],
    [fields({ ...field, name: '__proto__' }), /^preChat\.fields\[0\]\.name: /],
    [fields({ ...field, kind: 'password' }), /^preChat\.fields\[0\]\.kind: .*textarea/],
    [fields({ ...field, label: 'E-mail' }), /^preChat\.fields\[0\]\.label: .*by language/],
    [fields({ ...field, label: {} }), /^preChat\.fields\[0\]\.label: .*at least one/],
    [fields({ ...field, label: { english: '' } }), /^preChat\.fields\[0\]\.label\.english: /],
    [fields({ ...field, label: { 'en us': 'x' } }), /^preChat\.fields\[0\]\.label: .*en us/],
    [fields(field, field), /^preChat\.fields\[1\]\.name: .*twice/],
    [fields({ ...field, options: [] }), /^preChat\.fields\[0\]\.options: .*no select/],
    [fields({ ...topic, options: [] }), /^preChat\.fields\[0\]\.options: .*without options/],
    [fields({ ...field, required: 1 }), /^preChat\.fields\[0\]\.required: /],
    [{ consent: { ...consent, policyUrl: 'http://shop.example' } }, /^consent\.policyUrl: .*https/],
    [{ consent: { ...consent, policyUrl: 'javascript:alert(1)' } }, /^consent\.policyUrl: .*https/],
    [{ consent: { purposes: [purpose] } }, /^consent\.policyVersion: /],
    [{ consent: { ...consent, purposes: [purpose, purpose] } }, /^consent\.purposes\[1\]\.purpose: .*twice/],
    [{ email: {} }, /^email\.enabled: /],
    [{ email: { ...email, quietMinutes: 0 } }, /^email\.quietMinutes: .*from 1 to 1440/],
    [{ email: { ...email, senderName: 'Shop\r\nBcc: all@example.org' } }, /^email\.senderName: .*one line/],
  ];
  for (const [value, message] of cases) assert.match(errorOf(value), message, JSON.stringify(value));
});

test('the rules follow: the survey after a close, and consent to this version of the policy', () => {
  const base = { surveyOnClose: 'csat' as const, consent: [{ purpose: 'terms', commands: [] }] };
  assert.deepEqual(policyWith(base, {}), base);
  const policy = policyWith<typeof base | { surveyOnClose?: 'csat' | undefined }>(base, all as Settings);
  assert.deepEqual(policy, {
    surveyOnClose: 'nps',
    consent: [
      { purpose: 'terms', commands: [] },
      {
        purpose: 'support',
        policyVersion: '2',
        commands: ['conversation.start', 'message.send', 'attachment.create'],
      },
    ],
  });
  assert.equal(policyWith(base, { survey: { kind: 'none' } }).surveyOnClose, undefined);
});

test('questions are rules, always or only while nobody answers', () => {
  const preChat = { fields: (all as Settings).preChat!.fields };
  const questions = (settings: Settings, isOpen?: boolean) =>
    policyWith<Pick<Policy, 'questions' | 'consent' | 'surveyOnClose'>>({}, settings, isOpen).questions;
  assert.equal(questions({ preChat }), preChat.fields);
  const onlyClosed = { preChat: { ...preChat, onlyWhileClosed: true } };
  assert.equal(questions(onlyClosed), undefined);
  assert.equal(questions(onlyClosed, false), preChat.fields);
});

test('visitors get to know what their window works by, and nothing else', () => {
  assert.deepEqual(visitorSettings(all as Settings), { preChat: all.preChat, consent, email: true });
  assert.deepEqual(visitorSettings({ email: { enabled: false }, survey: { kind: 'ces' } }), {});
});
