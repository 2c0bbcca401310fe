// The hash under which a set is frozen: what happens, when, why, and to which revision of whom.
import { createHash } from 'node:crypto';
import type { Adjustment, AdjustmentLine } from '../../models/adjustment.ts';
import { canonicalJson } from '../lib/canonical.ts';

/** Line by line, so that a set of any size has one. The same as the content hash of the whole. */
export class SetHash {
  private readonly hash = createHash('sha256');
  private readonly end: string;
  private isFirst = true;

  constructor(adjustment: Adjustment) {
    const { _id, kind, to, ground, reason, notice, undoes } = adjustment;
    const around = canonicalJson({
      _id,
      kind,
      to,
      ground,
      reason,
      notice,
      undoes,
      effectiveFrom: adjustment.effectiveFrom?.toISOString() ?? null,
      effectiveTo: adjustment.effectiveTo?.toISOString() ?? null,
      lines: [],
    });
    // Within a text of JSON a quotation mark is escaped: this stands there once.
    const [start = '', end = ''] = around.split('"lines":[]');
    this.hash.update(`${start}"lines":[`);
    this.end = `]${end}`;
  }

  add({ merchant, rev, factsVersion, to, cancels, facts, contactHash, successor }: AdjustmentLine): void {
    const said: unknown[] = [merchant, rev, factsVersion, to, cancels, facts];
    // Each enters only where there is one: sets of before there was such a thing keep their hash.
    if (successor) said.push(contactHash ?? null, { kind: successor.kind, merchant: successor.merchant });
    else if (contactHash != null) said.push(contactHash);
    const line = canonicalJson(said);
    this.hash.update(this.isFirst ? line : `,${line}`);
    this.isFirst = false;
  }

  /** Once, after the last line. */
  digest(): string {
    return this.hash.update(this.end).digest('hex');
  }
}

export function setHashOf(adjustment: Adjustment, lines: AdjustmentLine[]): string {
  const hash = new SetHash(adjustment);
  for (const line of lines) hash.add(line);
  return hash.digest();
}
