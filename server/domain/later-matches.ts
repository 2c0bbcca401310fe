// What a rule means by now beside the shops that it was frozen with ("12 more match now"): offered as a draft, never slipped in.
import { type Adjustment, AdjustmentLineModel, AdjustmentModel } from '../../models/adjustment.ts';
import { textThatIs } from '../../models/model.ts';
import { MerchantModel } from '../../models/merchant.ts';
import { clock } from '../lib/clock.ts';
import { Problem } from '../lib/problem.ts';
import { joined, scopeFilter } from './abilities.ts';
import type { Actor } from './actor.ts';
import { loadFor } from './adjustment-access.ts';
import { linesOfDraft, type PreparedDraft, prepareDraft } from './adjustment-drafts.ts';
import { type DraftRequest, ruleLimit } from './draft-parts.ts';
import type { Selector } from './selector.ts';
import { filterOf } from './zone-grounds.ts';

const idsAtOnce = 5_000;

export type LaterMatches = {
  merchants: string[];
  /** More match than one adjustment holds: they are not looked at. */
  tooMany: boolean;
  /** The draft that takes up earlier ones, and is not decided yet. */
  open: string | null;
};

/** Shops that match an enacted rule now, and that neither it nor a draft that followed it has named. Within the actor's reach. */
export async function laterMatches(actor: Actor, id: string): Promise<LaterMatches> {
  const adjustment = await loadFor(actor, id, 'adjustment.draft');
  const followers = await AdjustmentModel.find({ follows: textThatIs(id) }, { state: 1 }).lean<
    Pick<Adjustment, '_id' | 'state'>[]
  >();
  const open = followers.find(({ state }) => state === 'draft' || state === 'submitted')?._id ?? null;
  if (!(await isInForce(adjustment))) return { merchants: [], open, tooMany: false };
  const named = await AdjustmentLineModel.find(
    {
      adjustment: { $in: [id, ...followers.filter(({ state }) => isStanding(state)).map(({ _id }) => _id)] },
    },
    { merchant: 1 },
  ).lean();
  const known = new Set(named.map(({ merchant }) => merchant));
  const found = await foundBeside(actor, adjustment, known);
  if (found.length > ruleLimit) return { merchants: [], open, tooMany: true };
  return { merchants: await thatMayFollow(actor, adjustment, found), open, tooMany: false };
}

/**
 * Prepares a draft of the same for just those. Throws `adjustment-empty` where there are none, `adjustment-too-large` where they
 * are too many, `duplicate` while such a draft is open.
 */
export async function followRule(actor: Actor, id: string): Promise<PreparedDraft> {
  const adjustment = await loadFor(actor, id, 'adjustment.draft');
  const { merchants, tooMany } = await laterMatches(actor, id);
  if (tooMany) throw new Problem('adjustment-too-large', { limit: ruleLimit });
  if (merchants.length === 0) throw new Problem('adjustment-empty');
  return prepareDraft(actor, requestFor(adjustment, merchants));
}

/** An enacted rule whose time is not over and that nobody has undone. */
async function isInForce({ _id, state, rule, effectiveTo }: Adjustment): Promise<boolean> {
  if (state !== 'enacted' || rule === null || (effectiveTo !== null && effectiveTo <= clock.now()))
    return false;
  return (
    (await AdjustmentModel.exists({ undoes: textThatIs(_id), state: { $in: ['enacting', 'enacted'] } })) ===
    null
  );
}

const isStanding = (state: Adjustment['state']): boolean =>
  ['draft', 'submitted', 'approved', 'enacting', 'enacted'].includes(state);

/** Shops that its rule finds by now beside those that are known, in order; one more than may be drafted where they are more. */
async function foundBeside(
  actor: Actor,
  { rule, district }: Adjustment,
  known: Set<string>,
): Promise<string[]> {
  const meant = joined([await filterOf(rule as unknown as Selector), { district }]);
  const filter = joined([meant, scopeFilter(actor, 'adjustment.draft', '_id')]);
  const found: string[] = [];
  for await (const { _id } of MerchantModel.find(filter, { _id: 1 })
    .lean()
    .cursor({ batchSize: idsAtOnce })) {
    if (!known.has(_id)) found.push(_id);
    if (found.length > ruleLimit) break;
  }
  return found;
}

async function thatMayFollow(actor: Actor, adjustment: Adjustment, merchants: string[]): Promise<string[]> {
  if (merchants.length === 0) return [];
  const lines = await linesOfDraft(actor, requestFor(adjustment, merchants));
  return lines.map(({ merchant }) => merchant);
}

/** The same once more, from now on where its instant is past. */
function requestFor(
  { _id, to, ground, reason, notice, effectiveFrom, effectiveTo }: Adjustment,
  merchants: string[],
): DraftRequest {
  const isAhead = effectiveFrom !== null && effectiveFrom > clock.now();
  return {
    kind: 'list',
    to,
    ground,
    reason,
    notice,
    effectiveFrom: isAhead ? effectiveFrom : null,
    effectiveTo,
    merchants,
    follows: _id,
  };
}
