import type { DriverAbility } from './driver/driver.ts';
import type { SectionNumber } from './sections.ts';
import type { Stage } from './stage.ts';
import type { TransportName } from './wire/line.ts';

/**
 * How a check came out, after Autobahn and h2spec. `non-strict`: what happened is understood by every client, but is not
 * what the specification says. `informational`: the specification leaves it open; this is what happened.
 * `unimplemented`: a capability is absent, or the check needs what the target does not offer; never a failure.
 */
export type Grade = 'pass' | 'non-strict' | 'informational' | 'fail' | 'unimplemented';

/** What a backend aims at: `core`, a bot that answers; `live`, people too; `full`, everything. Each holds those before. */
export type Level = 'core' | 'live' | 'full';

/** The levels, each holding those before it. */
export const levels: readonly Level[] = ['core', 'live', 'full'];

/** What a check needs beyond a backend that answers. Without it the check is `unimplemented`. */
export interface CheckNeeds {
  capabilities?: readonly string[];
  driver?: readonly DriverAbility[];
  /** The transports on which it says anything; default all. */
  transports?: readonly TransportName[];
}

/** One rule of the protocol, and how to find out whether a backend keeps it. */
export interface Check {
  /** The check's name, unique and lasting. */
  readonly id: string;
  /** The section of the specification that states the rule. */
  readonly section: SectionNumber;
  readonly level: Level;
  /** The rule, in one sentence. */
  readonly title: string;
  readonly needs?: CheckNeeds;
  /** Runs after all others, because it judges what they saw. */
  readonly isLast?: boolean;
  /**
   * Finds out. Returning is a pass.
   *
   * @throws Finding when the rule is broken; {@link Unimplemented} when that cannot be told.
   */
  run(stage: Stage): Promise<void>;
}

/** The checks with their numbers: the section's, and a place within the section. */
export function numbered(checks: readonly Check[]): Map<Check, string> {
  const places = new Map<SectionNumber, number>();
  return new Map(
    checks.map((check) => {
      const place = (places.get(check.section) ?? 0) + 1;
      places.set(check.section, place);
      return [check, `${check.section}/${place}`];
    }),
  );
}
