// Ed25519 signatures (RFC 8032) for blocks, door codes and certificates, with keys named by their thumbprint.
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { canonicalJson } from './canonical.ts';

/** A public key as it stands in the key set (RFC 8037); `x` is base64url, `kid` the RFC 7638 thumbprint. */
export type PublicJwk = { kty: 'OKP'; crv: 'Ed25519'; x: string; kid: string; alg: 'EdDSA'; use: 'sig' };

export type Signer = {
  keyId: string;
  publicJwk: PublicJwk;
  /** The signature of the text's UTF-8, base64url. */
  sign(text: string): string;
};

/** A new private key in PKCS #8 PEM, with the public half and its name. The PEM is a secret: keep it at 0600. */
export function createSigningKey(): { privatePem: string; keyId: string; publicJwk: PublicJwk } {
  const { privateKey } = generateKeyPairSync('ed25519');
  const publicJwk = publicJwkOf(privateKey);
  const privatePem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { privatePem, keyId: publicJwk.kid, publicJwk };
}

/** The signer of a private key in PEM. Throws TypeError, in one line that shows nothing of the key, when it is no Ed25519 key. */
export function loadSigner(privatePem: string): Signer {
  const key = readPrivateKey(privatePem);
  if (key?.asymmetricKeyType !== 'ed25519')
    throw new TypeError('the signing key is not an Ed25519 private key in PEM');
  const publicJwk = publicJwkOf(key);
  return {
    keyId: publicJwk.kid,
    publicJwk,
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64url'),
  };
}

/** Whether the signature (base64url, in its only spelling) is that key's over the text. False, never an error, for malformed input. */
export function verifySignature(
  publicJwk: { kty?: string; crv?: string; x?: string },
  text: string,
  signature: string,
): boolean {
  const { kty, crv, x } = publicJwk;
  const bytes = Buffer.from(signature, 'base64url');
  if (kty !== 'OKP' || crv !== 'Ed25519' || bytes.toString('base64url') !== signature) return false;
  try {
    return verify(null, Buffer.from(text), createPublicKey({ key: { kty, crv, x }, format: 'jwk' }), bytes);
  } catch {
    return false; // x is missing or is no point of the curve
  }
}

function readPrivateKey(privatePem: string): KeyObject | undefined {
  try {
    return createPrivateKey(privatePem);
  } catch {
    return undefined; // OpenSSL's own message helps nobody here
  }
}

function publicJwkOf(privateKey: KeyObject): PublicJwk {
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  if (x === undefined) throw new TypeError('an Ed25519 key without its public half');
  const required = { kty: 'OKP', crv: 'Ed25519', x } as const;
  // RFC 7638: the required members, sorted, without blanks; which is their canonical JSON.
  const kid = createHash('sha256').update(canonicalJson(required)).digest('base64url');
  return { ...required, kid, alg: 'EdDSA', use: 'sig' };
}
