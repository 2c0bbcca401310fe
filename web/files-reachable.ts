// Which files of a build one page can ask for: those it names, and those they name.
import path from 'node:path';

const speaks = /\.(html|js|css)$/;

export function filesReachable(start: string, all: string[], read: (name: string) => string): string[] {
  const found = new Set([start]);
  // A set gives what is added while it is walked.
  for (const name of found) {
    if (!speaks.test(name)) continue;
    const text = read(name);
    // Names carry a hash of the contents, so that a name in a text is no accident.
    for (const other of all) if (text.includes(path.basename(other))) found.add(other);
  }
  return [...found].sort();
}
