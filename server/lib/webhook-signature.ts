// How a delivery is signed: by Standard Webhooks, for which receivers find libraries in every language.
import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

const secretPrefix = 'whsec_';

/** Apart from other uses of the same secret. */
export function webhookKeyFrom(secret: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', 'mingdan webhooks', 32)));
}

/** The secret that one webhook's receiver is given, in its given generation. */
export function webhookSecret(key: KeyObject, webhook: string, generation: number): string {
  const bytes = createHmac('sha256', key).update(`${webhook}/${generation}`).digest();
  return `${secretPrefix}${bytes.toString('base64')}`;
}

/** `secrets`: more than one while a receiver changes from one to the next. `at` in whole seconds. */
export function signedHeaders(
  secrets: string[],
  { id, at, body }: { id: string; at: Date; body: string },
): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(secretPrefix.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}
