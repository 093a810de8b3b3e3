import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ConfigError } from './config-error.ts';
import { prepareDataFolder, requireFolder } from './folders.ts';
import { loadHostKey } from './host-key.ts';
import { mailOf } from './mail-module.ts';
import { originOf, parseOrigins } from './origins.ts';
import { webhooksOf } from './webhooks.ts';
import type { KnowledgeConfig, LlmConfig, ServerConfig, ServerConfigInput } from './server-config.ts';

/**
 * Checks a configuration and fills in what was not said. The data folder is made when it is missing.
 *
 * @throws ConfigError with a sentence that says what to change, for the first value that cannot work
 * @example const config = await resolveConfig({ port: '4000', dataFolder: './data', knowledgeFolder: './articles' });
 */
export async function resolveConfig(input: ServerConfigInput): Promise<ServerConfig> {
  const publicUrl = present(input.publicUrl);
  const config = {
    host: present(input.host) ?? '127.0.0.1',
    port: portOf(input.port),
    tenantId: tenantOf(present(input.tenantId)),
    allowOrigins: parseOrigins(input.allowOrigins),
    trustProxy: booleanOf(input.trustProxy, 'SAHAY_TRUST_PROXY'),
    botName: nameOf(present(input.botName)),
    ...(publicUrl && { publicUrl: originOf(publicUrl, 'The public address') }),
    ...optional('llm', llmOf(input)),
    ...optional('consentPurpose', purposeOf(present(input.consentPurpose))),
    ...optional('logDays', logDaysOf(input.logDays)),
  };
  const hostKey = await hostKeyOf(input);
  const knowledge = await knowledgeOf(input);
  return {
    ...config,
    webhooks: await webhooksOf(input.webhooks),
    ...optional('mail', await mailOf(input.mail)),
    ...optional('hostKey', hostKey),
    ...optional('knowledge', knowledge),
    ...optional('siteFolder', await folderOf(input.siteFolder, 'The site folder', '--site')),
    ...optional('consoleFolder', await folderOf(input.consoleFolder, 'The console folder', '--console')),
    ...optional('assetsFolder', await folderOf(input.assetsFolder, 'The folder of the script', '--assets')),
    ...(await prepareDataFolder(present(input.dataFolder) ?? './data')),
  };
}

/** Reads the part of the configuration that the environment holds; empty variables count as not set. */
export function configFromEnvironment(env: Readonly<Record<string, string | undefined>>): ServerConfigInput {
  return {
    port: present(env['PORT']),
    host: present(env['SAHAY_HOST']),
    publicUrl: present(env['SAHAY_PUBLIC_URL']),
    dataFolder: present(env['SAHAY_DATA']),
    tenantId: present(env['SAHAY_TENANT']),
    knowledgeFolder: present(env['SAHAY_KB']),
    allowOrigins: present(env['SAHAY_ALLOW_ORIGIN']),
    jwtKey: present(env['SAHAY_JWT_KEY']),
    jwtAlgorithm: present(env['SAHAY_JWT_ALG']),
    llmUrl: present(env['SAHAY_LLM_URL']),
    llmModel: present(env['SAHAY_LLM_MODEL']),
    llmKey: present(env['SAHAY_LLM_KEY']),
    trustProxy: present(env['SAHAY_TRUST_PROXY']),
    botName: present(env['SAHAY_BOT_NAME']),
    logDays: present(env['SAHAY_LOG_DAYS']),
    consentPurpose: present(env['SAHAY_CONSENT']),
    webhooks: present(env['SAHAY_WEBHOOKS']),
    mail: present(env['SAHAY_MAIL']),
  };
}

const present = (value: string | undefined): string | undefined => value?.trim() || undefined;

function optional<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}

function portOf(port: number | string | undefined): number {
  if (port === undefined || port === '') return 4000;
  const number = typeof port === 'string' && !/^\d+$/.test(port.trim()) ? Number.NaN : Number(port);
  if (!Number.isInteger(number) || number < 0 || number > 65_535)
    throw new ConfigError(
      `The port is "${port}", which is not one. Give a whole number from 0 to 65535 with --port or PORT.`,
    );
  return number;
}

