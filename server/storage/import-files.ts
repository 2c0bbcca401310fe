// Files of imports that wait to be read, by the id of their import. They are gone once they were read.
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

export type ImportFiles = {
  /** Takes a staged file over; durable bytes under a new name. */
  keep(id: string, staged: { path: string }): Promise<void>;
  pathOf(id: string): string;
  remove(id: string): Promise<void>;
};

export async function importFilesIn(root: string): Promise<ImportFiles> {
  const folder = join(root, '.imports');
  await mkdir(folder, { recursive: true });
  const pathOf = (id: string) => join(folder, id);
  return {
    pathOf,
    keep: (id, { path }) => rename(path, pathOf(id)),
    remove: (id) => rm(pathOf(id), { force: true }),
  };
}
