import { parseArgs } from 'node:util';
import { ConfigError, configFromEnvironment, type ServerConfigInput } from '../config/index.ts';

/** What the command line asks for. */
export type Arguments =
  | { kind: 'help' }
  | { kind: 'version' }
  | { kind: 'start'; input: ServerConfigInput }
  | { kind: 'backup'; file: string; dataFolder: string }
  | { kind: 'restore'; file: string; dataFolder: string }
  | { kind: 'verify-transcript'; file: string; dataFolder: string };

const options = {
  port: { type: 'string' },
  host: { type: 'string' },
  data: { type: 'string' },
  kb: { type: 'string' },
  'allow-origin': { type: 'string', multiple: true },
  tenant: { type: 'string' },
  'log-days': { type: 'string' },
  console: { type: 'string' },
  site: { type: 'string' },
  assets: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

/** The text of `--help`. */
export const helpText = `Usage: sahay-server [options]
       sahay-server backup <file> [--data <folder>]     copies the database, also while the server runs
       sahay-server restore <file> [--data <folder>]    puts a copy in its place; the server must not run
       sahay-server verify-transcript <file>            checks the chain of a transcript or an export

  --port <number>           where to listen (PORT; default 4000, 0 takes any free port)
  --host <address>          on which address (SAHAY_HOST; default 127.0.0.1)
  --data <folder>           database and uploads (SAHAY_DATA; default ./data)
  --kb <folder>             Markdown articles that the bot answers from (SAHAY_KB)
  --allow-origin <origin>   a site that may use this server; can be given several times
                            (SAHAY_ALLOW_ORIGIN, separated by commas)
  --tenant <id>             the aud of known visitors' tokens (SAHAY_TENANT; default "default")
  --log-days <number>       days after which events leave the log; messages stay (SAHAY_LOG_DAYS;
                            default: they stay too)
  --console <folder>        the built console, served at /console/
                            (default: that of @sahay/console, where it is installed)
  --assets <folder>         the folder of sahay.js, served to every site
                            (default: that of @sahay/elements, where it is installed)
  --site <folder>           a static site, served at /
  --help, --version

Webhooks: SAHAY_WEBHOOKS, a JSON file [{ "url", "secrets": ["whsec_…"], "types"?, "allowPrivate"? }].
E-mails to visitors: SAHAY_MAIL, a module whose default export is { send(message) }; else files in <data>/mail.
A purpose that visitors must consent to: SAHAY_CONSENT. The bot's name: SAHAY_BOT_NAME (default Sahay).
Known visitors: SAHAY_JWT_KEY and SAHAY_JWT_ALG. An LLM: SAHAY_LLM_URL, SAHAY_LLM_MODEL, SAHAY_LLM_KEY.
Behind a proxy: SAHAY_PUBLIC_URL, SAHAY_TRUST_PROXY. Logs: SAHAY_LOG_LEVEL (default info), JSON lines on stderr.
`;

/**
 * Reads the command line, and from the environment what it leaves open.
 *
 * @throws ConfigError for an option that does not exist or lacks its value
 */
export function readArguments(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Arguments {
  const { values, positionals } = parse(argv);
  if (values.help) return { kind: 'help' };
  if (values.version) return { kind: 'version' };
  const [name, ...operands] = positionals;
  if (name !== undefined) {
    const dataFolder = values.data ?? configFromEnvironment(env).dataFolder ?? './data';
    return { ...commandOf(name, operands), dataFolder };
  }
  const given: ServerConfigInput = {
    port: values.port,
    host: values.host,
    dataFolder: values.data,
    knowledgeFolder: values.kb,
    allowOrigins: values['allow-origin'],
    tenantId: values.tenant,
    logDays: values['log-days'],
    consoleFolder: values.console,
    siteFolder: values.site,
    assetsFolder: values.assets,
  };
  const spoken = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { kind: 'start', input: { ...configFromEnvironment(env), ...spoken } };
}

type DataCommandName = 'backup' | 'restore' | 'verify-transcript';
type NamedCommand = { [K in DataCommandName]: { kind: K; file: string } }[DataCommandName];

function commandOf(name: string, operands: readonly string[]): NamedCommand {
  if (name !== 'backup' && name !== 'restore' && name !== 'verify-transcript')
    throw new ConfigError(
      `Unexpected argument '${name}'. Run sahay-server --help to see what it understands.`,
    );
  const [file, ...more] = operands;
  if (!file || more.length > 0) throw new ConfigError(`Give one file: sahay-server ${name} <file>.`);
  return { kind: name, file };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, strict: true, allowPositionals: true });
  } catch (error) {
    const said =
      error instanceof Error ? (error.message.split(/\.\s|\n/)[0] ?? error.message) : String(error);
    throw new ConfigError(`${said}. Run sahay-server --help to see what it understands.`, { cause: error });
  }
}