function purposeOf(purpose: string | undefined): string | undefined {
  if (purpose !== undefined && !/^[A-Za-z0-9_.-]{1,128}$/.test(purpose))
    throw new ConfigError(
      `SAHAY_CONSENT is "${purpose}", which is no purpose. Use 1 to 128 letters, digits, "_", "." or "-", such as support.`,
    );
  return purpose;
}

function logDaysOf(days: number | string | undefined): number | undefined {
  if (days === undefined || days === '') return undefined;
  const number = typeof days === 'string' && !/^\d+$/.test(days.trim()) ? Number.NaN : Number(days);
  if (!Number.isInteger(number) || number < 1 || number > 36_500)
    throw new ConfigError(
      `Events shall leave the log after "${days}" days. Give a whole number from 1 with --log-days or SAHAY_LOG_DAYS, or leave it out.`,
    );
  return number;
}

function tenantOf(tenantId: string | undefined): string {
  if (tenantId !== undefined && !/^[A-Za-z0-9_.-]{1,128}$/.test(tenantId))
    throw new ConfigError(
      `The tenant is "${tenantId}", which is not an id. Use 1 to 128 letters, digits, "_", "." or "-" in SAHAY_TENANT.`,
    );
  return tenantId ?? 'default';
}

function nameOf(name: string | undefined): string {
  if (name !== undefined && name.length > 80)
    throw new ConfigError(
      `The bot's name has ${name.length} characters. Give one of at most 80 in SAHAY_BOT_NAME.`,
    );
  return name ?? 'Sahay';
}

function booleanOf(value: boolean | string | undefined, name: string): boolean {
  if (value === undefined || typeof value === 'boolean') return value ?? false;
  if (/^(1|true|yes|on)$/i.test(value)) return true;
  if (/^(0|false|no|off)$/i.test(value)) return false;
  throw new ConfigError(`${name} is "${value}". Write true or false.`);
}

function llmOf(input: ServerConfigInput): LlmConfig | undefined {
  const [url, model, key] = [present(input.llmUrl), present(input.llmModel), present(input.llmKey)];
  if (!url && !model && !key) return undefined;
  if (!url)
    throw new ConfigError(
      `${model ? 'SAHAY_LLM_MODEL' : 'SAHAY_LLM_KEY'} is set but SAHAY_LLM_URL is not. Give the address of a chat-completions endpoint, or set neither.`,
    );
  if (!model)
    throw new ConfigError(
      'SAHAY_LLM_URL is set but SAHAY_LLM_MODEL is not. Name the model that shall write the answers.',
    );
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new ConfigError(
      `SAHAY_LLM_URL is "${url}", which is not a web address. Write one like https://llm.example/v1/chat/completions.`,
    );
  return { url, model, ...optional('key', key) };
}

async function hostKeyOf(input: ServerConfigInput): Promise<ServerConfig['hostKey']> {
  const key = present(input.jwtKey);
  if (key) return loadHostKey(key, present(input.jwtAlgorithm));
  if (present(input.jwtAlgorithm))
    throw new ConfigError(
      'SAHAY_JWT_ALG is set but SAHAY_JWT_KEY is not. Give the key that tokens are checked with, or set neither.',
    );
  return undefined;
}

async function knowledgeOf(input: ServerConfigInput): Promise<KnowledgeConfig | undefined> {
  // An empty option is a mistake (an unset variable in a script), not a wish for the default.
  if (input.knowledgeFolder !== undefined) {
    if (input.knowledgeFolder.trim() === '')
      throw new ConfigError(
        'The knowledge base is named by an empty path. Give the path of a folder with Markdown articles with --kb or SAHAY_KB.',
      );
    return {
      folder: await requireFolder(input.knowledgeFolder.trim(), 'The knowledge base', '--kb or SAHAY_KB'),
      required: true,
    };
  }
  const fallback = present(input.defaultKnowledgeFolder);
  if (!fallback) return undefined;
  const found = await stat(fallback).catch(() => undefined);
  return found?.isDirectory() ? { folder: resolve(fallback), required: false } : undefined;
}

async function folderOf(path: string | undefined, what: string, option: string): Promise<string | undefined> {
  const given = present(path);
  return given === undefined ? undefined : requireFolder(given, what, option);
}
