import { makeProblem, type Settings, type SettingsRequest } from '@sahay/protocol';
import { policyWith, readSettings, visitorSettings, type Policy } from '@sahay/protocol/core';
import type { ReferenceServer } from './reference-server.ts';
import type { PlainRequest, PlainResponse } from './seams.ts';

/** What agents set, and the rules that follow from it. */
export class ReferenceSettings {
  values: Settings = {};
  readonly #base: Policy;

  /** @param base the rules where nothing is set */
  constructor(base: Policy) {
    this.#base = base;
  }

  get policy(): Policy {
    return policyWith(this.#base, this.values);
  }

  /** Serves `/v1/settings` to an agent. */
  serve(server: ReferenceServer, { method, body }: PlainRequest): PlainResponse {
    if (method === 'PATCH') {
      const { unset = [], ...sections } = JSON.parse(body.toString()) as SettingsRequest;
      const read = readSettings(sections);
      if ('error' in read)
        return {
          status: 400,
          body: makeProblem('invalid_frame', read.error.message, { field: read.error.field }),
        };
      const kept = Object.entries(this.values).filter(([name]) => !(unset as string[]).includes(name));
      this.values = { ...Object.fromEntries(kept), ...read.value };
      for (const seat of server.seats)
        server.say(seat, {
          type: 'signal',
          signal: { type: 'settings', data: { settings: visitorSettings(this.values) } },
        });
    }
    return { status: 200, body: { settings: this.values } };
  }
}
