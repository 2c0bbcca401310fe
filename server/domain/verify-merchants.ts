// Checking that the list shows what the ledger's entries say: present, planned and past, status and facts, merchant by merchant.
import { isDeepStrictEqual } from 'node:util';
import { type LedgerEntry, LedgerEntryModel } from '../../models/ledger.ts';
import { type MerchantFacts, MerchantFactsModel } from '../../models/merchant-facts.ts';
import { type MerchantPeriod, MerchantPeriodModel, openEnd } from '../../models/merchant-period.ts';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { clock } from '../lib/clock.ts';
import { factsHash, sameFacts } from './facts.ts';
import { type Stretch, stretchesOf } from './ledger-fold.ts';
import { OrderedReader, type Snapshot } from './ordered-reader.ts';
import { ensure, Touched } from './touched.ts';

/** A layer may have been begun by a server whose clock is this much ahead. */
const clocksDifferMillis = 60_000;
/** What is no part of the ledger need not be read. */
const derived = { areas: 0, taskForces: 0, district: 0, siteKind: 0, text: 0 } as const;
const places = { _id: 0, district: 0, index: 0 } as const;

type Told = { entries: LedgerEntry[]; versions: MerchantFacts[]; periods: MerchantPeriod[] };

/** Reads merchants, entries, facts and periods side by side, each once. Answers how many merchants there are. */
export async function verifyMerchants(snapshot: Snapshot): Promise<number> {
  const merchants = new OrderedReader<Merchant>(
    MerchantModel,
    snapshot,
    { _id: 1 },
    { ...derived, grams: 0 },
  );
  const entries = new OrderedReader<LedgerEntry>(LedgerEntryModel, snapshot, { merchant: 1, n: 1 }, places);
  const facts = new OrderedReader<MerchantFacts>(MerchantFactsModel, snapshot, { merchant: 1, version: 1 });
  const periods = new OrderedReader<MerchantPeriod>(
    MerchantPeriodModel,
    snapshot,
    { merchant: 1, from: 1 },
    derived,
  );
  let count = 0;
  for (let merchant = await merchants.next(); merchant; merchant = await merchants.next()) {
    checkMerchant(merchant, {
      entries: await ownOf(merchant._id, entries),
      versions: await ownOf(merchant._id, facts),
      periods: await ownOf(merchant._id, periods),
    });
    count += 1;
  }
  for (const reader of [entries, facts, periods]) {
    const left = await reader.peek();
    if (left) throw stray(left.merchant);
  }
  return count;
}

/** What belongs to a merchant; what lies before it in order belongs to none. */
async function ownOf<T extends { merchant: string }>(
  merchant: string,
  reader: OrderedReader<T>,
): Promise<T[]> {
  const found = await reader.peek();
  if (found && found.merchant < merchant) throw stray(found.merchant);
  return reader.takeWhile((one) => one.merchant === merchant);
}

const stray = (merchant: string) =>
  new Touched(`merchant ${merchant}`, 'has a history but is not on the list');

function checkMerchant(merchant: Merchant, { entries, versions, periods }: Told): void {
  const place = `merchant ${merchant._id}`;
  entries.forEach(({ n }, index) => {
    ensure(n === index + 1, `${place}, entry ${index + 1}`, 'is missing from its own count');
  });
  const counted = `has ${entries.length} entries, the list says ${merchant.entries}`;
  ensure(entries.length === merchant.entries, place, counted);
  checkFacts(place, entries, versions);
  const stretches = stretchesOf(entries);
  checkPeriods(place, stretches, periods, versions);
  checkOutlook(place, stretches, merchant, entries);
  checkShown(place, stretches, merchant, versions);
}

function checkFacts(place: string, entries: LedgerEntry[], versions: MerchantFacts[]): void {
  for (const { n, facts, factsHash: hash } of entries) {
    if (facts === null) continue;
    const version = versions[facts - 1];
    if (version?.version !== facts || version.hash !== hash)
      throw new Touched(`${place}, entry ${n}`, 'its facts are missing');
    const isUnchanged = factsHash(version.salt, version.facts) === hash;
    ensure(isUnchanged, `${place}, facts ${facts}`, 'facts were changed');
  }
}

/** The list as of any instant. */
function checkPeriods(
  place: string,
  stretches: Stretch[],
  periods: MerchantPeriod[],
  versions: MerchantFacts[],
): void {
  const what = 'the list as of an instant differs from its entries';
  ensure(stretches.length === periods.length, place, what);
  stretches.forEach((stretch, index) => {
    const period = periods[index];
    const facts = versions[stretch.facts - 1]?.facts;
    const isSame =
      period !== undefined &&
      facts !== undefined &&
      isAt(period.from, stretch.from) &&
      isAt(period.to, stretch.to ?? openEnd) &&
      isAt(period.since, stretch.since) &&
      period.status === stretch.status &&
      sameFacts(period, facts);
    ensure(isSame, place, what);
  });
}

/** What single reads and the public status fold: the last stretches, each with the adjustment of its entry. */
function checkOutlook(
  place: string,
  stretches: Stretch[],
  { outlook }: Merchant,
  entries: LedgerEntry[],
): void {
  const what = 'its present and planned periods differ from its entries';
  ensure(outlook.length > 0 && outlook.length <= stretches.length, place, what);
  outlook.forEach((period, index) => {
    const stretch = stretches[stretches.length - outlook.length + index];
    const isSame =
      stretch !== undefined &&
      isAt(period.from, stretch.from) &&
      isAt(period.to, stretch.to) &&
      isAt(period.since, stretch.since) &&
      period.status === stretch.status &&
      period.entry === stretch.entry &&
      period.facts === stretch.facts &&
      isDeepStrictEqual(period.successor, stretch.successor) &&
      period.adjustment === entries[stretch.entry - 1]?.adjustment;
    ensure(isSame, place, what);
  });
}

/** The stored status and facts are those of the stretch that ends when they are due to move. */
function checkShown(
  place: string,
  stretches: Stretch[],
  merchant: Merchant,
  versions: MerchantFacts[],
): void {
  const shown = stretches.find(({ to }) => isAt(to, merchant.nextAt));
  const told = shown?.status ?? 'nothing';
  ensure(shown?.status === merchant.status, place, `is shown as ${merchant.status}, its entries say ${told}`);
  if (!shown) return;
  // A new shop shows before it begins: there is nothing else that it could show.
  const begun = shown === stretches[0] || shown.from.getTime() <= clock.now().getTime() + clocksDifferMillis;
  ensure(
    begun && isAt(shown.since, merchant.since),
    place,
    `is shown as ${merchant.status} since another time`,
  );
  const facts = versions[shown.facts - 1]?.facts;
  const isSame = facts !== undefined && sameFacts(merchant, facts);
  ensure(isSame, place, 'is shown with other facts than its entries say');
}

function isAt(one: Date | null, other: Date | null): boolean {
  return one?.getTime() === other?.getTime();
}
