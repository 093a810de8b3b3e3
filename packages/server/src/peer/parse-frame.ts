import { readClientFrame, validateClientFrame, type ReadFrame } from '@sahay/protocol/validate-client';

export type { ReadFrame } from '@sahay/protocol/validate-client';

/** What a text frame turned out to be. */
export type ParsedFrame = ReadFrame | { kind: 'not json' };

/** Reads a text frame. Never throws. */
export function parseFrame(text: string): ParsedFrame {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'not json' };
  }
  return readFrame(value);
}

/** Reads a frame that was JSON. Never throws. */
export const readFrame = (value: unknown): ReadFrame => readClientFrame(value, validateClientFrame);
