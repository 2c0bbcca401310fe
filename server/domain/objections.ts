// Objections (异议): filed by the merchant, withdrawn by it, or decided by somebody who had no part in the decision.
import { type Adjustment, AdjustmentModel, type AdjustmentState } from '../../models/adjustment.ts';
import { type LedgerEntry, LedgerEntryModel } from '../../models/ledger.ts';
import { scopeKeysOf } from '../../models/merchant.ts';
import { textThatIs } from '../../models/model.ts';
import { type Objection, ObjectionModel } from '../../models/objection.ts';
import { clock } from '../lib/clock.ts';
import { ids } from '../lib/ids.ts';
import { Problem } from '../lib/problem.ts';
import { inTransaction, isDuplicateKey } from '../lib/transaction.ts';
import { type Filter, may, requireAbility } from './abilities.ts';
import { type Actor, byOf } from './actor.ts';
import { draftAdjustment } from './adjustment-drafts.ts';
import { recordAudit } from './audit.ts';
import { slotsFor } from './evidence.ts';
import { liveLayers } from './ledger-fold.ts';
import { listPage, orderBy, type Page, type PageRequest } from './lists.ts';
import { hadPart, isOverdue, isRemedyLost, layerObjectedTo, objectionClock } from './objection-rules.ts';
import { findMerchant } from './merchants.ts';
import { findersOf, restsOnFinding } from './rechecks.ts';
import { settingsOf } from './settings.ts';
import { visibleTo } from './visible-to.ts';
import { workingDays } from './working-days.ts';

/** Photos that an objection shows at most. */
export const objectionPhotos = 3;

export type ObjectionRequest = { merchant: string; adjustment: string; text: string; photos?: string[] };

/** Throws `not-objectionable`, `objection-open` where one is open already, and `merchant-not-found`, `photo-missing`. */
export async function fileObjection(actor: Actor, request: ObjectionRequest): Promise<Objection> {
  try {
    return await inTransaction(() => file(actor, request));
  } catch (error) {
    if (isDuplicateKey(error)) throw new Problem('objection-open');
    throw error;
  }
}

async function file(
  actor: Actor,
  { merchant: shop, adjustment: id, text, photos = [] }: ObjectionRequest,
): Promise<Objection> {
  const merchant = await findMerchant(actor, shop);
  requireAbility(actor, 'objection.file', merchant);
  const filedAt = clock.now();
  const entries = await entriesOf(shop);
  const layer = layerObjectedTo(entries, id, filedAt);
  const adjustment = await AdjustmentModel.findById(id).lean<Adjustment>();
  if (!layer?.to || !adjustment) throw new Problem('not-objectionable');
  const { effectiveFrom } = layer;
  const { ground, notice } = adjustment;
  const objection: Objection = {
    _id: ids.uuid(),
    ...scopeKeysOf(merchant),
    state: 'open',
    decision: { adjustment: id, to: layer.to, ground, notice, effectiveFrom },
    text,
    photos: await slotsFor(actor, photos),
    filedBy: byOf(actor),
    filedAt,
    ...objectionClock(workingDays(), { effectiveFrom, filedAt }, settingsOf(merchant.areas)),
    finders: await findersBehind(adjustment, { merchant: shop, since: effectiveFrom }),
    withdrawnAt: null,
    decidedBy: null,
    decidedAt: null,
    decisionReason: null,
    remedy: null,
    rev: 1,
  };
  await ObjectionModel.create(objection);
  const { late, due } = objection;
  await recordAudit(actor, 'objection.filed', objection._id, {
    of: objection,
    after: { merchant: shop, adjustment: id, late, due },
  });
  return objection;
}

const entriesOf = (merchant: string) =>
  LedgerEntryModel.find({ merchant }).sort({ n: 1 }).lean<LedgerEntry[]>();

/** Inspectors of the visit that a decision names or, as one on what was found must, rests on. */
async function findersBehind(
  { _id, basis, ground }: Adjustment,
  { merchant, since }: { merchant: string; since: Date },
): Promise<string[]> {
  if (![basis?.kind ?? '', ground].some(restsOnFinding)) return [];
  const finders = await findersOf([{ merchant, since, adjustment: _id }]);
  return finders.get(merchant) ?? [];
}

