// Where this Mingdan lies, and the version that its package says.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

type Found = { root: string; version: string };

/** The built files lie one deeper than the sources. */
function packageAbove(folder: string): Found {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      name?: string;
      version?: string;
    };
    if (manifest.name === 'mingdan' && manifest.version !== undefined)
      return { root: folder, version: manifest.version };
  } catch {
    // Not in this folder.
  }
  const above = dirname(folder);
  if (above === folder) throw new Error('package.json of mingdan is missing beside the server');
  return packageAbove(above);
}

const found = packageAbove(dirname(fileURLToPath(import.meta.url)));

export const { version } = found;

/** The path of a file that comes with Mingdan, named from its root. */
export const projectFile = (path: string): string => join(found.root, path);
