import type { Breakage } from '../breakage.ts';
import { commandBreakages } from './commands.ts';
import { resumeBreakages } from './resume.ts';
import { streamBreakages } from './streams.ts';
import { versionBreakages } from './versions.ts';

/** Every breakage; each check has one at least. */
export const breakages: readonly Breakage[] = [
  ...streamBreakages,
  ...resumeBreakages,
  ...commandBreakages,
  ...versionBreakages,
];
