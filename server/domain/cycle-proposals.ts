// The overdue cycle (超期未检查): a listed shop that nobody of the bureau has entered for as long as its area sets is proposed for
// suspension. Drafts are for people to decide, so that only the longest overdue of a district are open at a time.
import type { Adjustment, Cause } from '../../models/adjustment.ts';
import { type Area, AreaModel } from '../../models/area.ts';
import { type Merchant, MerchantModel, statuses } from '../../models/merchant.ts';
import { VisitModel } from '../../models/visit.ts';
import { clock } from '../lib/clock.ts';
import { logger } from '../lib/logger.ts';
import { inTransaction } from '../lib/transaction.ts';
import { presentStretch } from './ledger-fold.ts';
import { isOverdue, overdueBefore, unvisitedSince } from './proposal-rules.ts';
import { lapseProposal, openProposalAlone, openProposalsOf } from './proposals.ts';
import { settingsOf } from './settings.ts';

const rule = 'overdue-cycle';
/** What people can go through: where a whole district is overdue, more drafts would only hide the worst. Each that is decided makes room. */
const openPerDistrict = 20;
/** Shops of a district that one round looks at. */
const atOnce = 100;

type Shop = Pick<Merchant, '_id' | 'areas' | 'status' | 'since' | 'lastVisit' | 'outlook'>;
const needed = { areas: 1, status: 1, since: 1, lastVisit: 1, outlook: 1 } as const;
/** Subdistricts of one district in which as many days are set. */
type Group = { days: number; subdistricts: string[] };

/** Ends what has lost its cause, by a visit, a status or a setting, and opens what there is room for. Safe in any number of processes. */
export async function reviewCycles(): Promise<void> {
  const open = await withCause(await openProposalsOf(rule));
  await releaseDecided();
  for (const [district, groups] of await groupsByDistrict()) {
    const here = open.filter((draft) => draft.district === district);
    const room = openPerDistrict - here.length;
    if (room <= 0) continue;
    const shops = (await longestOverdue(groups)).filter(
      ({ _id }) => !here.some(({ merchant }) => merchant === _id),
    );
    await fill(shops, room);
  }
}

/** Those that have their cause, or were taken up by somebody; the others go. */
async function withCause(open: Adjustment[]): Promise<Adjustment[]> {
  const shops = await MerchantModel.find({ _id: { $in: open.map(({ merchant }) => merchant) } }, needed).lean<
    Shop[]
  >();
  const overdue = new Set(
    shops
      .filter((shop) => isOverdue(shop, settingsOf(shop.areas), clock.now()))
      .map(({ _id }): string | null => _id),
  );
  const gone = open.filter(({ state, merchant }) => state === 'draft' && !overdue.has(merchant));
  for (const draft of gone) await inTransaction(() => lapseProposal(draft));
  return open.filter((draft) => !gone.includes(draft));
}

/** What people decided was about that stay on the list. */
async function releaseDecided(): Promise<void> {
  const others = statuses.filter((status) => status !== 'listed');
  await MerchantModel.updateMany(
    { cycleDecided: true, status: { $in: others } },
    { $unset: { cycleDecided: 1 } },
  );
}

/** By district, where a number of days is set. */
async function groupsByDistrict(): Promise<Map<string, Group[]>> {
  const subdistricts = await AreaModel.find({ level: 'subdistrict' }, { path: 1 }).lean<
    Pick<Area, '_id' | 'path'>[]
  >();
  const found = new Map<string, Group[]>();
  for (const { _id, path } of subdistricts) {
    const days = settingsOf(path).unvisitedDays;
    if (days === 0) continue;
    const district = path[2] ?? '';
    const groups = found.get(district) ?? [];
    const group = groups.find((one) => one.days === days);
    if (group) group.subdistricts.push(_id);
    else groups.push({ days, subdistricts: [_id] });
    found.set(district, groups);
  }
  return found;
}

async function longestOverdue(groups: Group[]): Promise<Shop[]> {
  const shops: Shop[] = [];
  for (const { days, subdistricts } of groups) {
    const before = overdueBefore({ unvisitedDays: days }, clock.now());
    const among = { subdistrict: { $in: subdistricts }, status: 'listed' as const, cycleDecided: null };
    const [never, once] = [
      { ...among, 'lastVisit.at': null, since: { $lt: before } },
      { ...among, 'lastVisit.at': { $lt: before } },
    ];
    shops.push(
      ...(await MerchantModel.find(never, needed).sort({ since: 1 }).limit(atOnce).lean<Shop[]>()),
      ...(await MerchantModel.find(once, needed).sort({ 'lastVisit.at': 1 }).limit(atOnce).lean<Shop[]>()),
    );
  }
  return shops.toSorted((a, b) => unvisitedSince(a).getTime() - unvisitedSince(b).getTime()).slice(0, atOnce);
}

/** Until there is no more room. One shop that cannot be judged does not hold up the others. */
async function fill(shops: Shop[], room: number): Promise<void> {
  let opened = 0;
  for (const shop of shops) {
    if (opened >= room) return;
    try {
      if ((await propose(shop)) === null) await passOver(shop);
      else opened += 1;
    } catch (error) {
      logger.error({ err: error, merchant: shop._id }, 'an overdue cycle cannot be proposed');
    }
  }
}

async function propose(shop: Shop): Promise<string | null> {
  const { _id: merchant, areas, lastVisit } = shop;
  const cause = await causeOf(shop);
  if (!cause) return null;
  const days = settingsOf(areas).unvisitedDays;
  return openProposalAlone({
    rule,
    merchant,
    to: 'suspended',
    ground: 'other',
    reason: lastVisit ? `超过 ${days} 天没有检查` : `列入以来超过 ${days} 天没有检查`,
    basis: cause.kind === 'visit' ? cause : null,
    causes: [cause],
    endsAt: null,
  });
}

/** The last visit, or what listed the shop: what people decided about it holds until another one comes. */
async function causeOf({ _id, lastVisit, outlook }: Shop): Promise<Cause | null> {
  const visit =
    lastVisit &&
    (await VisitModel.findOne(
      { merchant: _id, kind: { $ne: 'self' }, result: { $ne: 'no-entry' } },
      { _id: 1 },
    )
      .sort({ receivedAt: -1 })
      .lean());
  if (visit) return { kind: 'visit', id: visit._id };
  const listing = presentStretch(outlook, clock.now());
  return listing && { kind: 'adjustment', id: listing.adjustment };
}

/** Decided already: it makes way for those after it, until somebody visits it. */
async function passOver({ _id, lastVisit }: Shop): Promise<void> {
  await MerchantModel.updateOne(
    { _id, 'lastVisit.at': lastVisit?.at ?? null },
    { $set: { cycleDecided: true } },
  );
}
