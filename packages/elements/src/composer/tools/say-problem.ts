import { attempt } from '../../message-tools/attempt.ts';
import type { SahayComposer } from '../composer.ts';

/** Says in the window what could not be done. */
export function sayProblem(composer: SahayComposer, words: string, error: unknown = new Error(words)): void {
  attempt(composer, (room) => room.failed(error, words));
}
