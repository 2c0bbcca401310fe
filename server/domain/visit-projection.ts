// What follows from a visit without being needed for its receipt: the merchant's last visit, and the flags that need a look
// at other visits. Repeating it changes nothing. A self-check (自查) is no visit of the bureau's, and who did not get in
// (no-entry) has attempted one, not made it.
import { MerchantModel } from '../../models/merchant.ts';
import { type Visit, VisitModel } from '../../models/visit.ts';
import { distanceMeters } from '../lib/geo.ts';
import { markChanged } from './feed-marks.ts';
import { flagging } from './visit-flags.ts';
import { proposeAfterVisits } from './visit-proposals.ts';

const atOnce = 500;
/** Nobody crosses a city faster than this, in kilometres per hour; less than the slack is how far positions may be off. */
const fastest = 120;
const slackMeters = 2_000;
const nearbyMillis = 86_400_000;

type Pending = Pick<
  Visit,
  | '_id'
  | 'merchant'
  | 'kind'
  | 'receivedAt'
  | 'arrivedAt'
  | 'result'
  | 'version'
  | 'flags'
  | 'photos'
  | 'location'
  | 'submittedBy'
>;
const needed = {
  merchant: 1,
  kind: 1,
  receivedAt: 1,
  arrivedAt: 1,
  result: 1,
  version: 1,
  flags: 1,
  photos: 1,
  location: 1,
  submittedBy: 1,
} as const;

/** Takes pending visits in, oldest first. Safe in any number of processes: each step is a condition on what is newer. */
export async function projectVisits(): Promise<number> {
  let projected = 0;
  for (;;) {
    const pending = await VisitModel.find({ pending: true }, needed)
      .sort({ receivedAt: 1 })
      .limit(atOnce)
      .lean<Pending[]>();
    if (pending.length === 0) return projected;
    const lastVisits = pending.flatMap(lastVisitOf);
    if (lastVisits.length > 0) {
      await MerchantModel.bulkWrite(lastVisits, { ordered: true });
      // After the write and before its visits count as taken in: cut off between the two, both are done once more.
      await markChanged(lastVisits.map(({ updateOne }) => updateOne.filter._id));
    }
    await proposeAfterVisits(pending);
    const flagged = [];
    for (const visit of pending) flagged.push(projection(visit, await flagsFound(visit)));
    await VisitModel.bulkWrite(flagged, { ordered: false });
    projected += pending.length;
  }
}

function lastVisitOf({ merchant, kind, arrivedAt, receivedAt, result }: Pending) {
  if (merchant === null || kind === 'self' || result === 'no-entry') return [];
  // A device whose clock runs ahead must not hide the visits after it.
  const at = arrivedAt > receivedAt ? receivedAt : arrivedAt;
  // The same instant again is the same visit, amended.
  const filter = { _id: merchant, $or: [{ lastVisit: null }, { 'lastVisit.at': { $lte: at } }] };
  return [
    { updateOne: { filter, update: { $set: { lastVisit: { at, result } }, $unset: { cycleDecided: 1 } } } },
  ];
}

/** Done once the version is the one that was looked at: an amendment meanwhile is looked at in its turn. */
function projection(visit: Pending, found: Visit['flagFacts']) {
  const { _id, version } = visit;
  const { $set, $addToSet } = flagging(visit, found);
  const update = { $set: { ...$set, pending: false }, $addToSet };
  return { updateOne: { filter: { _id, version, pending: true }, update } };
}

async function flagsFound(visit: Pending): Promise<Visit['flagFacts']> {
  const [twin, speed] = [await earlierWithSamePhoto(visit), await speedTo(visit)];
  return {
    ...(twin !== null && { 'photo-seen-before': twin }),
    ...(speed !== null && { 'impossible-travel': `${Math.round(speed)} km/h` }),
  };
}

/** Another visit that showed one of these photos before. */
async function earlierWithSamePhoto({ _id, photos, receivedAt }: Pending): Promise<string | null> {
  if (photos.length === 0) return null;
  const twin = await VisitModel.findOne(
    {
      'photos.sha256': { $in: photos.map(({ sha256 }) => sha256) },
      _id: { $ne: _id },
      receivedAt: { $lte: receivedAt },
    },
    { _id: 1 },
  ).lean();
  return twin?._id ?? null;
}

/** Kilometres per hour from the visit before, or to the one after, where nobody could have gone that fast. */
async function speedTo({ _id, submittedBy, arrivedAt, location }: Pending): Promise<number | null> {
  if (!location) return null;
  const besides = { submittedBy, _id: { $ne: _id }, location: { $ne: null } };
  const at = arrivedAt.getTime();
  const [from, to] = [new Date(at - nearbyMillis), new Date(at + nearbyMillis)];
  const fields = { arrivedAt: 1, location: 1 } as const;
  const neighbours = [
    await VisitModel.findOne({ ...besides, arrivedAt: { $gte: from, $lte: arrivedAt } }, fields)
      .sort({ arrivedAt: -1 })
      .lean(),
    await VisitModel.findOne({ ...besides, arrivedAt: { $gt: arrivedAt, $lte: to } }, fields)
      .sort({ arrivedAt: 1 })
      .lean(),
  ];
  const speeds = neighbours.flatMap((other) => {
    if (!other?.location) return [];
    const metres = distanceMeters(location.coordinates, other.location.coordinates);
    const hours = Math.max(Math.abs(at - other.arrivedAt.getTime()), 60_000) / 3_600_000;
    const speed = metres / 1_000 / hours;
    return metres > slackMeters && speed > fastest ? [speed] : [];
  });
  return speeds.length === 0 ? null : Math.max(...speeds);
}
