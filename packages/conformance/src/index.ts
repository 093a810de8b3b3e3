/**
 * Checks any backend, and any client, against the Sahay protocol, black box.
 *
 * @packageDocumentation
 */
export type { Check, CheckNeeds, Grade, Level } from './check.ts';
export { checks } from './checks/index.ts';
export type { ClientAdapter, ClientFactory, ClientView, ShownMessage } from './client/client-adapter.ts';
export { CommandClient } from './client/command-client.ts';
export type { ClientCheck } from './client/client-check.ts';
export {
  clientChecks,
  clientSuite,
  selectClientChecks,
  type ClientSuiteOptions,
} from './client/client-suite.ts';
export { connectDriver } from './driver/connect-driver.ts';
export { driverAbilities, type Driver, type DriverAbility, type DriverToken } from './driver/driver.ts';
export { serveDriver, type ServedDriver } from './driver/serve-driver.ts';
export { Finding, must, Unimplemented } from './finding.ts';
export { junitOf } from './report/junit.ts';
export { reportCheck, TerminalReport, type TerminalOptions } from './report/terminal.ts';
export {
  conformanceSuite,
  isConformant,
  selectChecks,
  type CheckResult,
  type OnResult,
  type SuiteResult,
} from './run-suite.ts';
export {
  addressOf,
  chapterOf,
  sections,
  specification,
  type Chapter,
  type SectionNumber,
} from './sections.ts';
export type { Stage } from './stage.ts';
export type { SuiteOptions, Target } from './target.ts';
export { transportNames, type TransportName } from './wire/line.ts';
