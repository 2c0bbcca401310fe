// What the domain needs from outside besides clock and ids: the keys, the store of photos, and the files that are being read.
import type { KeyObject } from 'node:crypto';
import type { KeyRing } from '../lib/key-ring.ts';
import type { OwnNetworks } from '../lib/outbound.ts';
import type { Signer } from '../lib/signing.ts';
import type { ImportFiles } from '../storage/import-files.ts';
import type { PhotoStorage } from '../storage/photo-storage.ts';

export type Environment = {
  signer: Signer;
  /** Published keys; the signer's is the last. */
  keys: KeyRing;
  accessKey: KeyObject;
  /** Secrets of webhooks are made of it, and kept nowhere. */
  webhookKey: KeyObject;
  webhookNetworks: OwnNetworks;
  storage: PhotoStorage;
  importFiles: ImportFiles;
};

let provided: Environment | undefined;

export function provideEnvironment(environment: Environment): void {
  provided = environment;
}

export function environment(): Environment {
  if (!provided) throw new Error('the environment is not provided yet: call assemble first');
  return provided;
}
