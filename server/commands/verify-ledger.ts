// npm run verify-ledger [-- --against HEADS]: exit 1 and the first bad place when history was touched.
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { headsFileOf } from '../assemble.ts';
import { environment } from '../domain/environment.ts';
import { readHeads } from '../domain/heads.ts';
import { readConfig } from '../lib/config.ts';
import { verifyLedger } from '../domain/verify-ledger.ts';
import { withDatabase } from './with-database.ts';

const { values } = parseArgs({ options: { against: { type: 'string' } } });
// Read before the database is opened: opening it writes missing headers, and would make up a file that somebody deleted.
const file = values.against ?? headsFileOf(readConfig());
const text = await readFile(file, 'utf8').catch(() => null);
if (text === null) {
  console.error(
    `There is no heads file at ${file}: without it a cut or rolled-back chain cannot be told. Name a copy with --against.`,
  );
  process.exit(1);
}
const heads = readHeads(text);

await withDatabase(async () => {
  const verdict = await verifyLedger({ keys: environment().keys, heads });
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
