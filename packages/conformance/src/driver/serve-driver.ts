import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { driverAbilities, type Driver, type DriverAbility } from './driver.ts';

/** A driver that listens. */
export interface ServedDriver {
  /** For `--driver`. */
  url: string;
  close(): Promise<void>;
}

/**
 * Puts a driver behind HTTP, on this machine alone: whoever reaches it can do anything to the backend.
 *
 * @param port 0, the default, takes any free one
 */
export async function serveDriver(driver: Driver, port = 0): Promise<ServedDriver> {
  const server = createServer((request, response) => void answer(driver, request, response));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(driver: Driver, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const reply = (status: number, value?: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(value === undefined ? undefined : JSON.stringify(value));
  };
  const able = driverAbilities.filter((ability) => driver[ability] !== undefined);
  const name = (request.url ?? '/').replace(/^\//, '');
  if (name === '') return reply(200, { abilities: able });
  const ability = able.find((known) => known === name);
  if (!ability || request.method !== 'POST') return reply(404, { error: `This driver cannot "${name}".` });
  try {
    const result = await call(driver, ability, JSON.parse((await textOf(request)) || '{}') as object);
    reply(result === undefined ? 204 : 200, result);
  } catch (error) {
    reply(500, { error: error instanceof Error ? error.message : String(error) });
  }
}

/** Every ability takes one object, or nothing. */
function call(driver: Driver, ability: DriverAbility, args: object): Promise<unknown> {
  const act = driver[ability] as ((args: object) => Promise<unknown>) | undefined;
  return act?.call(driver, args) ?? Promise.resolve();
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
