import { readFile } from 'node:fs/promises';
import { eventAudiences, eventStreams, type EventType } from '@sahay/protocol';
import type { WebhookEndpoint } from '../webhooks/webhook-endpoint.ts';
import { keyOf } from '../webhooks/webhook-signature.ts';
import { ConfigError } from './config-error.ts';

/** A webhook as it is written in a configuration. */
export interface WebhookInput {
  /** Where to post to. */
  url: string;
  /** `whsec_` and 24 to 64 bytes in base64; while it is replaced, two. */
  secrets: readonly string[];
  /**
   * Types of events, such as `message.created`, or all of a kind, such as `handoff.*`. Default `conversation.*`,
   * `message.created`, `message.completed`, `handoff.*` and `survey.submitted`. What only staff may read, such as
   * `note.added`, is sent where its own name stands.
   */
  types?: readonly string[] | undefined;
  /** Allows addresses in private networks, and plain `http:`. Default `false`. */
  allowPrivate?: boolean | undefined;
}

const usualTypes = [
  'conversation.*',
  'message.created',
  'message.completed',
  'handoff.*',
  'survey.submitted',
];

const typesOfConversations = (Object.keys(eventStreams) as EventType[]).filter(
  (type) => eventStreams[type] === 'conversation',
);

/**
 * Reads webhooks from a JSON file, or from a list.
 *
 * @throws ConfigError for the first that cannot work
 */
export async function webhooksOf(
  input: string | readonly WebhookInput[] | undefined,
): Promise<WebhookEndpoint[]> {
  if (input === undefined || input === '') return [];
  const list: unknown = typeof input === 'string' ? await readList(input) : input;
  if (!Array.isArray(list))
    throw new ConfigError(
      'SAHAY_WEBHOOKS names a file that holds no list. Write [{ "url": …, "secrets": […] }].',
    );
  const endpoints = list.map(endpointOf);
  const twice = endpoints.find(({ url }, index) => endpoints.findIndex((one) => one.url === url) < index);
  if (twice) throw new ConfigError(`The webhook ${twice.url} is there twice. Put all its types into one.`);
  return endpoints;
}

async function readList(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown;
  } catch (error) {
    throw new ConfigError(
      `SAHAY_WEBHOOKS names the file "${file}", which cannot be read as JSON (${(error as Error).message}). Write [{ "url": …, "secrets": […] }] into it.`,
      { cause: error },
    );
  }
}

function endpointOf(value: unknown): WebhookEndpoint {
  const { url, secrets, types = usualTypes, allowPrivate = false } = (value ?? {}) as Partial<WebhookInput>;
  if (typeof url !== 'string' || !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new ConfigError(
      `A webhook's url is ${JSON.stringify(url)}. Write one like https://shop.example/hooks.`,
    );
  const { username, password, protocol, href } = new URL(url);
  if (username || password)
    throw new ConfigError(
      'A webhook has a user or password in its url. Its requests are signed; leave them out.',
    );
  if (typeof allowPrivate !== 'boolean')
    throw new ConfigError(`"allowPrivate" of the webhook ${href} is neither true nor false.`);
  if (protocol === 'http:' && !allowPrivate)
    throw new ConfigError(
      `The webhook ${href} is not encrypted. Use https:, or set "allowPrivate": true within a network of your own.`,
    );
  return { url: href, secrets: secretsOf(secrets, href), types: typesOf(types, href), allowPrivate };
}

function secretsOf(secrets: unknown, url: string): string[] {
  const list = Array.isArray(secrets) ? (secrets as unknown[]) : [];
  const isRight = (secret: unknown): secret is string =>
    typeof secret === 'string' && keyOf(secret) !== undefined;
  if (list.length < 1 || list.length > 2 || !list.every(isRight))
    throw new ConfigError(
      `The webhook ${url} needs one secret, or two while one is replaced, each "whsec_" and 24 to 64 bytes in base64. Make one with: echo whsec_$(openssl rand -base64 32)`,
    );
  return list;
}

function typesOf(types: unknown, url: string): string[] {
  const list = Array.isArray(types) ? (types as unknown[]) : [];
  const unknown = list.find((type) => !typesOfConversations.some((known) => isMeant(type, known)));
  if (list.length === 0 || unknown !== undefined)
    throw new ConfigError(
      `The webhook ${url} asks for events ${JSON.stringify(unknown ?? types)}, which there are not. Name types such as message.created or handoff.*.`,
    );
  return list as string[];
}

const isMeant = (pattern: unknown, type: EventType): boolean =>
  pattern === type ||
  (typeof pattern === 'string' &&
    pattern.endsWith('.*') &&
    eventAudiences[type] === 'public' &&
    type.startsWith(pattern.slice(0, -1)));

/** The types of events that some patterns mean. */
export const typesMeantBy = (patterns: readonly string[]): Set<string> =>
  new Set(typesOfConversations.filter((type) => patterns.some((pattern) => isMeant(pattern, type))));
