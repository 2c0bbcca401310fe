// npm run rotate-key: another signing key from now on. The server must be stopped; what the old key signed stays good.
import { filesOfKeys, readSigner } from '../assemble.ts';
import { readConfig } from '../lib/config.ts';
import { replaceKey } from '../lib/key-ring.ts';
import { createSigningKey } from '../lib/signing.ts';
import { claimDataDir } from '../mongo/data-dir.ts';
import { StartupRefusal } from '../mongo/refusal.ts';

const config = readConfig();
const signer = await readSigner(config);
if (config.signingKey !== undefined) {
  console.error(
    'The key is given as SIGNING_KEY, so it is replaced where that is set: stop every server, add this public key at the end of ' +
      `the JWK set in RETIRED_KEYS, and give another SIGNING_KEY.\n${JSON.stringify(signer.publicJwk)}`,
  );
  process.exit(1);
}
try {
  const claim = await claimDataDir(config.dataDir);
  const { privatePem, keyId } = createSigningKey();
  await replaceKey(filesOfKeys(config), signer, privatePem);
  await claim.release();
  console.log(
    `The ledger is signed by ${keyId} from now on. ${signer.keyId} signs nothing more and stays published.`,
  );
} catch (error) {
  if (!(error instanceof StartupRefusal)) throw error;
  console.error(`${error.message} Stop the server first: it would go on signing with the key that it holds.`);
  process.exit(1);
}
