import {
  type Availability,
  type HoursAnswer,
  type OpeningHours,
  type Settings,
  type SettingsAnswer,
  type SettingsRequest,
  type Signal,
} from '@sahay/protocol';
import {
  hoursAt,
  policyWith,
  readOpeningHours,
  readSettings,
  visitorSettings,
  type Policy,
} from '@sahay/protocol/core';
import { http, HttpResponse } from 'msw/http';
import { refuse } from './refuse.ts';

/** What {@link MockSettings} needs. */
export interface MockSettingsParts {
  /** What is true while it is open by the hours. */
  availability: Availability;
  hours?: OpeningHours | undefined;
  settings?: Settings | undefined;
  /** The rules without the settings, and what takes other ones. */
  policy: Policy;
  setPolicy: (policy: Policy) => void;
  now: () => number;
  /** Whether an `Authorization` header is an agent's. */
  isAgent: (authorization: string | null) => boolean;
  /** Tells everybody who is connected. */
  tell: (signal: Signal) => void;
}

/** The settings of a mock backend, which agents under test change over HTTP and tests by hand. */
export class MockSettings {
  readonly #parts: MockSettingsParts;
  #hours: OpeningHours | undefined;
  #settings: Settings;
  #told: string;

  constructor(parts: MockSettingsParts) {
    this.#parts = parts;
    this.#hours = parts.hours;
    this.#settings = parts.settings ?? {};
    this.#setPolicy();
    this.#told = JSON.stringify(this.availability());
  }

  /** Sets the hours, or takes them away. */
  setHours(hours: OpeningHours | undefined): void {
    this.#hours = hours;
    this.timePassed();
  }

  /** Sets sections; one that is `undefined` is unset. */
  change(sections: Settings): void {
    this.#settings = { ...this.#settings, ...sections };
    this.#setPolicy();
    this.#parts.tell({ type: 'settings', data: { settings: this.forVisitors() } });
  }

  /** Some questions are asked only while nobody answers. */
  #setPolicy(): void {
    const { policy, setPolicy } = this.#parts;
    setPolicy(policyWith(policy, this.#settings, this.availability().open));
  }

  forVisitors() {
    return visitorSettings(this.#settings);
  }

  availability(): Availability {
    const { availability, now } = this.#parts;
    if (!this.#hours) return availability;
    const { timeZone } = this.#hours;
    const state = hoursAt(this.#hours, now());
    if (state.open)
      return {
        ...availability,
        timeZone,
        ...(state.closesAt !== undefined && { closesAt: new Date(state.closesAt).toISOString() }),
      };
    return {
      open: false,
      timeZone,
      closedBecause: state.because,
      whileClosed: ['leave_message'],
      ...(state.opensAt !== undefined && { opensAt: new Date(state.opensAt).toISOString() }),
    };
  }

  /** Tells what has changed with time, if anything. */
  timePassed(): void {
    const availability = this.availability();
    if (JSON.stringify(availability) === this.#told) return;
    this.#told = JSON.stringify(availability);
    this.#setPolicy();
    this.#parts.tell({ type: 'availability', data: { availability } });
  }

  /** The requests of agents; `base` is where the backend is. */
  handlers(base: string) {
    const answer = (): HoursAnswer => ({
      ...(this.#hours && { hours: this.#hours }),
      availability: this.availability(),
    });
    const settled = (): SettingsAnswer => ({ settings: this.#settings });
    return [
      http.get(`${base}/v1/hours`, ({ request }) => this.#refused(request) ?? HttpResponse.json(answer())),
      http.put(`${base}/v1/hours`, async ({ request }) => {
        const refused = this.#refused(request);
        if (refused) return refused;
        const { hours } = (await request.json()) as { hours?: unknown };
        const reading = hours === undefined ? { value: undefined } : readOpeningHours(hours);
        if ('error' in reading)
          return refuse('invalid_frame', reading.error.message, { field: reading.error.field });
        this.setHours(reading.value);
        return HttpResponse.json(answer());
      }),
      http.get(
        `${base}/v1/settings`,
        ({ request }) => this.#refused(request) ?? HttpResponse.json(settled()),
      ),
      http.patch(`${base}/v1/settings`, async ({ request }) => {
        const refused = this.#refused(request);
        if (refused) return refused;
        const { unset = [], ...sections } = (await request.json()) as SettingsRequest;
        const reading = readSettings(sections);
        if ('error' in reading)
          return refuse('invalid_frame', reading.error.message, { field: reading.error.field });
        this.change({
          ...Object.fromEntries(unset.map((section) => [section, undefined])),
          ...reading.value,
        });
        return HttpResponse.json(settled());
      }),
    ];
  }

  #refused(request: Request) {
    if (this.#parts.isAgent(request.headers.get('authorization'))) return undefined;
    return refuse('forbidden', 'Only agents may do this. Use an agentToken().');
  }
}
