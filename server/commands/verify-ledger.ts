// npm run verify-ledger [-- --against HEADS]: exit 1 and the first bad place when history was touched.
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { headsFileOf } from '../assemble.ts';
import { environment } from '../domain/environment.ts';
import { readHeads } from '../domain/heads.ts';
import { verifyLedger } from '../domain/verify-ledger.ts';
import { withDatabase } from './with-database.ts';

await withDatabase(async (config) => {
  const { values } = parseArgs({ options: { against: { type: 'string' } } });
  const heads = readHeads(await readFile(values.against ?? headsFileOf(config), 'utf8'));
  const { signer } = environment();
  const verdict = await verifyLedger({ publicKeys: new Map([[signer.keyId, signer.publicJwk]]), heads });
  if (!verdict.ok) {
    console.error(`Touched: ${verdict.place}: ${verdict.what}`);
    return 1;
  }
  const { blocks, entries, merchants } = verdict;
  console.log(
    `Untouched: ${blocks} blocks, ${entries} entries, ${merchants} merchants, ${heads.length} anchored headers`,
  );
  return 0;
});
