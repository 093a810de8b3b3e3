import type {
  ConsentPurpose,
  ConsentSettings,
  EmailSettings,
  LocalText,
  PreChatField,
  PreChatSettings,
  Settings,
  SurveySettings,
} from '../../generated/types.ts';
import { fieldsOf, flagOf, listOf, numberOf, readingOf, textOf, wrong, type Reading } from './reading.ts';

/** The sections of the settings, in the order in which they are read. */
export const settingSections = ['preChat', 'consent', 'survey', 'email'] as const;

const fieldKinds = ['text', 'textarea', 'email', 'tel', 'number', 'select', 'checkbox'] as const;
const surveyKinds = ['csat', 'nps', 'ces', 'none'] as const;
const mostFields = 20;
const mostOptions = 50;
const mostPurposes = 20;
const longestLabel = 300;
const longestText = 2_000;

/**
 * Sections of the settings as somebody wrote them, checked: the first thing that is wrong is said with its place. A console
 * may check with it before it sends, the backend checks again.
 *
 * @example readSettings({ survey: { kind: 'stars' } }) // { error: { field: 'survey.kind', message: … } }
 */
export function readSettings(value: unknown): Reading<Settings> {
  return readingOf(() => {
    const { preChat, consent, survey, email } = fieldsOf(value, 'settings', settingSections);
    return {
      ...(preChat !== undefined && { preChat: preChatOf(preChat) }),
      ...(consent !== undefined && { consent: consentOf(consent) }),
      ...(survey !== undefined && { survey: surveyOf(survey) }),
      ...(email !== undefined && { email: emailOf(email) }),
    };
  });
}

function preChatOf(value: unknown): PreChatSettings {
  const { fields, onlyWhileClosed } = fieldsOf(value, 'preChat', ['fields', 'onlyWhileClosed']);
  const read = listOf(fields, 'preChat.fields', mostFields, fieldOf);
  eachOnce(
    read.map(({ name }) => name),
    'preChat.fields',
    'name',
  );
  return {
    fields: read,
    ...(flagOf(onlyWhileClosed, 'preChat.onlyWhileClosed') && { onlyWhileClosed: true }),
  };
}

function fieldOf(value: unknown, place: string): PreChatField {
  const { name, kind, label, required, options } = fieldsOf(value, place, [
    'name',
    'kind',
    'label',
    'required',
    'options',
  ]);
  const field: PreChatField = {
    name: idOf(name, `${place}.name`),
    kind: oneOf(kind, `${place}.kind`, fieldKinds),
    label: localTextOf(label, `${place}.label`, longestLabel),
    ...(flagOf(required, `${place}.required`) && { required: true }),
  };
  if (field.kind !== 'select') {
    if (options !== undefined)
      wrong(`${place}.options`, `"${place}" has options, and is no select. Leave them out.`);
    return field;
  }
  const read = listOf(options, `${place}.options`, mostOptions, optionOf);
  if (read.length === 0) wrong(`${place}.options`, `"${place}" is a select without options. Give it some.`);
  eachOnce(
    read.map((option) => option.value),
    `${place}.options`,
    'value',
  );
  return { ...field, options: read };
}

function optionOf(value: unknown, place: string): NonNullable<PreChatField['options']>[number] {
  const option = fieldsOf(value, place, ['value', 'label']);
  return {
    value: textOf(option['value'], `${place}.value`, longestLabel),
    label: localTextOf(option['label'], `${place}.label`, longestLabel),
  };
}

function consentOf(value: unknown): ConsentSettings {
  const { purposes, policyVersion, policyUrl } = fieldsOf(value, 'consent', [
    'purposes',
    'policyVersion',
    'policyUrl',
  ]);
  const read = listOf(purposes, 'consent.purposes', mostPurposes, purposeOf);
  eachOnce(
    read.map(({ purpose }) => purpose),
    'consent.purposes',
    'purpose',
  );
  return {
    purposes: read,
    policyVersion: textOf(policyVersion, 'consent.policyVersion', 64),
    ...(policyUrl !== undefined && { policyUrl: addressOf(policyUrl, 'consent.policyUrl') }),
  };
}

function purposeOf(value: unknown, place: string): ConsentPurpose {
  const { purpose, label, description, required } = fieldsOf(value, place, [
    'purpose',
    'label',
    'description',
    'required',
  ]);
  return {
    purpose: idOf(purpose, `${place}.purpose`),
    label: localTextOf(label, `${place}.label`, longestLabel),
    ...(description !== undefined && {
      description: localTextOf(description, `${place}.description`, longestText),
    }),
    ...(flagOf(required, `${place}.required`) && { required: true }),
  };
}

function surveyOf(value: unknown): SurveySettings {
  return { kind: oneOf(fieldsOf(value, 'survey', ['kind'])['kind'], 'survey.kind', surveyKinds) };
}

function emailOf(value: unknown): EmailSettings {
  const { enabled, senderName, quietMinutes } = fieldsOf(value, 'email', [
    'enabled',
    'senderName',
    'quietMinutes',
  ]);
  const minutes = numberOf(quietMinutes, 'email.quietMinutes', 1, 1_440);
  if (enabled === undefined) wrong('email.enabled', '"email.enabled" must be true or false.');
  const name = senderName === undefined ? undefined : textOf(senderName, 'email.senderName', 120);
  // It stands in a header, where a line break would begin another.
  if (name !== undefined && /\p{Cc}/u.test(name))
    wrong('email.senderName', '"email.senderName" must be one line without control characters.');
  return {
    enabled: flagOf(enabled, 'email.enabled'),
    ...(name !== undefined && { senderName: name }),
    ...(minutes !== undefined && { quietMinutes: minutes }),
  };
}

function idOf(value: unknown, place: string): string {
  if (typeof value !== 'string' || !/^[A-Za-z0-9_.-]{1,64}$/.test(value) || value in {})
    return wrong(place, `"${place}" must be 1 to 64 letters, digits, "_", "." or "-".`);
  return value;
}

function oneOf<T extends string>(value: unknown, place: string, known: readonly T[]): T {
  const found = known.find((one) => one === value);
  return found ?? wrong(place, `"${place}" must be one of ${known.join(', ')}.`);
}

function localTextOf(value: unknown, place: string, longest: number): LocalText {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return wrong(place, `"${place}" must be text by language, such as { "en": "Your name" }.`);
  const entries = Object.entries(value as Record<string, unknown>);
  if (entries.length === 0 || entries.length > 50)
    wrong(place, `"${place}" needs its text in at least one language, and takes 50.`);
  return Object.fromEntries(
    entries.map(([tag, text]) => {
      if (!/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/.test(tag))
        wrong(place, `"${place}" has a language "${tag.slice(0, 35)}". Use tags such as "en" or "bn-BD".`);
      return [tag, textOf(text, `${place}.${tag}`, longest)];
    }),
  );
}

function addressOf(value: unknown, place: string): string {
  const text = textOf(value, place, 2_048);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:' || url.username || url.password)
    return wrong(place, `"${place}" must be an address that begins with https://.`);
  return url.href;
}

function eachOnce(values: readonly string[], place: string, what: string): void {
  const twice = values.findIndex((value, index) => values.indexOf(value) < index);
  if (twice >= 0)
    wrong(`${place}[${twice}].${what}`, `"${values[twice]}" stands in "${place}" twice. Keep one.`);
}
