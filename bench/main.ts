// npm run bench [-- NAME …] [--merchants N]: measures hot paths side by side with a peer on the same data, and prints ratios.
import { parseArgs } from 'node:util';
import { doorScan } from './door-scan.ts';
import { importList } from './import.ts';
import { asOfList, listPage } from './list-page.ts';
import { search } from './search.ts';
import { openStage } from './stage.ts';
import { visit } from './visit.ts';

const onStage = { 'door-scan': doorScan, 'list-page': listPage, 'as-of-list': asOfList, search, visit };
const names = [...Object.keys(onStage), 'import'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { merchants: { type: 'string', default: '6029' } },
});
const merchants = Number(values.merchants);
const unknown = positionals.filter((name) => !names.includes(name));
if (unknown.length > 0 || !Number.isInteger(merchants) || merchants < 100) {
  console.error(`npm run bench -- [${names.join(' | ')}] [--merchants N]`);
  process.exit(2);
}
const wanted = positionals.length > 0 ? positionals : names;

const played = Object.entries(onStage).filter(([name]) => wanted.includes(name));
if (played.length > 0) {
  const stage = await openStage(merchants);
  for (const [, bench] of played) await bench(stage);
  await stage.end();
}
if (wanted.includes('import')) await importList(merchants);
process.exit(0);
