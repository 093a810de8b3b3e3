import type { Availability, OpeningHours } from '@sahay/protocol';
import { hoursAt, type HoursState } from '@sahay/protocol/core';
import type { Settings } from '../settings/settings.ts';

/** What {@link HoursWatch} needs. */
export interface HoursWatchParts {
  settings: Pick<Settings, 'values' | 'onChange'>;
  clock: () => number;
  /** How often the clock is looked at, in ms. */
  lookMs: number;
  /** Called when it may have opened or closed, or other hours were set. */
  onChange: () => void;
}

/** However far away the next change is, the hours are reckoned anew after so long, in ms. */
const longestTrust = 60_000;
const alwaysOpen: HoursState = { open: true };

/**
 * Follows the opening hours by the clock. The clock is looked at again and again rather than waited for: a machine that slept, or
 * whose clock was set, is right again at the next look.
 */
export class HoursWatch {
  readonly #parts: HoursWatchParts;
  readonly #timer: NodeJS.Timeout;
  readonly #stopListening: () => void;
  #seen: HoursState = alwaysOpen;
  #reckoned: { state: HoursState; from: number; until: number } | undefined;

  constructor(parts: HoursWatchParts) {
    this.#parts = parts;
    this.#stopListening = parts.settings.onChange(() => {
      this.#reckoned = undefined;
      parts.onChange();
    });
    this.#timer = setInterval(() => this.#look(), parts.lookMs).unref();
  }

  /** The hours that are set; `undefined` when none are: then it is open whenever somebody is there. */
  get hours(): OpeningHours | undefined {
    return this.#parts.settings.values.hours;
  }

  /** What can be done while nobody answers. */
  get whileClosed(): NonNullable<Availability['whileClosed']> {
    return this.#parts.settings.values.email?.enabled
      ? ['leave_message', 'email_continuation']
      : ['leave_message'];
  }

  /** Whether it is open now, by the hours alone. */
  state(): HoursState {
    const { hours } = this;
    if (!hours) return alwaysOpen;
    const now = this.#parts.clock();
    const held = this.#reckoned;
    if (held && held.from <= now && now < held.until) return held.state;
    const state = hoursAt(hours, now);
    const changesAt = state.open ? state.closesAt : state.opensAt;
    this.#reckoned = { state, from: now, until: Math.min(changesAt ?? Infinity, now + longestTrust) };
    return state;
  }

  /** Whether it was open from one moment to another without a break, by the hours as they are set now. */
  wereOpen(from: number, to: number): boolean {
    const { hours } = this;
    if (!hours) return true;
    const state = hoursAt({ ...hours, closedNow: false }, from);
    return state.open && (state.closesAt ?? Infinity) >= to;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#stopListening();
  }

  /** Others may have asked for the state first: what counts is what was seen here last. */
  #look(): void {
    const state = this.state();
    if (state === this.#seen) return;
    this.#seen = state;
    this.#parts.onChange();
  }
}