export async function withdrawObjection(actor: Actor, id: string): Promise<Objection> {
  return inTransaction(async () => {
    const objection = await findObjection(actor, id);
    requireAbility(actor, 'objection.withdraw', objection);
    const withdrawn = await moveOn(objection, { state: 'withdrawn', withdrawnAt: clock.now() });
    await recordAudit(actor, 'objection.withdrawn', id, { of: objection });
    return withdrawn;
  });
}

/**
 * Upheld, it drafts the undoing of the decision for this shop, which somebody else approves; dismissed, it says why. Throws
 * `took-part` for whoever had part in the decision.
 */
export async function decideObjection(
  actor: Actor,
  id: string,
  { uphold, reason }: { uphold: boolean; reason: string },
): Promise<Objection> {
  return inTransaction(async () => {
    const objection = await findObjection(actor, id);
    requireAbility(actor, 'objection.decide', objection);
    const adjustment = await decisionWithoutPart(actor, objection);
    const state = uphold ? 'upheld' : 'dismissed';
    const decision = { decidedBy: byOf(actor), decidedAt: clock.now(), decisionReason: reason };
    // Decided first: whoever decides at the same time finds it so, and drafts nothing.
    const decided = await moveOn(objection, { state, ...decision });
    const remedy = uphold ? await remedyFor(actor, decided, adjustment) : null;
    if (remedy !== null) await ObjectionModel.updateOne({ _id: id }, { $set: { remedy } });
    await recordAudit(actor, `objection.${state}`, id, { of: objection, after: { reason, remedy } });
    return { ...decided, remedy };
  });
}

/** Drafts the undoing of an upheld one anew, where the first draft came to nothing. By the rules of deciding. */
export async function redraftRemedy(actor: Actor, id: string): Promise<Objection> {
  return inTransaction(async () => {
    const objection = await findObjection(actor, id);
    requireAbility(actor, 'objection.decide', objection);
    const adjustment = await decisionWithoutPart(actor, objection);
    const before = await AdjustmentModel.findById(objection.remedy, { state: 1 }).lean<Adjustment>();
    if (!isRemedyLost(before?.state ?? null))
      throw new Problem('objection-state', { state: objection.state });
    const moved = await moveOn(objection, { remedy: null }, 'upheld');
    const remedy = await remedyFor(actor, moved, adjustment);
    await ObjectionModel.updateOne({ _id: id }, { $set: { remedy } });
    await recordAudit(actor, 'objection.redrafted', id, {
      of: objection,
      before: { remedy: objection.remedy },
      after: { remedy },
    });
    return { ...moved, remedy };
  });
}

/** The decision that is objected to. Throws `took-part` for whoever had part in it. */
async function decisionWithoutPart(actor: Actor, { _id, decision, finders }: Objection): Promise<Adjustment> {
  const adjustment = await AdjustmentModel.findById(decision.adjustment).lean<Adjustment>();
  if (!adjustment) throw new Error(`the adjustment of objection ${_id} is gone`);
  if (hadPart(actor.id, adjustment, finders)) throw new Problem('took-part');
  return adjustment;
}

async function moveOn(
  objection: Objection,
  changes: Partial<Objection>,
  from: Objection['state'] = 'open',
): Promise<Objection> {
  const moved = await ObjectionModel.findOneAndUpdate(
    { _id: objection._id, state: from, rev: objection.rev },
    { $set: changes, $inc: { rev: 1 } },
    { returnDocument: 'after' },
  ).lean<Objection>();
  if (!moved) throw new Problem('objection-state', { state: objection.state });
  return moved;
}

