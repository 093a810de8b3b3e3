import type { Discovery, Session } from '@sahay/protocol';
import { driverAbilities, type Driver, type DriverAbility } from './driver/driver.ts';
import { must, Unimplemented } from './finding.ts';
import { Person } from './person.ts';
import type { Target } from './target.ts';
import { HttpApi } from './wire/http-api.ts';
import type { TransportName } from './wire/line.ts';
import { openLine } from './wire/open-line.ts';
import { Peer, type PeerOptions } from './wire/peer.ts';
import { openWebSocket, type WebSocketLine, type WebSocketLineOptions } from './wire/web-socket-line.ts';

/** What checks share: the target, its discovery document, and what all of them saw. */
export interface RunParts {
  target: Target;
  discovery: Discovery;
  transport: TransportName;
  patienceMs: number;
  quietMs: number;
  /** Frames that did not follow the schema, from all checks of this run. */
  invalidFrames: string[];
}

/** A driver with which an ability is certain. */
type With<A extends DriverAbility> = Driver & Required<Pick<Driver, A>>;

/** Where a check plays: people to script, a backend to ask, a driver where there is one. */
export class Stage {
  readonly api: HttpApi;
  readonly discovery: Discovery;
  readonly quietMs: number;
  readonly patienceMs: number;
  readonly transport: TransportName;
  readonly invalidFrames: string[];
  readonly target: Target;
  /** What the specification leaves open, as it was found. */
  readonly notes: string[] = [];
  /** What is understood, but not as the specification has it. */
  readonly departures: string[] = [];
  readonly #peers: Peer[] = [];

  constructor(parts: RunParts) {
    this.target = parts.target;
    this.api = new HttpApi(parts.target.url);
    this.discovery = parts.discovery;
    this.transport = parts.transport;
    this.patienceMs = parts.patienceMs;
    this.quietMs = parts.quietMs;
    this.invalidFrames = parts.invalidFrames;
  }

  /** What the specification asks for, where clients cope without it: `non-strict` unless it holds. */
  should(holds: boolean, departure: string): void {
    if (!holds) this.departures.push(departure);
  }

  /** Something the specification leaves open. */
  note(what: string): void {
    this.notes.push(what);
  }

  can(capability: string): boolean {
    return this.discovery.capabilities.includes(capability);
  }

  /**
   * The driver, with what is asked of it.
   *
   * @throws Unimplemented without it
   */
  driver<A extends DriverAbility>(...abilities: A[]): With<A> {
    const { driver } = this.target;
    const missing = abilities.filter((ability) => driver?.[ability] === undefined);
    if (!driver || missing.length > 0) throw new Unimplemented(`needs a driver with ${missing.join(', ')}`);
    return driver as With<A>;
  }

  /** An anonymous visitor nobody has seen before. */
  async visitor(): Promise<Person> {
    return this.personWith((await this.session()).accessToken);
  }

  /** A fresh anonymous session. */
  async session(): Promise<Session> {
    const answer = await this.api.ask(`${this.discovery.endpoints.api}/sessions`, { body: {} });
    must(
      answer.status === 201,
      'POST /v1/sessions to be answered with 201',
      `${answer.status} ${answer.text}`,
    );
    return answer.json as Session;
  }

  /** An agent; the same name is the same agent. */
  async agent(name = 'Conformance agent'): Promise<Person> {
    const { driver, agentToken } = this.target;
    if (driver?.agentToken) return this.personWith((await driver.agentToken({ name })).accessToken);
    if (agentToken !== undefined) return this.personWith(agentToken);
    throw new Unimplemented('needs an agent: a driver with agentToken, or --agent-token');
  }

  /** A visitor whom the host's backend knows. */
  async knownVisitor(subject: string): Promise<Person> {
    return this.personWith((await this.driver('visitorToken').visitorToken({ subject })).accessToken);
  }

  personWith(token: string): Person {
    return this.personOver(this.transport, token);
  }

  /** The same over a transport of the check's choice. */
  personOver(transport: TransportName, token: string): Person {
    return new Person({ api: this.api, token, connect: (current) => this.connect(current, transport) });
  }

  /** @throws Unimplemented unless it holds */
  unless(holds: boolean, reason: string): void {
    if (!holds) throw new Unimplemented(reason);
  }

  /** Opens a line of the run's transport, and waits for the welcome. */
  async connect(token: string, transport: TransportName = this.transport): Promise<Peer> {
    const { peer } = await Peer.over(
      (listener) => openLine({ transport, token, api: this.api, discovery: this.discovery }, listener),
      this.peerOptions(),
    );
    this.#peers.push(peer);
    if (transport === 'websocket') peer.send({ type: 'hello', token, client: { name: 'sahay-conformance' } });
    await peer.next('welcome');
    return peer;
  }

  /** Opens a line over HTTP that offers these versions. */
  async offering(versions: readonly string[], token: string): Promise<Peer> {
    const { transport, api, discovery } = this;
    const { peer } = await Peer.over(
      (listener) => openLine({ transport, token, api, discovery, versions }, listener),
      this.peerOptions(),
    );
    this.#peers.push(peer);
    return peer;
  }

  /** A bare WebSocket: nothing is said on it yet. */
  async socket(
    options: Omit<WebSocketLineOptions, 'url'> = {},
  ): Promise<{ peer: Peer; line: WebSocketLine }> {
    const opened = await Peer.over(
      (listener) => openWebSocket({ url: this.socketUrl, ...options }, listener),
      this.peerOptions(),
    );
    this.#peers.push(opened.peer);
    return opened;
  }

  get socketUrl(): string {
    const url = new URL(this.discovery.endpoints.socket, `${this.api.url}/`);
    url.protocol = url.protocol.replace('http', 'ws');
    return url.href;
  }

  /** How this run's peers wait, and where they complain. */
  peerOptions(): PeerOptions {
    return {
      patienceMs: this.patienceMs,
      onInvalid: (error, text) => this.invalidFrames.push(`${error}: ${text.slice(0, 400)}`),
    };
  }

  /** The next session of the same visitor. */
  async refresh({ refreshSecret }: Session): Promise<Session> {
    const path = `${this.discovery.endpoints.api}/sessions/refresh`;
    const answer = await this.api.ask(path, { body: { refreshSecret } });
    must(answer.status === 200, `POST ${path} to be answered with 200`, `${answer.status} ${answer.text}`);
    return answer.json as Session;
  }

  /** Waits until something holds; what it was is for the check to say afterwards. */
  async until(holds: () => boolean, withinMs = this.patienceMs): Promise<void> {
    const deadline = Date.now() + withinMs;
    while (!holds() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  wait(ms: number): Promise<undefined> {
    return new Promise((resolve) => setTimeout(() => resolve(undefined), ms));
  }

  /** Nothing must happen now: waits for it not to. */
  async quiet(): Promise<void> {
    await this.wait(this.quietMs);
  }

  /** Ends what the check left open. */
  close(): void {
    for (const peer of this.#peers) peer.cut();
  }
}

/** What a target's driver can do, in the order of {@link driverAbilities}. */
export const abilitiesOf = (driver: Driver | undefined): DriverAbility[] =>
  driverAbilities.filter((ability) => driver?.[ability] !== undefined);
