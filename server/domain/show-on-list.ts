// The list shows what the entries say: present status and facts, planned periods, and the list as of any instant.
import { type Adjustment, type AdjustmentLine, AdjustmentModel } from '../../models/adjustment.ts';
import type { LedgerEntry } from '../../models/ledger.ts';
import { MerchantContactModel } from '../../models/merchant-contact.ts';
import type { MerchantFacts } from '../../models/merchant-facts.ts';
import { type MerchantPeriod, MerchantPeriodModel, openEnd } from '../../models/merchant-period.ts';
import { type Facts, type Merchant, MerchantModel, type Period } from '../../models/merchant.ts';
import { makeDoorCode } from '../lib/door-code.ts';
import { ids } from '../lib/ids.ts';
import { type Derived, deriveFrom, listedFacts } from './facts.ts';
import { markChanged } from './feed-marks.ts';
import { presentStretch, type Stretch, stretchesOf } from './ledger-fold.ts';

/** A merchant with its whole history, the new entry included. `merchant` is null for one that is new. */
export type Known = {
  merchant: Omit<Merchant, 'grams'> | null;
  entries: LedgerEntry[];
  versions: Map<number, MerchantFacts>;
};

/** Thousands of records that this file itself makes: their shape is checked by the compiler, not once more by mongoose. */
const unchecked = { lean: true } as const;

/** Must run in the transaction that writes the entries. */
export async function showOnList(
  lines: AdjustmentLine[],
  known: Map<string, Known>,
  adjustment: Adjustment,
  at: Date,
): Promise<void> {
  const history = new Map([...known].map(([merchant, record]) => [merchant, stretchesFrom(record, at)]));
  const place = await placesOf(known, history);
  const described = await describeAdjustments(known, adjustment);
  const newMerchants: Merchant[] = [];
  const updates: { updateOne: { filter: { _id: string }; update: Record<string, unknown> } }[] = [];
  const periods: MerchantPeriod[] = [];
  for (const { _id, merchant } of lines) {
    const record = known.get(merchant);
    if (!record) throw new Error(`line ${_id} lost its merchant`);
    const doorCode = record.merchant?.doorCode ?? makeDoorCode(ids.bytes(8));
    const stretches = history.get(merchant) ?? [];
    const outlook = outlookOf(record, stretches, described, at);
    const present = presentStretch(outlook, at);
    if (!present) throw new Error('a merchant would be left without a status');
    const shown = { ...statusFields(record, present), outlook };
    const placed = (version: number) => place(record, version, doorCode);
    if (record.merchant) {
      const isMoved = present.facts !== shownVersion(record.merchant);
      const changes = isMoved ? { ...placed(present.facts), ...shown } : shown;
      updates.push({ updateOne: { filter: { _id: merchant }, update: { $set: changes, $inc: { rev: 1 } } } });
    } else {
      const unvisited = { rev: 1, lastVisit: null, openOrders: 0, risk: null };
      newMerchants.push({ _id: merchant, doorCode, ...placed(present.facts), ...shown, ...unvisited });
    }
    for (const stretch of stretches)
      periods.push(periodOf(merchant, stretch, doorCode, placed(stretch.facts)));
  }
  if (newMerchants.length > 0) await MerchantModel.insertMany(newMerchants, unchecked);
  if (updates.length > 0) {
    await MerchantModel.bulkWrite(updates, { skipValidation: true });
    const moved = updates.map(({ updateOne }) => updateOne.filter._id);
    await MerchantPeriodModel.deleteMany({ merchant: { $in: moved }, to: { $gte: at } });
  }
  await writeContacts(lines);
  await MerchantPeriodModel.insertMany(periods, unchecked);
  await markChanged(lines.map(({ merchant }) => merchant));
}

/** A shop that is new has none yet: inserting is several times faster. */
async function writeContacts(lines: AdjustmentLine[]): Promise<void> {
  const told = lines.flatMap(({ merchant: _id, from, contact }) => (contact ? [{ _id, from, contact }] : []));
  const first = told.filter(({ from }) => from === null).map(({ _id, contact }) => ({ _id, ...contact }));
  const changed = told
    .filter(({ from }) => from !== null)
    .map(({ _id, contact }) => ({ updateOne: { filter: { _id }, update: { $set: contact }, upsert: true } }));
  if (first.length > 0) await MerchantContactModel.insertMany(first, unchecked);
  if (changed.length > 0) await MerchantContactModel.bulkWrite(changed, { skipValidation: true });
}