/** The draft that takes the decision's layers away from this shop; null where they are gone already, by time or by another act. */
async function remedyFor(
  actor: Actor,
  { _id, merchant, decisionReason }: Objection,
  adjustment: Adjustment,
): Promise<string | null> {
  const entries = await entriesOf(merchant);
  const isMeant = (entry: LedgerEntry) => entry.adjustment === adjustment._id;
  if (!liveLayers(entries, clock.now()).some(isMeant)) return null;
  const isAlone = adjustment.count === 1;
  const underWay = await AdjustmentModel.findOne(
    { undoes: textThatIs(adjustment._id), state: { $in: ['draft', 'submitted'] } },
    { _id: 1 },
  ).lean();
  if (underWay) return underWay._id;
  const draft = await draftAdjustment(actor, {
    kind: 'undo',
    to: null,
    ground: 'objection',
    reason: `异议成立：${decisionReason ?? ''}`,
    basis: { kind: 'objection', id: _id },
    // Of many shops it undoes one: the others' layers stay, and may be undone in their turn.
    undoes: isAlone ? adjustment._id : null,
    cancels: new Map([[merchant, entries.filter(isMeant).map(({ n }) => n)]]),
    under: 'objection.decide',
  });
  return draft._id;
}

export async function findObjection(actor: Actor, id: string): Promise<Objection> {
  const objection = await visibleTo(actor, ObjectionModel).findById(id);
  if (!objection) throw new Problem('not-found');
  return objection;
}

export type ObjectionQuery = PageRequest & {
  state?: string[];
  overdue?: boolean;
  merchant?: string;
  area?: string;
  taskForce?: string;
  sort?: string;
};

export const objectionSorts = ['filedAt', '-filedAt', 'due', '-due'];

export async function listObjections(actor: Actor, query: ObjectionQuery): Promise<Page<Objection>> {
  const { state, overdue, merchant, area, taskForce } = query;
  const late = { state: 'open', due: { $lte: clock.now() } };
  const filter: Filter = {
    ...(state && { state: { $in: state } }),
    ...(overdue !== undefined && { [overdue ? '$and' : '$nor']: [late] }),
    ...(merchant !== undefined && { merchant }),
    ...(area !== undefined && { areas: area }),
    ...(taskForce !== undefined && { taskForces: taskForce }),
  };
  const order = orderBy(query.sort ?? '-filedAt', { filedAt: 'filedAt', due: 'due' });
  const within = visibleTo(actor, ObjectionModel).within(filter);
  return listPage<Objection>(ObjectionModel, { filter: within, order }, query);
}

export type ObjectionView = {
  objection: Objection;
  overdue: boolean;
  /** How far the adjustment is that puts it right. */
  remedyState: AdjustmentState | null;
  /** Whether this caller had part in the decision. */
  tookPart: boolean;
  can: { withdraw: boolean; decide: boolean; redraft: boolean };
};

/** Objections as this caller sees them, and what he may do with each. */
export async function viewsOf(actor: Actor, objections: Objection[]): Promise<ObjectionView[]> {
  const named = objections.flatMap(({ decision, remedy }) => [decision.adjustment, remedy ?? []].flat());
  const adjustments = await AdjustmentModel.find(
    { _id: { $in: named } },
    { state: 1, draftedBy: 1, submittedBy: 1, decidedBy: 1, confirmedBy: 1 },
  ).lean<Adjustment[]>();
  const byId = new Map(adjustments.map((adjustment) => [adjustment._id, adjustment]));
  return objections.map((objection) => {
    const { state, decision, finders, remedy } = objection;
    const decidedOn = byId.get(decision.adjustment);
    const tookPart = decidedOn !== undefined && hadPart(actor.id, decidedOn, finders);
    const isOpen = state === 'open';
    const remedyState = (remedy !== null && byId.get(remedy)?.state) || null;
    const mayDecide = !tookPart && may(actor, 'objection.decide', objection);
    return {
      objection,
      overdue: isOverdue(objection, clock.now()),
      remedyState,
      tookPart,
      can: {
        withdraw: isOpen && may(actor, 'objection.withdraw', objection),
        decide: isOpen && mayDecide,
        redraft: state === 'upheld' && isRemedyLost(remedyState) && mayDecide,
      },
    };
  });
}
