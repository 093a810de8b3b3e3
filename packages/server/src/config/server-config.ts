import type { MailTransport } from '../mail/mail-transport.ts';
import type { WebhookEndpoint } from '../webhooks/webhook-endpoint.ts';
import type { HostKey } from './host-key.ts';
import type { WebhookInput } from './webhooks.ts';

/** Everything that can be set from outside, as text from a command line or the environment, or already typed. */
export interface ServerConfigInput {
  /** Where to listen; 4000 unless told, 0 takes any free port. */
  port?: number | string | undefined;
  /** The address to listen on; `127.0.0.1` unless told, `0.0.0.0` for every network. */
  host?: string | undefined;
  /** The address the outside world uses, such as `https://support.example.com`, when a proxy stands in front. */
  publicUrl?: string | undefined;
  /** The folder with the database and the uploads; made when it is missing. */
  dataFolder?: string | undefined;
  /** The one tenant of this installation; `default` unless told. Host tokens carry it as `aud`. */
  tenantId?: string | undefined;
  /** A folder of Markdown articles that somebody asked for: missing or empty, it is an error. */
  knowledgeFolder?: string | undefined;
  /** The folder used when nobody asked for one; it may be missing. */
  defaultKnowledgeFolder?: string | undefined;
  /** Origins of the sites that may use this server, separated by commas; its own is always allowed. */
  allowOrigins?: string | readonly string[] | undefined;
  /** A public key file (PEM or JWK), or a secret of at least 32 bytes, by which host tokens are checked. */
  jwtKey?: string | undefined;
  /** The one algorithm that host tokens may use, such as `ES256`. */
  jwtAlgorithm?: string | undefined;
  /** An OpenAI-compatible endpoint that writes answers from the articles. */
  llmUrl?: string | undefined;
  llmModel?: string | undefined;
  llmKey?: string | undefined;
  /** Folder with the site to serve at `/`. */
  siteFolder?: string | undefined;
  /** Folder with the built console to serve under `/console/`. */
  consoleFolder?: string | undefined;
  /** Folder with `sahay.js` and `chunks/`, served to every site. */
  assetsFolder?: string | undefined;
  /** Whether `X-Forwarded-For` and `X-Forwarded-Proto` of a proxy are believed. */
  trustProxy?: boolean | string | undefined;
  /** Days after which events leave the log. Messages stay; only what is replayed gets shorter. Unless told, they stay too. */
  logDays?: number | string | undefined;
  /** A purpose that visitors must consent to before they begin, write or send files; none unless told. */
  consentPurpose?: string | undefined;
  /** Addresses that are told of events: a list, or a JSON file that holds one. None unless told. */
  webhooks?: string | readonly WebhookInput[] | undefined;
  /**
   * What carries e-mails to visitors away, or the path of a module whose default export does. Unless told, each is put into a
   * file in `<data folder>/mail`.
   */
  mail?: string | MailTransport | undefined;
  /** The bot's name as visitors see it; `Sahay` unless told. */
  botName?: string | undefined;
}

/** The knowledge base to load: `required` when somebody named it, so that an empty one is an error. */
export interface KnowledgeConfig {
  folder: string;
  required: boolean;
}

/** An OpenAI-compatible chat-completions endpoint. */
export interface LlmConfig {
  url: string;
  model: string;
  key?: string | undefined;
}

/** A configuration that was checked: folders are absolute and exist, origins are normalised, keys are imported. */
export interface ServerConfig {
  host: string;
  port: number;
  /** An origin without a path, when one was given. */
  publicUrl?: string | undefined;
  dataFolder: string;
  uploadsFolder: string;
  tenantId: string;
  knowledge?: KnowledgeConfig | undefined;
  allowOrigins: readonly string[];
  hostKey?: HostKey | undefined;
  llm?: LlmConfig | undefined;
  siteFolder?: string | undefined;
  consoleFolder?: string | undefined;
  assetsFolder?: string | undefined;
  trustProxy: boolean;
  logDays?: number | undefined;
  consentPurpose?: string | undefined;
  webhooks: readonly WebhookEndpoint[];
  mail?: MailTransport | undefined;
  botName: string;
}