/** The version of facts that the list shows: that of the period which ends when the merchant is due to move. */
export function shownVersion({ outlook, nextAt }: Pick<Merchant, 'outlook' | 'nextAt'>): number | null {
  return outlook.find(({ to }) => to?.getTime() === nextAt?.getTime())?.facts ?? null;
}

type Placed = Facts & Derived;

/** Up to and with the stretch that ends this very moment: the one that the new layer cuts short is written anew. */
function stretchesFrom({ entries }: Known, at: Date): Stretch[] {
  return stretchesOf(entries).filter(({ to }) => to === null || to >= at);
}

/**
 * Gives facts with what follows from them. What the list shows already is taken from there: reading names is slow. Versions that
 * no longer show are left alone: what they refer to may be gone.
 */
async function placesOf(
  all: Map<string, Known>,
  history: Map<string, Stretch[]>,
): Promise<(known: Known, version: number, doorCode: string) => Placed> {
  const isShown = ({ merchant }: Known, version: number) => merchant && shownVersion(merchant) === version;
  const unseen = [...all].flatMap(([merchant, known]) => {
    const wanted = new Set(history.get(merchant)?.map(({ facts }) => facts));
    return [...known.versions.values()].filter(
      ({ version }) => wanted.has(version) && !isShown(known, version),
    );
  });
  const derive = await deriveFrom(unseen.map(({ facts }) => facts));
  const made = new Map<MerchantFacts, Placed>();
  return (known, version, doorCode) => {
    // Its grams are not needed: the list has them, and periods have none.
    if (known.merchant && isShown(known, version)) return { ...listedFacts(known.merchant), grams: [] };
    const found = known.versions.get(version);
    if (!found) throw new Error(`facts version ${version} is missing`);
    const placed = made.get(found) ?? { ...found.facts, ...derive(found.facts, doorCode) };
    made.set(found, placed);
    return placed;
  };
}

type Described = Map<string, Pick<Adjustment, '_id' | 'ground' | 'reason' | 'notice'>>;

async function describeAdjustments(known: Map<string, Known>, adjustment: Adjustment): Promise<Described> {
  const named = new Set(
    [...known.values()].flatMap(({ entries }) => entries.map((entry) => entry.adjustment)),
  );
  named.delete(adjustment._id);
  const earlier = await AdjustmentModel.find(
    { _id: { $in: [...named] } },
    { ground: 1, reason: 1, notice: 1 },
  ).lean<Adjustment[]>();
  return new Map([adjustment, ...earlier].map((one) => [one._id, one]));
}

/** The present and all planned periods, each with the words of its adjustment. */
function outlookOf({ entries }: Known, stretches: Stretch[], described: Described, at: Date): Period[] {
  return stretches
    .filter(({ to }) => to === null || to > at)
    .map((stretch) => {
      const adjustment = described.get(entries[stretch.entry - 1]?.adjustment ?? '');
      if (!adjustment) throw new Error(`the adjustment of entry ${stretch.entry} is missing`);
      const { _id, ground, reason, notice } = adjustment;
      return { ...stretch, adjustment: _id, ground, reason, notice };
    });
}

function statusFields({ merchant, entries }: Known, { status, since, to }: Period) {
  const factsVersion = entries.at(-1)?.facts ?? merchant?.factsVersion ?? 0;
  return { status, since, nextAt: to, entries: entries.length, factsVersion };
}

function periodOf(
  merchant: string,
  { from, to, status, since }: Stretch,
  doorCode: string,
  placed: Placed,
): MerchantPeriod {
  const _id = `${merchant}/${from.getTime()}`;
  // Search as of an instant reads the text; only the present list has its grams indexed.
  const { grams: _grams, ...listed } = placed;
  return { _id, merchant, from, to: to ?? openEnd, status, since, doorCode, ...listed };
}
