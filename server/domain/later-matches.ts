// What a rule means by now beside the shops that it was frozen with ("12 more match now"): offered as a draft, never slipped in.
import { type Adjustment, AdjustmentLineModel, AdjustmentModel } from '../../models/adjustment.ts';
import { textThatIs } from '../../models/model.ts';
import { clock } from '../lib/clock.ts';
import { Problem } from '../lib/problem.ts';
import type { Actor } from './actor.ts';
import { loadFor } from './adjustment-access.ts';
import { type DraftRequest, linesOfDraft, type PreparedDraft, prepareDraft } from './adjustment-drafts.ts';
import type { Selector } from './selector.ts';

export type LaterMatches = {
  merchants: string[];
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
  if (!(await isInForce(adjustment))) return { merchants: [], open };
  const named = await AdjustmentLineModel.find(
    {
      adjustment: { $in: [id, ...followers.filter(({ state }) => isStanding(state)).map(({ _id }) => _id)] },
    },
    { merchant: 1 },
  ).lean();
  const known = new Set(named.map(({ merchant }) => merchant));
  const matching = await matchingNow(actor, adjustment);
  return { merchants: matching.filter((merchant) => !known.has(merchant)), open };
}

/** Prepares a draft of the same for just those. Throws `adjustment-empty` where there are none, `duplicate` while such a draft is open. */
export async function followRule(actor: Actor, id: string): Promise<PreparedDraft> {
  const adjustment = await loadFor(actor, id, 'adjustment.draft');
  const { merchants } = await laterMatches(actor, id);
  if (merchants.length === 0) throw new Problem('adjustment-empty');
  const { rule: _rule, ...request } = requestOf(adjustment);
  return prepareDraft(actor, { ...request, kind: 'list', merchants, follows: id });
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

async function matchingNow(actor: Actor, adjustment: Adjustment): Promise<string[]> {
  try {
    const lines = await linesOfDraft(actor, requestOf(adjustment));
    return lines.map(({ merchant }) => merchant);
  } catch (error) {
    if (error instanceof Problem && error.code === 'adjustment-empty') return [];
    throw error;
  }
}

/** The same once more, from now on where its instant is past. */
function requestOf({
  to,
  ground,
  reason,
  notice,
  effectiveFrom,
  effectiveTo,
  rule,
}: Adjustment): DraftRequest {
  const isAhead = effectiveFrom !== null && effectiveFrom > clock.now();
  return {
    kind: 'rule',
    to,
    ground,
    reason,
    notice,
    effectiveFrom: isAhead ? effectiveFrom : null,
    effectiveTo,
    rule: rule as unknown as Selector,
  };
}
