// Proposals (建议): what a rule drafts for people to decide, one open at most per shop (or zone) and rule, gone by itself with its cause.
import { type Adjustment, AdjustmentModel, type Cause, type ProposalRule } from '../../models/adjustment.ts';
import { type Merchant, MerchantModel, type Status } from '../../models/merchant.ts';
import { textThatIs } from '../../models/model.ts';
import { clock } from '../lib/clock.ts';
import { Problem } from '../lib/problem.ts';
import { inTransaction } from '../lib/transaction.ts';
import { systemActor } from './actor.ts';
import { draftAdjustment } from './adjustment-drafts.ts';
import { recordAudit } from './audit.ts';
import type { DraftRequest } from './draft-parts.ts';
import { presentStretch } from './ledger-fold.ts';
import { mayFollow } from './whitelist-rules.ts';

export type Proposed = Pick<Adjustment, 'ground' | 'reason' | 'basis'> & {
  rule: ProposalRule;
  merchant: string;
  to: Status;
  /** What it rests on: shown to who decides, and what a dismissal is held against. */
  causes: Cause[];
  /** When time alone takes its cause away; null where it does not. */
  endsAt: Date | null;
};

/** Of a shop, or of a zone. A unique index holds it to one open adjustment. */
const keyOf = (rule: ProposalRule, subject: string): string => `${rule}/${subject}`;

/**
 * The id of the proposal that is open for this shop and rule, drafted now where there is none. Null where the shop cannot go
 * there, or where people have decided about all of its causes already. Belongs into the transaction of what gives the cause.
 */
export async function openProposal(proposed: Proposed): Promise<string | null> {
  const { rule, merchant, to, ground, reason, basis, causes, endsAt } = proposed;
  const { open, isDecided } = await earlierOnes(keyOf(rule, merchant), causes);
  if (open) {
    const changes = { $addToSet: { causes: { $each: causes } }, $set: { proposalEndsAt: endsAt } };
    await AdjustmentModel.updateOne({ _id: open._id }, changes);
    return open._id;
  }
  if (isDecided) return null;
  const shop = await MerchantModel.findById(merchant, { outlook: 1 }).lean<Pick<Merchant, 'outlook'>>();
  if (!mayFollow(presentStretch(shop?.outlook ?? [], clock.now())?.status ?? null, to)) return null;
  const request = { kind: 'list', to, ground, reason, basis } as const;
  const draft = await draftAdjustment(systemActor, {
    ...request,
    merchants: [merchant],
    proposal: keyOf(rule, merchant),
    causes,
    proposalEndsAt: endsAt,
  });
  return draft._id;
}

/** Drafts the suspension of all that a zone's rule means, unless it is open or people have decided about the zone. Throws as drafting does. */
export async function openZoneProposal(
  zone: string,
  parts: Pick<DraftRequest, 'reason' | 'rule' | 'effectiveTo'>,
): Promise<void> {
  const proposal = keyOf('zone', zone);
  const cause = { kind: 'zone' as const, id: zone };
  const { open, isDecided } = await earlierOnes(proposal, [cause]);
  if (open || isDecided) return;
  const request = { kind: 'rule', to: 'suspended', ground: 'zone', basis: cause } as const;
  await draftAdjustment(systemActor, { ...request, ...parts, proposal, causes: [cause] });
}

type Earlier = Pick<Adjustment, '_id' | 'state' | 'causes' | 'decisionNote'>;

/** The one that is open, and whether people have decided about all of these causes. */
async function earlierOnes(
  proposal: string,
  causes: Cause[],
): Promise<{ open: Earlier | undefined; isDecided: boolean }> {
  const earlier = await AdjustmentModel.find(
    { proposal: textThatIs(proposal) },
    { state: 1, causes: 1, decisionNote: 1 },
  ).lean<Earlier[]>();
  const decided = new Set(earlier.filter(wasDecided).flatMap((one) => one.causes?.map(({ id }) => id) ?? []));
  return { open: earlier.find(isOpen), isDecided: causes.every(({ id }) => decided.has(id)) };
}

/** The same in a transaction of its own: where another process drafts it at the same moment, theirs stands. */
export async function openProposalAlone(proposed: Proposed): Promise<string | null> {
  try {
    return await inTransaction(() => openProposal(proposed));
  } catch (error) {
    if (error instanceof Problem && error.code === 'duplicate') return openProposalAlone(proposed);
    throw error;
  }
}

/** From the draft on until it is enacted or has ended: a large one takes effect some time after it was approved. */
const openStates = ['draft', 'submitted', 'approved', 'enacting'] as const satisfies Adjustment['state'][];
const isOpen = ({ state }: Pick<Adjustment, 'state'>): boolean => openStates.some((one) => one === state);

/** People took it up or dismissed it with a reason. What lapsed by itself, or went stale, decides nothing. */
const wasDecided = ({ state, decisionNote }: Pick<Adjustment, 'state' | 'decisionNote'>): boolean =>
  state === 'enacted' || state === 'rejected' || (state === 'withdrawn' && decisionNote !== null);

/** The drafts of a rule that are open, taken up or not. */
export function openProposalsOf(rule: ProposalRule): Promise<Adjustment[]> {
  return AdjustmentModel.find({
    proposal: { $gte: keyOf(rule, ''), $lt: keyOf(rule, '\uFFFF'), $type: 'string' },
    state: { $in: openStates },
  }).lean<Adjustment[]>();
}

export const zoneOfProposal = ({ proposal }: Pick<Adjustment, 'proposal'>): string =>
  proposal?.slice(keyOf('zone', '').length) ?? '';

/** Where its cause has gone and nobody has taken it up. */
export async function endProposal(rule: ProposalRule, subject: string): Promise<void> {
  const draft = await untouchedProposal(rule, subject);
  if (draft) await inTransaction(() => lapseProposal(draft));
}

/** The draft of a shop, or a zone, and rule that nobody has taken up. */
export function untouchedProposal(rule: ProposalRule, subject: string): Promise<Adjustment | null> {
  return AdjustmentModel.findOne({
    proposal: textThatIs(keyOf(rule, subject)),
    state: 'draft',
  }).lean<Adjustment>();
}

/** Its cause has gone, and so it goes, too. */
export async function lapseProposal(draft: Adjustment, after: Record<string, unknown> = {}): Promise<void> {
  const lapsed = await AdjustmentModel.updateOne(
    { _id: draft._id, state: 'draft' },
    { $set: { state: 'withdrawn' }, $unset: { proposalEndsAt: 1 }, $inc: { rev: 1 } },
  );
  if (lapsed.modifiedCount > 0)
    await recordAudit(systemActor, 'adjustment.withdrawn', draft._id, { of: draft, after });
}
