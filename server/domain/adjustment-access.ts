// Who may do what with an adjustment: by the areas that its lines share, by having drafted or submitted it, and with other eyes.
import {
  type Adjustment,
  type AdjustmentLine,
  AdjustmentLineModel,
  AdjustmentModel,
} from '../../models/adjustment.ts';
import { MerchantModel } from '../../models/merchant.ts';
import { clock } from '../lib/clock.ts';
import { Problem } from '../lib/problem.ts';
import { type Ability, joined, may, rolesWith, type Scoped, scopeFilter } from './abilities.ts';
import type { Actor } from './actor.ts';
import { linesFrom } from './draft-lines.ts';
import { deriveFrom } from './facts.ts';
import { visibleTo } from './visible-to.ts';

function scopedAdjustment(adjustment: Pick<Adjustment, '_id' | 'areas' | 'taskForces'>): Scoped {
  const { _id, areas, taskForces } = adjustment;
  return { _id, areas, taskForces, merchant: null, site: null };
}

function isOwn(actor: Actor, { draftedBy, submittedBy }: Adjustment): boolean {
  return actor.id === draftedBy.id || actor.id === submittedBy?.id;
}

export async function loadFor(actor: Actor, id: string, ability: Ability): Promise<Adjustment> {
  const adjustment = await visibleTo(actor, AdjustmentModel).findById(id);
  if (!adjustment) throw new Problem('not-found');
  if (may(actor, ability, scopedAdjustment(adjustment))) return adjustment;
  if (!isOwn(actor, adjustment) || !(await reachesAll(actor, ability, id))) throw new Problem('forbidden');
  return adjustment;
}

/** Lines in two subdistricts share no area smaller than the district: whoever holds both subdistricts still reaches them all. */
async function reachesAll(actor: Actor, ability: Ability, id: string): Promise<boolean> {
  for await (const lines of linesFrom(id)) {
    const known = lines.filter(({ from }) => from !== null);
    const among = { _id: { $in: known.map(({ merchant }) => merchant) } };
    const within = joined([among, scopeFilter(actor, ability, '_id')]);
    if ((await MerchantModel.countDocuments(within)) < known.length) return false;
    if (!(await reachesNew(actor, ability, lines))) return false;
  }
  return true;
}

/** Shops that are new, by where their facts put them. */
async function reachesNew(actor: Actor, ability: Ability, lines: AdjustmentLine[]): Promise<boolean> {
  const newcomers = lines.flatMap(({ from, merchant, facts }) =>
    from === null && facts ? [{ merchant, facts }] : [],
  );
  const derive = await deriveFrom(newcomers.map(({ facts }) => facts));
  return newcomers.every(({ merchant, facts }) => {
    const { areas, taskForces } = derive(facts, '');
    return may(actor, ability, { _id: merchant, areas, taskForces, merchant, site: facts.site });
  });
}

/** The merchants that an adjustment names. */
export async function merchantsOf(id: string): Promise<string[]> {
  const lines = await AdjustmentLineModel.find({ adjustment: id }, { merchant: 1 }).lean();
  return lines.map(({ merchant }) => merchant);
}

/** The second pair of eyes: neither drafter nor submitter. */
export function requireOtherEyes(actor: Actor, adjustment: Adjustment): void {
  if (isOwn(actor, adjustment)) throw new Problem('four-eyes');
}

/** What this caller may do with an adjustment now. */
export function adjustmentAbilities(actor: Actor, adjustment: Adjustment) {
  const own = isOwn(actor, adjustment);
  const holds = (ability: Ability) =>
    may(actor, ability, scopedAdjustment(adjustment)) || (own && rolesWith(ability).includes(actor.role));
  const { state } = adjustment;
  const unconfirmed =
    state === 'enacted' &&
    adjustment.confirmedAt === null &&
    (adjustment.confirmBy ?? new Date(0)) > clock.now();
  return {
    submit: state === 'draft' && adjustment.count > 0 && holds('adjustment.submit'),
    withdraw: (state === 'draft' || state === 'submitted') && holds('adjustment.withdraw'),
    approve: state === 'submitted' && !own && holds('adjustment.approve'),
    reject: state === 'submitted' && !own && holds('adjustment.reject'),
    confirm: unconfirmed && !own && holds('adjustment.confirm'),
    undo: state === 'enacted' && holds('adjustment.undo'),
  };
}
