// What follows from a visit without being needed for its receipt: the merchant's last visit. Repeating it changes nothing.
// A self-check (自查) is no visit of the bureau's, and who did not get in (no-entry) has attempted one, not made it.
import { MerchantModel } from '../../models/merchant.ts';
import { type Visit, VisitModel } from '../../models/visit.ts';

const atOnce = 500;

/** Counts pending visits in, oldest first. Safe in any number of processes: each step is a condition on what is newer. */
export async function projectVisits(): Promise<number> {
  let projected = 0;
  for (;;) {
    const pending = await VisitModel.find(
      { pending: true },
      { merchant: 1, kind: 1, receivedAt: 1, arrivedAt: 1, result: 1 },
    )
      .sort({ receivedAt: 1 })
      .limit(atOnce)
      .lean<Pick<Visit, '_id' | 'merchant' | 'kind' | 'receivedAt' | 'arrivedAt' | 'result'>[]>();
    if (pending.length === 0) return projected;
    const lastVisits = pending.flatMap(({ merchant, kind, arrivedAt, receivedAt, result }) => {
      if (merchant === null || kind === 'self' || result === 'no-entry') return [];
      // A device whose clock runs ahead must not hide the visits after it.
      const at = arrivedAt > receivedAt ? receivedAt : arrivedAt;
      const filter = { _id: merchant, $or: [{ lastVisit: null }, { 'lastVisit.at': { $lt: at } }] };
      return [{ updateOne: { filter, update: { $set: { lastVisit: { at, result } } } } }];
    });
    if (lastVisits.length > 0) await MerchantModel.bulkWrite(lastVisits, { ordered: true });
    await VisitModel.updateMany(
      { _id: { $in: pending.map(({ _id }) => _id) } },
      { $set: { pending: false } },
    );
    projected += pending.length;
  }
}
