import { parseArgs } from 'node:util';
import { levels, type Level } from '../check.ts';
import { transportNames, type TransportName } from '../wire/line.ts';

/** What a command line asks for. */
export type Arguments =
  | { kind: 'help' | 'version' | 'list' }
  | {
      kind: 'client';
      command: readonly string[];
      only: readonly string[] | undefined;
      json: string | undefined;
      junit: string | undefined;
    }
  | {
      kind: 'run';
      url: string;
      transports: readonly TransportName[];
      level: Level;
      only: readonly string[] | undefined;
      strict: boolean;
      json: string | undefined;
      junit: string | undefined;
      driver: string | undefined;
      agentToken: string | undefined;
      question: string | undefined;
      crashAfterEach: boolean;
    };

/** A command line that cannot be understood; its message says what to write instead. */
export class UsageError extends Error {}

/** What `--help` prints. */
export const helpText = `Checks a backend, or a client, against the Sahay protocol.

  sahay-conformance <url> [options]
  sahay-conformance client [--only …] [--json …] [--junit …] -- <command>

  <url>                 where the backend is, such as http://localhost:4000

  --level <level>       core (a bot that answers), live (people too) or full; default full
  --only <names>        checks or sections, separated by commas: seq-dense,3,4.5/2
  --transport <name>    websocket, sse, long-poll or all; default websocket
  --strict              what is not quite as specified is a failure too
  --json <file>         writes the results as JSON
  --junit <file>        writes the results as JUnit XML
  --driver <url>        a driver for what a black box cannot reach (see the README)
  --agent-token <token> an access token of an agent, where there is no driver
                        (or SAHAY_AGENT_TOKEN in the environment)
  --question <text>     something that the backend's bot answers at some length
  --crash-after-each    the driver crashes and restarts the backend after each check
  <command>             starts the client, with the address of a hostile server in SAHAY_URL; it reads
                        {"send": "text"} lines and writes {"messages": [{"text", "isOwn"}]} lines
  --list                names all checks and ends
  --help, --version

Ends with 0 when nothing failed, with 1 when something did, with 2 when it could not run.
`;

/**
 * Reads a command line.
 *
 * @throws UsageError with a sentence that says what to change
 */
export function readArguments(args: readonly string[], env: Record<string, string | undefined>): Arguments {
  const { values, positionals } = parsed(args);
  if (values.help) return { kind: 'help' };
  if (values.version) return { kind: 'version' };
  if (values.list) return { kind: 'list' };
  if (positionals[0] === 'client') return clientArguments(positionals.slice(1), values);
  const [url, ...more] = positionals;
  if (url === undefined)
    throw new UsageError('Say where the backend is: sahay-conformance http://localhost:4000');
  if (more.length > 0) throw new UsageError(`One backend at a time; "${more.join(' ')}" is too much.`);
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new UsageError(`"${url}" is no address. Write it like http://localhost:4000`);
  const { transport, level } = values;
  const transports =
    transport === 'all' ? transportNames : transportNames.filter((name) => name === transport);
  if (transports.length === 0)
    throw new UsageError(`There is no transport "${transport}". Use ${transportNames.join(', ')} or all.`);
  const reach = levels.find((name) => name === level);
  if (!reach) throw new UsageError(`There is no level "${level}". Use ${levels.join(', ')}.`);
  return {
    kind: 'run',
    url,
    transports,
    level: reach,
    only: namesIn(values.only),
    strict: values.strict,
    json: values.json,
    junit: values.junit,
    driver: values.driver,
    agentToken: values['agent-token'] ?? env['SAHAY_AGENT_TOKEN'],
    question: values.question,
    crashAfterEach: values['crash-after-each'],
  };
}

const namesIn = (only: string | undefined): string[] | undefined =>
  only?.split(',').map((name) => name.trim());

function clientArguments(
  command: readonly string[],
  { only, json, junit }: { only?: string | undefined; json?: string | undefined; junit?: string | undefined },
): Arguments {
  if (command.length === 0)
    throw new UsageError('Say how the client is started: sahay-conformance client -- node my-client.js');
  return { kind: 'client', command, only: namesIn(only), json, junit };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        level: { type: 'string', default: 'full' },
        only: { type: 'string' },
        transport: { type: 'string', default: 'websocket' },
        strict: { type: 'boolean', default: false },
        json: { type: 'string' },
        junit: { type: 'string' },
        driver: { type: 'string' },
        'agent-token': { type: 'string' },
        question: { type: 'string' },
        'crash-after-each': { type: 'boolean', default: false },
        list: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
        version: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
