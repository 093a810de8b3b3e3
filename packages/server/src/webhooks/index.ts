/**
 * For programs that receive webhooks: is this one signed, is it fresh, has it come before?
 *
 * @packageDocumentation
 */
export { SeenWebhooks } from './seen-webhooks.ts';
export {
  verifyWebhook,
  WebhookRefusedError,
  type ReceivedWebhook,
  type VerifyOptions,
  type WebhookRefusal,
} from './verify-webhook.ts';
