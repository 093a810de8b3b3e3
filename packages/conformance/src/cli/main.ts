#!/usr/bin/env node
import { readFile, writeFile } from 'node:fs/promises';
import { junitOf } from '../report/junit.ts';
import { TerminalReport } from '../report/terminal.ts';
import { conformanceSuite, isConformant, selectChecks, type SuiteResult } from '../run-suite.ts';
import { chapterOf } from '../sections.ts';
import { clientSuite, selectClientChecks } from '../client/client-suite.ts';
import { CommandClient } from '../client/command-client.ts';
import { connectDriver } from '../driver/connect-driver.ts';
import { helpText, readArguments, UsageError, type Arguments } from './read-arguments.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function version(): Promise<string> {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

function list(): void {
  let heading = '';
  const clients = selectClientChecks().map(({ check, number }) => ({
    check: { ...check, level: 'client' },
    number,
  }));
  for (const { check, number } of [...selectChecks(), ...clients]) {
    const chapter = chapterOf(check.section);
    if (chapter.title !== heading) say(`\n${chapter.number}. ${chapter.title}`);
    heading = chapter.title;
    say(`  ${number.padEnd(7)} ${check.id.padEnd(34)} ${check.level.padEnd(5)} ${check.title}`);
  }
}

async function run(args: Extract<Arguments, { kind: 'run' }>): Promise<number> {
  const { url, level, only, agentToken, question, crashAfterEach, strict } = args;
  if (selectChecks({ level, only }).length === 0)
    throw new UsageError(
      `No check of the level ${level} is called ${only?.join(' or ') ?? 'anything'}. --list names them.`,
    );
  const driver = args.driver === undefined ? undefined : await connectDriver(args.driver);
  const results: SuiteResult[] = [];
  for (const transport of args.transports) {
    say(`Sahay conformance · ${url} · ${transport} · level ${level}${strict ? ' · strict' : ''}`);
    const report = new TerminalReport(say, inColour());
    const target = { url, driver, agentToken, question };
    const result = await conformanceSuite(target, { transport, level, only, crashAfterEach }, (check) =>
      report.add(check),
    );
    report.end(result);
    results.push(result);
  }
  await write(args, results);
  return results.every((result) => isConformant(result, strict)) ? 0 : 1;
}

async function runClient(args: Extract<Arguments, { kind: 'client' }>): Promise<number> {
  const { command, only } = args;
  if (selectClientChecks({ only }).length === 0)
    throw new UsageError(`No check for clients is called ${only?.join(' or ')}. --list names them.`);
  say(`Sahay conformance · client ${command.join(' ')}`);
  const report = new TerminalReport(say, inColour());
  const result = await clientSuite(
    () => new CommandClient(command),
    { only },
    (check) => report.add(check),
  );
  report.end(result);
  await write(args, [result]);
  return isConformant(result) ? 0 : 1;
}

const inColour = () => ({ colours: process.stdout.isTTY && !process.env['NO_COLOR'] });

async function write(
  { json, junit }: { json: string | undefined; junit: string | undefined },
  results: SuiteResult[],
): Promise<void> {
  if (json !== undefined) await writeFile(json, `${JSON.stringify(results, undefined, 2)}\n`);
  if (junit !== undefined) await writeFile(junit, junitOf(results));
}

async function main(): Promise<number> {
  const args = readArguments(process.argv.slice(2), process.env);
  switch (args.kind) {
    case 'help':
      say(helpText);
      return 0;
    case 'version':
      say(await version());
      return 0;
    case 'list':
      list();
      return 0;
    case 'client':
      return runClient(args);
    case 'run':
      return run(args);
  }
}

main().then(
  // Sockets that a backend does not close must not keep a finished run alive.
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  },
);
