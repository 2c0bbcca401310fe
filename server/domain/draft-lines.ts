// The lines of an adjustment, which may be very many: written while they are drafted, and read in batches.
import type { ClientSession } from 'mongoose';
import { type AdjustmentLine, AdjustmentLineModel, AdjustmentModel } from '../../models/adjustment.ts';
import { isInTransaction } from '../lib/transaction.ts';
import { inBatches } from './batches.ts';

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
    this.writtenFor = this.held[0]?.adjustment ?? null;
    await this.write();
    this.held = [];
  }

  /** Writes those that are held: belongs into the transaction that writes their adjustment. */
  async write(): Promise<void> {
    await AdjustmentLineModel.insertMany(this.held, { lean: true });
  }

  /** Removes what was written for nothing. */
  async dropUnused(): Promise<void> {
    if (this.writtenFor !== null && !isInTransaction()) await dropLinesWithout(this.writtenFor);
  }
}

/** Removes the lines of an adjustment that has not come to be: where the answer of a commit was lost, it may be there all the same. */
export async function dropLinesWithout(adjustment: string): Promise<void> {
  if (!(await AdjustmentModel.exists({ _id: adjustment })))
    await AdjustmentLineModel.deleteMany({ adjustment });
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
