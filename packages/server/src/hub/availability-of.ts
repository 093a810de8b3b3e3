import type { Availability } from '@sahay/protocol';
import type { HoursWatch } from './hours-watch.ts';
import type { WaitingLine } from './waiting-line.ts';

/**
 * Whether people can answer now: it is open by the hours, and an agent is there. What is not known is absent: when somebody
 * comes whom nobody expects, and how long it takes where that was neither set nor measured.
 */
export function availabilityOf(
  watch: HoursWatch,
  isSomebodyThere: boolean,
  line: Pick<WaitingLine, 'nextWait'>,
): Availability {
  const { hours } = watch;
  const state = watch.state();
  const timeZone = hours && { timeZone: hours.timeZone };
  if (!state.open)
    return {
      open: false,
      ...(state.opensAt !== undefined && { opensAt: timeOf(state.opensAt) }),
      ...timeZone,
      closedBecause: state.because,
      whileClosed: watch.whileClosed,
    };
  const closesAt = state.closesAt !== undefined && { closesAt: timeOf(state.closesAt) };
  if (!isSomebodyThere)
    return {
      open: false,
      ...timeZone,
      ...closesAt,
      closedBecause: 'nobody_there',
      whileClosed: watch.whileClosed,
    };
  const expectedReplySeconds = hours?.expectedReplySeconds ?? line.nextWait?.high;
  return {
    open: true,
    ...timeZone,
    ...closesAt,
    ...(expectedReplySeconds !== undefined && { expectedReplySeconds }),
  };
}

/** What of it is told again when it changes. What was measured changes all the time, and is as of when it was asked for. */
export function toldOf(
  { expectedReplySeconds: _measured, ...told }: Availability,
  { hours }: Pick<HoursWatch, 'hours'>,
): string {
  return JSON.stringify([told, hours?.expectedReplySeconds]);
}

const timeOf = (ms: number): string => new Date(ms).toISOString();
