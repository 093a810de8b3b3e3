/** What a file says, and whether some of its bytes had to be guessed. */
export interface DecodedText {
  readonly text: string;
  /** True when the bytes were no valid UTF-8 and were read as Windows-1252. */
  readonly isGuess: boolean;
  /** True when the guess gives no text either: a picture or an archive, whatever its name ends in. */
  readonly isNoText: boolean;
}

/** What no editor writes into a text. */
const CONTROLS = /[\u0001-\u0008\u000E-\u001A]/u;

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

/**
 * Reads bytes as text: UTF-8, UTF-16 when a byte order mark says so, else Windows-1252, which knows every byte and
 * is what old editors wrote. Line ends become `\n`; NUL and the byte order mark go.
 */
export function decodeText(source: string | Uint8Array): DecodedText {
  let text: string;
  let isGuess = false;
  if (typeof source === 'string') {
    text = source;
  } else {
    try {
      text = new TextDecoder(encodingOf(source), { fatal: true }).decode(source);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      text = new TextDecoder('windows-1252').decode(source);
      isGuess = true;
    }
  }
  return {
    isNoText: isGuess && CONTROLS.test(text),
    text: text
      .replace(/^\uFEFF/u, '')
      .replace(/\r\n?/gu, '\n')
      .replaceAll('\0', ''),
    isGuess,
  };
}
