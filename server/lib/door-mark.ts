// The mark in a door's QR code: a signature by which anybody can tell, without asking us, that the bureau issued this code.
import { type PublicJwk, type Signer, verifySignature } from './signing.ts';

/** How much of a key's name stands in a mark: enough to tell our own keys apart. */
const keyNameLength = 8;

/** What is signed. It names the code alone: what is true of the shop today, the page says and never the paper. */
const signedText = (doorCode: string): string => `mingdan door code 1 ${doorCode}`;

/** `<beginning of the key's name>.<Ed25519 signature>`, both base64url: 95 characters. */
export function doorMark(signer: Signer, doorCode: string): string {
  return `${signer.keyId.slice(0, keyNameLength)}.${signer.sign(signedText(doorCode))}`;
}

/** Whether one of these keys made the mark for this very code. False, never an error, for whatever else was scanned. */
export function isGenuineMark(keys: readonly PublicJwk[], doorCode: string, mark: string): boolean {
  const [keyName, signature = ''] = mark.split('.', 2);
  return keys.some(
    (key) =>
      key.kid.slice(0, keyNameLength) === keyName && verifySignature(key, signedText(doorCode), signature),
  );
}
