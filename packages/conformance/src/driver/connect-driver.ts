import { driverAbilities, type Driver, type DriverAbility } from './driver.ts';

/**
 * A driver that stands behind HTTP: `GET <url>` answers `{ abilities: [names] }`; `POST <url>/<ability>` takes the
 * arguments as JSON and answers the result as JSON (or 204).
 *
 * @throws Error when nothing answers there
 */
export async function connectDriver(url: string): Promise<Driver> {
  const base = url.replace(/\/+$/, '');
  const answer = await fetch(base).catch((error: unknown) => {
    throw new Error(`The driver at ${base} does not answer. Start it, or correct the address.`, {
      cause: error,
    });
  });
  const { abilities } = (await answer.json()) as { abilities?: unknown };
  if (!Array.isArray(abilities)) throw new Error(`The driver at ${base} names no abilities.`);
  const known = driverAbilities.filter((ability) => abilities.includes(ability));
  return Object.fromEntries(known.map((ability) => [ability, remote(base, ability)]));
}

function remote(base: string, ability: DriverAbility): (args?: object) => Promise<unknown> {
  return async (args = {}) => {
    const answer = await fetch(`${base}/${ability}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(args),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`The driver could not ${ability}: ${answer.status} ${text}`);
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  };
}
