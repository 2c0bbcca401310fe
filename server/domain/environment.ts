// What the domain needs from outside besides clock and ids: the keys, and the store of photos.
import type { KeyObject } from 'node:crypto';
import type { KeyRing } from '../lib/key-ring.ts';
import type { Signer } from '../lib/signing.ts';
import type { PhotoStorage } from '../storage/photo-storage.ts';

export type Environment = { signer: Signer; keys: KeyRing; accessKey: KeyObject; storage: PhotoStorage };

let provided: Environment | undefined;

export function provideEnvironment(environment: Environment): void {
  provided = environment;
}

export function environment(): Environment {
  if (!provided) throw new Error('the environment is not provided yet: call assemble first');
  return provided;
}
