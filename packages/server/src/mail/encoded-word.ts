/** Text as a header may hold it (RFC 2047): plain where it is plain, else in pieces of base64 that no character is cut by. */
export function encodedWord(text: string): string {
  const line = text.replace(/\p{Cc}+/gu, ' ');
  if (/^[\w .'-]*$/.test(line)) return line;
  const pieces: string[] = [''];
  for (const character of line) {
    const grown = (pieces.at(-1) ?? '') + character;
    if (Buffer.byteLength(grown) > 42) pieces.push(character);
    else pieces[pieces.length - 1] = grown;
  }
  return pieces.map((piece) => `=?utf-8?B?${Buffer.from(piece).toString('base64')}?=`).join('\r\n ');
}
