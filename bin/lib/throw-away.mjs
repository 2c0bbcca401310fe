// Folders that end with the program that made them.
import { mkdtempSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const memory = '/dev/shm';
/** What tests fill in a run, several times over. */
const plentyBytes = 8 * 2 ** 30;

/** In memory where there is plenty of it: on a slow disk a database spends most of its time waiting for what nobody keeps. */
export function throwAwayFolder(prefix) {
  return mkdtempSync(path.join(hasPlenty() ? memory : tmpdir(), prefix));
}

function hasPlenty() {
  try {
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize >= plentyBytes;
  } catch {
    return false;
  }
}
