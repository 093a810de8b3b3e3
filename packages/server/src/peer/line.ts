import type { Cursor, StreamName } from '@sahay/protocol';
import type { EncodedFrame } from '../hub/reader.ts';

/** What carries a peer's frames. Transports differ in this, and in nothing else. */
export interface Line {
  /** Takes a frame; never throws, and never waits. */
  send(frame: EncodedFrame): void;
  /** Bytes that were taken and have not left. */
  readonly bufferedBytes: number;
  /** Shows that the server is there, or asks for a sign of life. */
  beat(): void;
  /** Ends it after all that was taken, and says why. */
  close(code: number, reason: string): void;
  /** Ends it now: nobody is reading. */
  cut(): void;
  /** The peer reads a stream from here on. For lines that tell it where it stands. */
  follow?(stream: StreamName, cursor: Cursor | undefined): void;
  unfollow?(stream: StreamName): void;
}
