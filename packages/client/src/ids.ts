/** A fresh id behind a prefix: 128 random bits. (`crypto.randomUUID` is missing on pages without TLS.) */
export function freshId(prefix: string): string {
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
  return `${prefix}_${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
