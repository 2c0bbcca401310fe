// npm run verify-ledger, rotate-key, user, reference, import: an operator's command, installed and built first where that is needed.
import './lib/check-node.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { root } from './lib/run.mjs';

const [name] = process.argv.splice(2, 1);
process.chdir(root);
await ensureInstalled({ dev: false });
await ensureBuilt();
await import(`../dist/server/commands/${name}.js`);
