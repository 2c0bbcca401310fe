// Blocks of the ledger: what is hashed, chained and signed. Anyone can compute the same from public data.
import type { LedgerBlock, LedgerEntry } from '../../models/ledger.ts';
import { canonicalJson, contentHash } from '../lib/canonical.ts';
import type { Signer } from '../lib/signing.ts';

/** The `prev` of a chain's first block. */
export const genesis = '0'.repeat(64);

/** The leaf of an entry: RFC 8785 JSON of what it says. Facts enter by their salted hash only. */
export function entryLeaf(entry: LedgerEntry): string {
  const { successor } = entry;
  return canonicalJson({
    merchant: entry.merchant,
    n: entry.n,
    to: entry.to,
    effectiveFrom: entry.effectiveFrom.toISOString(),
    effectiveTo: entry.effectiveTo?.toISOString() ?? null,
    cancels: entry.cancels,
    facts: entry.facts,
    factsHash: entry.factsHash,
    adjustment: entry.adjustment,
    ...(successor && { successor: { kind: successor.kind, merchant: successor.merchant } }),
  });
}

/** The signed part of a header. */
export function headerOf(block: Omit<LedgerBlock, '_id' | 'hash' | 'keyId' | 'signature'>) {
  const { district, height, adjustment, setHash, count, root, at, prev } = block;
  return { district, height, adjustment, setHash, count, root, at: at.toISOString(), prev };
}

type Content = Pick<LedgerBlock, 'district' | 'adjustment' | 'setHash' | 'at' | 'count' | 'root'>;

/** Seals what one enactment amounts to into the block that follows `tip`; `root` is that of the leaves of its entries. */
export function sealBlock(
  signer: Signer,
  tip: { height: number; hash: string },
  { district, adjustment, setHash, at, count, root }: Content,
): LedgerBlock {
  const block = {
    district,
    height: tip.height + 1,
    adjustment,
    setHash,
    count,
    root,
    at,
    prev: tip.hash,
  };
  const hash = contentHash(headerOf(block));
  return {
    _id: `${district}/${block.height}`,
    ...block,
    hash,
    keyId: signer.keyId,
    signature: signer.sign(hash),
  };
}
