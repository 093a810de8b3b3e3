/** A text in the reader's language: her own tag, its language, English, else the first there is. */
export function localText(texts: Readonly<Record<string, string>> | undefined, tag: string): string {
  if (!texts) return '';
  const found = [tag, tag.split('-')[0]!, 'en'].find((one) => Object.hasOwn(texts, one));
  return (found === undefined ? Object.values(texts)[0] : texts[found]) ?? '';
}
