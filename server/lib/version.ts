// The version of this Mingdan, as its package says.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function readVersion(folder: string): string {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      name?: string;
      version?: string;
    };
    if (manifest.name === 'mingdan' && manifest.version !== undefined) return manifest.version;
  } catch {
    // Not in this folder: the built files lie one deeper than the sources.
  }
  const above = dirname(folder);
  return above === folder ? '0.0.0' : readVersion(above);
}

export const version = readVersion(dirname(fileURLToPath(import.meta.url)));
