import { createHmac, randomBytes } from 'node:crypto';

/** A secret as addresses have it. */
export const newWebhookSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/** One signature of `webhook-signature`, by the conventions of Standard Webhooks. */
export function webhookSignature(id: string, timestamp: string, body: string, secret: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}
