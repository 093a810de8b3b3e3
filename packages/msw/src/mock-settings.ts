import { makeProblem, type Availability, type HoursAnswer, type OpeningHours } from '@sahay/protocol';
import { hoursAt, readOpeningHours } from '@sahay/protocol/core';
import { http, HttpResponse } from 'msw/http';

/** What {@link MockSettings} needs. */
export interface MockSettingsParts {
  /** What is true while it is open by the hours. */
  availability: Availability;
  hours?: OpeningHours | undefined;
  now: () => number;
  /** Whether an `Authorization` header is an agent's. */
  isAgent: (authorization: string | null) => boolean;
  /** Called when what visitors are told has changed. */
  onChange: (availability: Availability) => void;
}

/** The settings of a mock backend, which agents under test change over HTTP and tests by hand. */
export class MockSettings {
  readonly #parts: MockSettingsParts;
  #hours: OpeningHours | undefined;
  #told: string;

  constructor(parts: MockSettingsParts) {
    this.#parts = parts;
    this.#hours = parts.hours;
    this.#told = JSON.stringify(this.availability());
  }

  /** Sets the hours, or takes them away. */
  setHours(hours: OpeningHours | undefined): void {
    this.#hours = hours;
    this.timePassed();
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
    this.#parts.onChange(availability);
  }

  /** The requests of agents; `base` is where the backend is. */
  handlers(base: string) {
    const answer = (): HoursAnswer => ({
      ...(this.#hours && { hours: this.#hours }),
      availability: this.availability(),
    });
    return [
      http.get(`${base}/v1/hours`, ({ request }) => this.#refused(request) ?? HttpResponse.json(answer())),
      http.put(`${base}/v1/hours`, async ({ request }) => {
        const refused = this.#refused(request);
        if (refused) return refused;
        const { hours } = (await request.json()) as { hours?: unknown };
        const reading = hours === undefined ? { value: undefined } : readOpeningHours(hours);
        if ('error' in reading)
          return problem('invalid_frame', reading.error.message, { field: reading.error.field });
        this.setHours(reading.value);
        return HttpResponse.json(answer());
      }),
    ];
  }

  #refused(request: Request) {
    if (this.#parts.isAgent(request.headers.get('authorization'))) return undefined;
    return problem('forbidden', 'Only agents may do this. Use an agentToken().');
  }
}

function problem(...[code, detail, extras]: Parameters<typeof makeProblem>) {
  const document = makeProblem(code, detail, extras);
  return HttpResponse.json(document, {
    status: document.status,
    headers: { 'content-type': 'application/problem+json' },
  });
}
