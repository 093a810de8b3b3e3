import type { Settings, SettingsAnswer } from '@sahay/protocol';
import { readSettings, settingSections } from '@sahay/protocol/core';
import type { Hono } from 'hono';
import { authenticateAgent } from '../authenticate.ts';
import type { HttpEnv, HttpParts } from '../http-env.ts';
import { ProblemError } from '../problem-error.ts';
import { readJson } from '../read-json.ts';
import { settled } from '../settled.ts';

const largest = 262_144;

/** The settings but for the hours, which any agent may change section by section. */
export function addSettingsRoutes(app: Hono<HttpEnv>, parts: HttpParts): void {
  const { settings } = parts.ctx;
  const answer = (): SettingsAnswer => {
    const { hours: _ownRoute, ...rest } = settings.values;
    return { settings: rest };
  };

  app.get('/v1/settings', async (c) => {
    await authenticateAgent(c, parts);
    c.header('Cache-Control', 'no-store');
    return c.json(answer());
  });

  app.patch('/v1/settings', async (c) => {
    const agent = await authenticateAgent(c, parts);
    const { unset, ...sections } = await readJson(c, largest);
    await settings.change({ ...unsetOf(unset), ...settled(readSettings(sections)) }, agent.id);
    c.header('Cache-Control', 'no-store');
    return c.json(answer());
  });
}

/** The sections to take away, as a change that does so. */
function unsetOf(value: unknown): Settings {
  if (value === undefined) return {};
  const known: readonly unknown[] = settingSections;
  if (!Array.isArray(value) || !value.every((section) => known.includes(section)))
    throw new ProblemError('invalid_frame', `"unset" must be a list of ${settingSections.join(', ')}.`, {
      field: 'unset',
    });
  return Object.fromEntries(value.map((section: string) => [section, undefined]));
}
