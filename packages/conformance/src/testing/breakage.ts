import type { Seams } from '../reference/seams.ts';

/** One way to break the reference server, for the one check that must notice. */
export interface Breakage {
  /** The check's id. */
  check: string;
  /** What is broken, in words. */
  what: string;
  /** A fresh set of seams each time: breakages remember things. */
  seams(): Partial<Seams>;
}
