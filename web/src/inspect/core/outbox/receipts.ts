// Which receipts the phone need not keep any more. Pure.
import type { OutboxItem } from '../contract.ts';

const mostReceipts = 200;
const keptMillis = 7 * 86_400_000;

type Kept = Pick<OutboxItem, 'id' | 'state' | 'completedAt' | 'sealedAt'>;

/** Ids of complete visits that are a week old, or that two hundred newer ones follow. Today's list of visits needs those of today. */
export function outdated(items: readonly Kept[], now: number): string[] {
  const at = ({ completedAt, sealedAt }: Kept) => Date.parse(completedAt ?? sealedAt);
  return items
    .filter(({ state }) => state === 'complete')
    .toSorted((one, other) => at(other) - at(one))
    .filter((item, index) => index >= mostReceipts || now - at(item) > keptMillis)
    .map(({ id }) => id);
}
