// What visits give reason to propose: a suspension of a shop that fails too often, the removal of one that is closed each time.
import { AdjustmentModel, type ProposalRule } from '../../models/adjustment.ts';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import type { Settings } from '../../models/settings.ts';
import { type Visit, VisitModel } from '../../models/visit.ts';
import { clock } from '../lib/clock.ts';
import { logger } from '../lib/logger.ts';
import { failedTooOften, foundClosed, isOverdue, type Reason, type VisitMade } from './proposal-rules.ts';
import { endProposal, openProposalAlone, type Proposed } from './proposals.ts';
import { settingsOf } from './settings.ts';
import { presentBody } from './visit-sections.ts';

/** Visits of a shop that are looked at: more than any setting asks for. */
const mostVisits = 100;
const atOnce = 200;

type Words = Pick<Proposed, 'to' | 'ground'> & { reason: (count: number, settings: Settings) => string };
type VisitRule = Extract<ProposalRule, 'failed-visits' | 'found-closed'>;

const words: Record<VisitRule, Words> = {
  'failed-visits': {
    to: 'suspended',
    ground: 'visit',
    reason: (count, { failedVisitsDays }) => `${failedVisitsDays} 天内 ${count} 次检查留下整改单`,
  },
  'found-closed': { to: 'removed', ground: 'closure', reason: (count) => `连续 ${count} 次检查都关着门` },
};
const rules = Object.keys(words) as VisitRule[];

const judge: Record<VisitRule, (visits: VisitMade[], settings: Settings, now: Date) => Reason | null> = {
  'failed-visits': failedTooOften,
  'found-closed': foundClosed,
};

/** After visits were taken in, or amended: opens what they give reason for and ends what they take the reason from. */
export async function proposeAfterVisits(visits: readonly { merchant: string | null }[]): Promise<void> {
  const merchants = new Set(visits.flatMap(({ merchant }) => merchant ?? []));
  for (const merchant of merchants)
    await review(merchant).catch((error: unknown) => {
      // One shop must not hold up the visits of all the others.
      logger.error({ err: error, merchant }, 'what visits give reason to propose cannot be judged');
    });
}

/** Proposals whose cause time has taken away. Answers how many were looked at. */
export async function reviewDueProposals(): Promise<number> {
  const due = await AdjustmentModel.find(
    { proposalEndsAt: { $lte: clock.now(), $type: 'date' }, state: 'draft' },
    { merchant: 1 },
  )
    .sort({ proposalEndsAt: 1 })
    .limit(atOnce)
    .lean();
  await proposeAfterVisits(due);
  return due.length;
}

async function review(merchant: string): Promise<void> {
  const shop = await MerchantModel.findById(merchant, { areas: 1, status: 1, since: 1, lastVisit: 1 }).lean<
    Pick<Merchant, 'areas' | 'status' | 'since' | 'lastVisit'>
  >();
  if (!shop) return;
  const settings = settingsOf(shop.areas);
  const visits = await visitsOf(merchant);
  for (const rule of rules) {
    const reason = judge[rule](visits, settings, clock.now());
    if (reason) await open(rule, merchant, { reason, settings });
    else await endProposal(rule, merchant);
  }
  // Only time opens that one, a visit ends it.
  if (!isOverdue(shop, settings, clock.now())) await endProposal('overdue-cycle', merchant);
}

async function visitsOf(merchant: string): Promise<VisitMade[]> {
  const found = await VisitModel.find(
    { merchant },
    { kind: 1, result: 1, receivedAt: 1, body: 1, amendments: 1, version: 1 },
  )
    .sort({ receivedAt: -1 })
    .limit(mostVisits)
    .lean<Visit[]>();
  return found.map((visit) => {
    const { _id, kind, result, receivedAt } = visit;
    return { _id, kind, result, receivedAt, noEntry: presentBody(visit).noEntry ?? null };
  });
}

async function open(
  rule: VisitRule,
  merchant: string,
  { reason: { causes, endsAt }, settings }: { reason: Reason; settings: Settings },
): Promise<void> {
  const [last] = causes;
  if (!last) return;
  const { to, ground, reason } = words[rule];
  const proposed = { to, ground, reason: reason(causes.length, settings), basis: last, causes, endsAt };
  await openProposalAlone({ rule, merchant, ...proposed });
}
