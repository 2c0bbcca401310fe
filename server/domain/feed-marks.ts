// Whatever writes a merchant says so for those who follow the list. Inserting waits for nobody, and nobody waits for it.
import { FeedMarkModel } from '../../models/feed.ts';
import { ids } from '../lib/ids.ts';

/** One batch of the sequencer takes so many at least. */
export const merchantsInMark = 1_000;

/**
 * Belongs into the transaction that writes the merchants; work that is done once more after a crash may mark them behind its
 * write, before it counts as done. Marked twice is numbered twice, and harms nobody.
 */
export async function markChanged(merchants: readonly string[]): Promise<void> {
  const changed = [...new Set(merchants)];
  const parts = Array.from({ length: Math.ceil(changed.length / merchantsInMark) }, (_, part) =>
    changed.slice(part * merchantsInMark, (part + 1) * merchantsInMark),
  );
  // Not by the source that seeds replace: marks are gone in a second, and ids that follow must not depend on them.
  const marks = parts.map((part) => ({ _id: ids.secret(15), merchants: part }));
  if (marks.length > 0) await FeedMarkModel.insertMany(marks, { lean: true });
}
