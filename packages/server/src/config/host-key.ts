import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CryptoKey, JWK } from 'jose';
import { ConfigError } from './config-error.ts';

/** The key of the site's own backend and the one algorithm its tokens may use. */
export interface HostKey {
  algorithm: string;
  key: CryptoKey | Uint8Array;
}

const symmetric = ['HS256', 'HS384', 'HS512'];
const asymmetric = [
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
];
const leastSecretBytes = 32;

/**
 * Imports the key that known visitors' tokens are checked with, and pins its algorithm.
 *
 * @param value the path of a public key file (PEM or JWK), such a key itself, or a secret of at least 32 bytes
 * @throws ConfigError when key and algorithm do not belong together, or when a private key was given
 * @example await loadHostKey('./visitors.pem', 'ES256')
 */
export async function loadHostKey(value: string, algorithm: string | undefined): Promise<HostKey> {
  if (!algorithm)
    throw new ConfigError(
      'SAHAY_JWT_KEY is set but SAHAY_JWT_ALG is not. Name the one algorithm your tokens use, for example SAHAY_JWT_ALG=ES256.',
    );
  if (!symmetric.includes(algorithm) && !asymmetric.includes(algorithm))
    throw new ConfigError(
      `SAHAY_JWT_ALG is "${algorithm}", which is not accepted. Use one of ${[...asymmetric, ...symmetric].join(', ')}.`,
    );
  const material = await readMaterial(value.trim());
  const isSecretAlgorithm = symmetric.includes(algorithm);
  if (looksLikePem(material))
    return { algorithm, key: await importPem(material, algorithm, isSecretAlgorithm) };
  if (material.startsWith('{'))
    return { algorithm, key: await importJson(material, algorithm, isSecretAlgorithm) };
  return { algorithm, key: secretOf(material, algorithm, isSecretAlgorithm) };
}

const looksLikePem = (text: string): boolean => text.startsWith('-----BEGIN ');

/** A path that was mistyped must not silently become a secret that an attacker could guess. */
async function readMaterial(value: string): Promise<string> {
  if (looksLikePem(value) || value.startsWith('{')) return value;
  if (await exists(value)) {
    try {
      return (await readFile(value, 'utf8')).trim();
    } catch (error) {
      throw new ConfigError(
        `SAHAY_JWT_KEY names "${value}", which cannot be read (${reasonOf(error)}). Name a readable key file.`,
        { cause: error },
      );
    }
  }
  const isPath =
    /^(\.{1,2}[/\\]|~|[A-Za-z]:\\)/.test(value) ||
    /\.(pem|jwk|json|key|pub|crt|cer)$/i.test(value) ||
    (value.startsWith('/') && (await exists(dirname(value))));
  if (isPath)
    throw new ConfigError(
      `SAHAY_JWT_KEY names the file "${value}", which does not exist. Give the path of a public key in PEM or JWK, or a secret of at least ${leastSecretBytes} bytes.`,
    );
  return value;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const needsSecret = (algorithm: string): ConfigError =>
  new ConfigError(
    `SAHAY_JWT_ALG is ${algorithm}, which needs a shared secret, but SAHAY_JWT_KEY is a public key. Anybody who knows a public key could then forge tokens. Set SAHAY_JWT_ALG to the key's own algorithm, for example ES256.`,
  );

const isPrivate = (): ConfigError =>
  new ConfigError(
    'SAHAY_JWT_KEY is a private key. This server only checks tokens: keep the private key in your own backend, and give its public key here.',
  );

async function importPem(pem: string, algorithm: string, isSecretAlgorithm: boolean): Promise<CryptoKey> {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem)) throw isPrivate();
  if (isSecretAlgorithm) throw needsSecret(algorithm);
  const { importSPKI, importX509 } = await import('jose');
  try {
    const load = pem.startsWith('-----BEGIN CERTIFICATE') ? importX509 : importSPKI;
    return await load(pem, algorithm);
  } catch (error) {
    throw doesNotFit(algorithm, error);
  }
}

async function importJson(
  json: string,
  algorithm: string,
  isSecretAlgorithm: boolean,
): Promise<CryptoKey | Uint8Array> {
  let jwk: JWK;
  try {
    jwk = JSON.parse(json) as JWK;
  } catch (error) {
    throw new ConfigError(
      `SAHAY_JWT_KEY begins like a JWK but is not valid JSON (${reasonOf(error)}). Correct it, or give a PEM file.`,
      { cause: error },
    );
  }
  if (jwk.kty === 'oct') {
    if (!isSecretAlgorithm) throw needsPublicKey(algorithm);
    return secretOf(Buffer.from(jwk.k ?? '', 'base64url'), algorithm, true);
  }
  if (jwk.d !== undefined) throw isPrivate();
  if (isSecretAlgorithm) throw needsSecret(algorithm);
  if (jwk.alg !== undefined && jwk.alg !== algorithm)
    throw doesNotFit(algorithm, new Error(`the key says it is for ${jwk.alg}`));
  const { importJWK } = await import('jose');
  try {
    return await importJWK(jwk, algorithm);
  } catch (error) {
    throw doesNotFit(algorithm, error);
  }
}

const needsPublicKey = (algorithm: string): ConfigError =>
  new ConfigError(
    `SAHAY_JWT_ALG is ${algorithm}, which needs a public key, but SAHAY_JWT_KEY is a secret. Give a public key file in PEM or JWK, or set SAHAY_JWT_ALG=HS256.`,
  );

const doesNotFit = (algorithm: string, error: unknown): ConfigError =>
  new ConfigError(
    `SAHAY_JWT_KEY does not fit SAHAY_JWT_ALG=${algorithm} (${reasonOf(error)}). Give the public key (PEM or JWK) that belongs to this algorithm.`,
    { cause: error },
  );

function secretOf(secret: string | Uint8Array, algorithm: string, isSecretAlgorithm: boolean): Uint8Array {
  if (!isSecretAlgorithm) throw needsPublicKey(algorithm);
  const bytes = typeof secret === 'string' ? new TextEncoder().encode(secret) : new Uint8Array(secret);
  if (bytes.length < leastSecretBytes)
    throw new ConfigError(
      `The secret in SAHAY_JWT_KEY has ${bytes.length} bytes; at least ${leastSecretBytes} are needed. Make one with: openssl rand -base64 48`,
    );
  return bytes;
}
