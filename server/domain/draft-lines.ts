// The lines of an adjustment, which may be very many: written while they are drafted, and read in batches.
import type { ClientSession } from 'mongoose';
import { type AdjustmentLine, AdjustmentLineModel } from '../../models/adjustment.ts';
import { isInTransaction } from '../lib/transaction.ts';
import { inBatches } from './batches.ts';
import { announceLines, dropLinesWithout, takeLines } from './lines-ahead.ts';

/** Lines that are held until their adjustment is there; what is beyond that is written before it. */
const heldLines = 5_000;
const usualBatch = 500;

/** Lines of one draft while it is made. */
export class DraftLines {
  private held: AdjustmentLine[] = [];
  private writtenFor: string | null = null;

  async add(lines: AdjustmentLine[]): Promise<void> {
    this.held.push(...lines);
    if (this.held.length <= heldLines) return;
    await this.writeAhead();
    this.held = [];
  }

  private async writeAhead(): Promise<void> {
    const adjustment = this.held[0]?.adjustment ?? null;
    // Within a transaction they come with their adjustment, or not at all.
    if (adjustment !== null && this.writtenFor === null && !isInTransaction()) {
      await announceLines(adjustment);
      this.writtenFor = adjustment;
    }
    await AdjustmentLineModel.insertMany(this.held, { lean: true });
  }

  /** Writes those that are held: belongs into the transaction that writes their adjustment. Throws as `takeLines` does. */
  async write(): Promise<void> {
    if (this.writtenFor !== null) await takeLines(this.writtenFor);
    await AdjustmentLineModel.insertMany(this.held, { lean: true });
  }

  /** Removes what was written for nothing. */
  async dropUnused(): Promise<void> {
    if (this.writtenFor !== null) await dropLinesWithout(this.writtenFor);
  }
}

type Part = { index?: number; atOnce?: number; snapshot?: ClientSession | null };

/** The lines of an adjustment in order, from `index` on. */
export function linesFrom(
  adjustment: string,
  { index = 0, atOnce = usualBatch, snapshot = null }: Part = {},
): AsyncGenerator<AdjustmentLine[]> {
  const lines = AdjustmentLineModel.find({ adjustment, index: { $gte: index } })
    .sort({ index: 1 })
    .session(snapshot)
    .lean<AdjustmentLine[]>();
  return inBatches<AdjustmentLine>(lines.cursor({ batchSize: atOnce }) as never, atOnce);
}
