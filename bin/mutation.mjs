// npm run test:mutation: changes the pure rules in a thousand small ways, and fails where fewer than 85 % of the changes to a
// file are found by its tests. What no test reaches counts as not found.
import './lib/check-node.mjs';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { root, runInstalled } from './lib/run.mjs';

const least = 85;
const found = new Set(['Killed', 'Timeout']);
const missed = new Set(['Survived', 'NoCoverage']);

await ensureInstalled({ dev: true });
const code = await runInstalled('@stryker-mutator/core/bin/stryker.js', ['run']);
if (code !== 0) process.exit(code);

const { files } = JSON.parse(readFileSync(path.join(root, '.cache/mutation.json'), 'utf8'));
let low = 0;
for (const [file, { mutants }] of Object.entries(files).sort()) {
  const count = (kinds) => mutants.filter(({ status }) => kinds.has(status)).length;
  const score = (100 * count(found)) / (count(found) + count(missed));
  if (score < least) low += 1;
  console.log(`${score.toFixed(1).padStart(6)} %  ${file}${score < least ? `  below ${least} %` : ''}`);
}
process.exit(low > 0 ? 1 : 0);
