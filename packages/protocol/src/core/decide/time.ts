import type { Time } from '../../generated/types.ts';
import type { Environment } from '../types.ts';

/** So many milliseconds from now. */
export const later = (env: Environment, ms: number): Time =>
  new Date(Date.parse(env.now()) + ms).toISOString();

/** Whether a time has come. Instants are compared, not strings (`…00Z` and `…00.000Z` are one); no instant has passed. */
export const isPast = (time: Time, env: Environment): boolean => !(Date.parse(time) > Date.parse(env.now()));
