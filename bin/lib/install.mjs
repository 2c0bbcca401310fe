// Installs dependencies where they are missing or other than package-lock.json says; quick when there is nothing to do.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root, run } from './run.mjs';

/** `dev`: those for building and testing are needed, too. */
export async function ensureInstalled({ dev }) {
  if (isInstalled(dev)) return;
  console.log('Installing dependencies');
  // --include=dev: NODE_ENV=production would leave out the compiler.
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund'];
  // npm names itself to the scripts it runs; without it, whatever npm is on the PATH.
  const npm = process.env.npm_execpath;
  const code = npm?.endsWith('.js') ? await run(process.execPath, [npm, ...args]) : await run('npm', args);
  if (code !== 0) {
    console.error('Dependencies could not be installed (npm ci failed): see above.');
    process.exit(code);
  }
}

/** npm writes down what it has put into node_modules as its last act, in the form of the lock file. */
function isInstalled(dev) {
  const present = packagesIn('node_modules/.package-lock.json');
  if (!present) return false;
  return Object.entries(packagesIn('package-lock.json')).every(([place, wanted]) => {
    if (place === '' || wanted.link) return true;
    const found = present[place];
    // Optional ones are for other platforms; the compiler and the like are missing after `npm ci --omit=dev`.
    if (!found) return Boolean(wanted.optional || wanted.devOptional || (!dev && wanted.dev));
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(path.join(root, file), 'utf8')).packages;
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
