// npm start: installs what is missing, builds what is stale, and becomes the server.
// (package.json says `exec`, or the shell between npm and us would swallow SIGTERM.)
import './lib/check-node.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { root } from './lib/run.mjs';

process.chdir(root);
await ensureInstalled({ dev: false });
await ensureBuilt();
if (process.env.npm_lifecycle_event === 'start') endWithNpm();
// In this very process: a signal then reaches the server itself, and nothing can come between them.
await import('../dist/server/main.js');

/** When npm was killed outright nobody is left at the terminal to end the server. */
function endWithNpm() {
  const npm = process.ppid;
  setInterval(() => {
    if (process.ppid !== npm) process.kill(process.pid, 'SIGTERM');
  }, 500).unref();
}
