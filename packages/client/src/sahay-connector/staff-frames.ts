import type { ServerFrame } from '@sahay/protocol';
import { validateServerFrame } from '@sahay/protocol/validate';

/** Whether a frame follows the protocol to the letter, what only staff get included. */
export const isFrame = (value: unknown): value is ServerFrame => validateServerFrame(value).valid;
