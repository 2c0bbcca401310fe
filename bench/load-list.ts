// Loads a large list in minutes: the very records that an enacted import leaves, ledger included, but in no transaction, and indexed last.
import { type AdjustmentLine, AdjustmentLineModel, AdjustmentModel } from '../models/adjustment.ts';
import { initialiseModels } from '../models/index.ts';
import { LedgerEntryModel } from '../models/ledger.ts';
import { MerchantFactsModel } from '../models/merchant-facts.ts';
import { MerchantPeriodModel } from '../models/merchant-period.ts';
import { MerchantModel } from '../models/merchant.ts';
import { type Actor, byOf } from '../server/domain/actor.ts';
import { blankDraft } from '../server/domain/adjustment-drafts.ts';
import type { NewMerchant } from '../server/domain/draft-parts.ts';
import { entryLeaf } from '../server/domain/blocks.ts';
import { entriesOf, seal, tipOf, writeEntries } from '../server/domain/enactment.ts';
import { SetHash } from '../server/domain/set-hash.ts';
import { type Known, showOnList } from '../server/domain/show-on-list.ts';
import { clock } from '../server/lib/clock.ts';
import { ids } from '../server/lib/ids.ts';
import { GrowingTree } from '../server/lib/merkle.ts';
import { shopsOfList } from './large-list.ts';

const district = '230104';
const atOnce = 1_000;
const indexedLast = [
  MerchantModel,
  MerchantPeriodModel,
  MerchantFactsModel,
  LedgerEntryModel,
  AdjustmentLineModel,
];

/** So many listed shops in one district. Import rows and audit are left out. */
export async function loadList(count: number, actor: Actor, from = 0): Promise<void> {
  const asked = { kind: 'import', to: 'listed', ground: 'import', reason: '首次导入', notice: null } as const;
  const at = clock.now();
  const adjustment = {
    ...blankDraft(ids.uuid(), asked, byOf(actor)),
    district,
    areas: ['23', '2301', district],
    count,
    state: 'enacted' as const,
    enactedAt: at,
    height: 1,
  };
  const saltOf = () => Buffer.from(ids.bytes(16)).toString('hex');
  const moment = { height: 1, at, effectiveFrom: at, saltOf };
  const hash = new SetHash(adjustment);
  const tree = new GrowingTree();
  for (const model of indexedLast) await model.collection.dropIndexes();
  for (const shops of portionsOf(shopsOfList(count, from))) {
    const lines = shops.map((shop, index) => lineOf(adjustment._id, tree.size + index, shop));
    const known = new Map<string, Known>();
    const made = entriesOf(adjustment, lines, known, moment);
    for (const line of lines) hash.add(line);
    for (const entry of made.entries) tree.add(entryLeaf(entry));
    await AdjustmentLineModel.insertMany(lines, { lean: true });
    await writeEntries(made);
    await showOnList(lines, known, adjustment, at);
  }
  adjustment.setHash = hash.digest();
  await AdjustmentModel.create(adjustment);
  await seal(adjustment, await tipOf(district), { at, count, root: tree.root });
  await initialiseModels();
}

function lineOf(adjustment: string, index: number, { facts, contact }: NewMerchant): AdjustmentLine {
  const isNew = { merchant: ids.uuid(), rev: 0, factsVersion: 0, from: null, cancels: [] };
  return { _id: `${adjustment}/${index}`, adjustment, index, ...isNew, to: 'listed', facts, contact };
}

function* portionsOf<T>(all: Iterable<T>): Generator<T[]> {
  let portion: T[] = [];
  for (const one of all) {
    portion.push(one);
    if (portion.length < atOnce) continue;
    yield portion;
    portion = [];
  }
  if (portion.length > 0) yield portion;
}
