import type { Problem } from '@sahay/protocol';
import type { Answer } from './http-api.ts';

/** A line that the backend would not open: what it answered. */
export class RefusedLine extends Error {
  readonly status: number;
  readonly problem: Partial<Problem>;

  constructor(what: string, { status, json, text }: Pick<Answer, 'status' | 'json' | 'text'>) {
    super(`${what} was refused with ${status}: ${text.slice(0, 300)}`);
    this.name = 'RefusedLine';
    this.status = status;
    this.problem = typeof json === 'object' && json !== null ? json : {};
  }
}
