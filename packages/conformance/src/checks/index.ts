import type { Check } from '../check.ts';
import { commandChecks } from './commands.ts';
import { resumeChecks } from './resume.ts';
import { streamChecks } from './streams.ts';
import { versionChecks } from './versions.ts';

/** Every check for backends, in the order of the specification. */
export const checks: readonly Check[] = [
  ...streamChecks,
  ...resumeChecks,
  ...commandChecks,
  ...versionChecks,
];
