// Secrets that are made once and kept in a file only its owner can read.
import { open, readFile } from 'node:fs/promises';

/** Reads the secret, or makes it. Of two processes that start at once, both use the one that was first. */
export async function keptSecret(path: string, make: () => string): Promise<string> {
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      const secret = make();
      await file.writeFile(secret);
      await file.sync();
      return secret;
    } finally {
      await file.close();
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    return (await readFile(path, 'utf8')).trim();
  }
}
