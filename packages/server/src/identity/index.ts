export { accessTokenLifetimeMs, type VerifiedToken } from './access-tokens.ts';
export { agentSessionLifetimeMs, signInLifetimeMs } from './agents.ts';
export { createIdentity, signInUrlOf, type IdentityParts, type ServerIdentity } from './create-identity.ts';
export { loadServerKeys, type ServerKeys } from './server-secret.ts';
