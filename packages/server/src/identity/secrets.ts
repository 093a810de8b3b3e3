import { createHash, randomBytes } from 'node:crypto';

/** A fresh secret of 256 bits that can stand in a URL's fragment. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** A fresh id behind a prefix, such as `v_…`; 128 bits. */
export const newId = (prefix: string): string => `${prefix}_${randomBytes(16).toString('base64url')}`;

/** What is stored of a secret: enough to recognise it, useless to whoever reads the database. */
export const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** Whether an id is a known visitor's. */
export const isKnownVisitorId = (id: string): boolean => id.startsWith('u_');

/**
 * The participant id of a known visitor. The host's own id may be anything (an address, a number of millions), so it is
 * digested: the result fits an id and says nothing about the visitor.
 */
export function knownVisitorId(tenantId: string, subject: string): string {
  return `u_${createHash('sha256').update(`${tenantId}\n${subject}`).digest('base64url').slice(0, 32)}`;
}
