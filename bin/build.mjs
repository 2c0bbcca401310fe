// npm run build: builds what is stale into dist/.
import './lib/check-node.mjs';
import { ensureBuilt } from './lib/build.mjs';

await ensureBuilt();
