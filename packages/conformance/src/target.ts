import type { Driver } from './driver/driver.ts';
import type { TransportName } from './wire/line.ts';

/** A backend under test. */
export interface Target {
  /** Where it is, such as `http://localhost:4000`. */
  url: string;
  /** What a black box cannot reach; without it the checks that need it are `unimplemented`. */
  driver?: Driver | undefined;
  /** An access token of an agent, where no driver makes one. */
  agentToken?: string | undefined;
  /** Something that the backend's own bot answers at some length. Default `Hello, what can you help me with?` */
  question?: string | undefined;
}

/** How the suite runs. */
export interface SuiteOptions {
  /** Default `websocket`. */
  transport?: TransportName | undefined;
  /** Default `full`, which holds the others. */
  level?: 'core' | 'live' | 'full' | undefined;
  /** Names of checks, or numbers of sections or checks, such as `seq-dense`, `3`, `3.8` or `3.8/2`; default all. */
  only?: readonly string[] | undefined;
  /** How long to wait for what must come, in ms. Default 5,000. */
  patienceMs?: number | undefined;
  /** How long to wait for what must not come, in ms. Default 300. */
  quietMs?: number | undefined;
  /** After each check the driver's `crash`, and what was acknowledged must still be there. Default off. */
  crashAfterEach?: boolean | undefined;
}
