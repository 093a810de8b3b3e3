import { protocolVersion, type WelcomeFrame } from '@sahay/protocol';
import { capabilitiesOf } from '../capabilities.ts';
import type { ServerContext } from '../context.ts';
import type { VerifiedToken } from '../identity/access-tokens.ts';

/** @param connection the id under which later requests find it, over HTTP */
export function welcomeFrame(
  context: ServerContext,
  { actor, expiresAt }: VerifiedToken,
  connection: string | undefined,
): WelcomeFrame {
  const { id, role, name, avatarUrl } = actor;
  return {
    type: 'welcome',
    participant: { id, role, ...(name && { name }), ...(avatarUrl && { avatarUrl }) },
    serverTime: new Date(context.clock()).toISOString(),
    tokenExpiresAt: new Date(expiresAt).toISOString(),
    heartbeatMs: context.tuning.heartbeatMs,
    limits: context.policy.limits,
    version: protocolVersion,
    capabilities: capabilitiesOf(context.config),
    ...(connection && { connection }),
  };
}
