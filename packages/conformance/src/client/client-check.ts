import type { SectionNumber } from '../sections.ts';
import type { ClientStage } from './client-stage.ts';

/** One rule for clients, and a hostile server that finds out whether a client keeps it. */
export interface ClientCheck {
  readonly id: string;
  readonly section: SectionNumber;
  /** The rule, in one sentence. */
  readonly title: string;
  /** @throws Finding when the rule is broken */
  run(stage: ClientStage): Promise<void>;
}
