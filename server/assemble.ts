// Puts the parts together before anything is served: keys, photo storage, collections with their indexes, heads file, settings, calendar.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { initialiseModels } from '../models/index.ts';
import type { Deps } from './app.ts';
import { provideEnvironment } from './domain/environment.ts';
import { followHeads, openHeads } from './domain/heads.ts';
import { listHeads } from './domain/ledger.ts';
import { followSettings } from './domain/settings.ts';
import { followNotices } from './domain/working-days.ts';
import { accessKeyFrom } from './lib/access-token.ts';
import { type Config, ConfigError } from './lib/config.ts';
import { ids } from './lib/ids.ts';
import { keptSecret } from './lib/kept-secret.ts';
import { keptRetired, type KeyRing, keyRing, readRetired } from './lib/key-ring.ts';
import { createSigningKey, loadSigner, type PublicJwk, type Signer } from './lib/signing.ts';
import { webhookKeyFrom } from './lib/webhook-signature.ts';
import { importFilesIn } from './storage/import-files.ts';
import { diskStorage } from './storage/disk.ts';

export const headsFileOf = (config: Pick<Config, 'dataDir'>): string => join(config.dataDir, 'heads.jsonl');

/** Mongoose must be connected. Throws ConfigError with one line for what an operator can put right. */
export async function assemble(config: Config): Promise<Deps> {
  await mkdir(config.dataDir, { recursive: true });
  const secret =
    config.jwtSecret ?? (await keptSecret(join(config.dataDir, 'jwt-secret'), () => ids.secret(48)));
  const storage = await diskStorage(config.uploadsDir);
  const importFiles = await importFilesIn(config.uploadsDir);
  const signer = await readSigner(config);
  const keys = keyRing(await readRetiredKeys(config), signer);
  provideEnvironment({
    signer,
    keys,
    accessKey: accessKeyFrom(secret),
    webhookKey: webhookKeyFrom(config.webhookSecret ?? secret),
    webhookNetworks: config.webhookNetworks,
    storage,
    importFiles,
  });
  await initialiseModels();
  await requireOwnLedger(keys);
  await openHeads(headsFileOf(config));
  await followHeads();
  await followSettings();
  await followNotices();
  return { publicUrl: config.publicUrl, trustProxy: config.trustProxy, checkAnswers: false };
}

/** Another key than the one the ledger ends with, and none that it followed, would make a chain that nobody can verify: a wrong DATA_DIR, or a lost key. */
async function requireOwnLedger(keys: KeyRing): Promise<void> {
  const foreign = (await listHeads()).find(({ keyId }) => keys.every(({ kid }) => kid !== keyId));
  if (foreign)
    throw new ConfigError(
      `The ledger of ${foreign.district} is signed with key ${foreign.keyId}, this server has ${keys.at(-1)?.kid ?? 'none'}: ` +
        'give it the same SIGNING_KEY, or the DATA_DIR that holds it.',
    );
}

export const filesOfKeys = ({ dataDir }: Pick<Config, 'dataDir'>) => ({
  key: join(dataDir, 'signing-key.pem'),
  retired: join(dataDir, 'retired-keys.json'),
});

/** Public halves of the keys that this one replaced: given, or kept beside it. */
async function readRetiredKeys(config: Config): Promise<PublicJwk[]> {
  const { retired } = filesOfKeys(config);
  try {
    return readRetired(config.retiredKeys ?? (await keptRetired(retired)));
  } catch {
    throw new ConfigError(`RETIRED_KEYS, or ${retired}, must be a JWK set of public Ed25519 keys.`);
  }
}

/** The key that signs blocks: given, or made once and kept beside the database. */
export async function readSigner(config: Pick<Config, 'signingKey' | 'dataDir'>): Promise<Signer> {
  const pem =
    config.signingKey ?? (await keptSecret(filesOfKeys(config).key, () => createSigningKey().privatePem));
  try {
    return loadSigner(pem);
  } catch {
    throw new ConfigError('SIGNING_KEY must be an Ed25519 private key in PEM (PKCS#8).');
  }
}
