import type { Message } from '@sahay/protocol';
import type { RowContext } from '../message/row-context.ts';

/** Where a part stands. */
export interface PartPlace {
  readonly message: Message;
  readonly context: RowContext;
}
