// Files of imports that wait to be read, by the id of their import. They are gone once they were read.
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

export type ImportFiles = {
  /** Takes a staged file over; durable bytes under a new name. */
  keep(id: string, staged: { path: string }): Promise<void>;
  pathOf(id: string): string;
  remove(id: string): Promise<void>;
  /** The ids of files that came before the instant. */
  olderThan(instant: Date): Promise<string[]>;
};

export async function importFilesIn(root: string): Promise<ImportFiles> {
  const folder = join(root, '.imports');
  // They name people and their telephones.
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pathOf = (id: string) => join(folder, id);
  return {
    pathOf,
    keep: (id, { path }) => rename(path, pathOf(id)),
    remove: (id) => rm(pathOf(id), { force: true }),
    async olderThan(instant) {
      const older: string[] = [];
      for (const id of await readdir(folder)) {
        const info = await stat(pathOf(id)).catch(() => null);
        if (info && info.mtime < instant) older.push(id);
      }
      return older;
    },
  };
}
