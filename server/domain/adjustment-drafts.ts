// Drafting an adjustment: what a request would do as one draft (the dry run), its limits, and the hash of the set.
import { type Adjustment, type AdjustmentLine, AdjustmentModel } from '../../models/adjustment.ts';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { clock } from '../lib/clock.ts';
import { ids } from '../lib/ids.ts';
import { invalidPart, Problem } from '../lib/problem.ts';
import { inTransaction, isDuplicateKey } from '../lib/transaction.ts';
import { type Actor, byOf } from './actor.ts';
import { recordAudit } from './audit.ts';
import { DraftLines } from './draft-lines.ts';
import { countExcepted, type DraftRequest, partsOf, ruleLimit } from './draft-parts.ts';
import { type DraftPart, DraftSum } from './draft-sum.ts';
import { merchantOfBasis, strangeBasis } from './rechecks.ts';
import { mayLapse } from './whitelist-rules.ts';

/** Shops that are named one by one. */
const namedLimit = 5_000;
/** A new shop brings its facts, its period and some two hundred search grams along: fewer of them fit. */
const newcomerLimit = 2_500;
/** Lines of an import, and so of an undoing, at most: as many as a file has rows. */
export const importLimit = 1_000_000;
/** Shops that a dry run names. */
const sampleSize = 60;

type TakeLines = (lines: AdjustmentLine[]) => Promise<void> | void;

/** Drafts an adjustment; nothing changes yet. Its dry run is in the answer: count, lines, conflicts, setHash. */
export async function draftAdjustment(actor: Actor, request: DraftRequest): Promise<Adjustment> {
  const { create, tidy } = await prepareDraft(actor, request);
  try {
    return await create();
  } finally {
    await tidy();
  }
}

/** `create` makes the draft in a short transaction; then `tidy` removes the lines of one that has not come to be. */
export type PreparedDraft = { create: () => Promise<Adjustment>; tidy: () => Promise<void> };

/** Reads, judges and counts what a draft would hold, and writes its first lines where they are very many: that takes longer than a transaction may. */
export async function prepareDraft(actor: Actor, request: DraftRequest): Promise<PreparedDraft> {
  const kept = new DraftLines();
  const tidy = () => kept.dropUnused();
  try {
    const draft = await prepare(actor, request, (lines) => kept.add(lines));
    return { create: () => createDraft(actor, draft, kept), tidy };
  } catch (error) {
    await tidy();
    throw error;
  }
}

async function createDraft(actor: Actor, draft: Adjustment, kept: DraftLines): Promise<Adjustment> {
  try {
    return await inTransaction(async () => {
      await AdjustmentModel.create(draft);
      await kept.write();
      await recordAudit(actor, 'adjustment.drafted', draft._id, {
        of: draft,
        after: { to: draft.to, count: draft.count },
      });
      return draft;
    });
  } catch (error) {
    if (isDuplicateKey(error)) throw new Problem('duplicate', { field: uniqueFieldOf(draft) });
    throw error;
  }
}

function uniqueFieldOf({ proposal, follows }: Adjustment): string {
  return proposal ? 'proposal' : follows === undefined ? 'undoes' : 'follows';
}

/** Whom a draft would name. Throws as drafting does. */
export async function linesOfDraft(actor: Actor, request: DraftRequest): Promise<AdjustmentLine[]> {
  const all: AdjustmentLine[] = [];
  await prepare(actor, request, (lines) => {
    all.push(...lines);
  });
  return all;
}

/** A draft with the first of its lines by name. */
export type DryRun = {
  draft: Adjustment;
  sample: { line: AdjustmentLine; name: string; subdistrict: string }[];
};

/** The dry run (试算) of status lines: what would be drafted, and nothing is stored. */
export async function dryRun(actor: Actor, request: DraftRequest): Promise<DryRun> {
  const first: AdjustmentLine[] = [];
  const draft = await prepare(actor, request, (lines) => {
    first.push(...lines.slice(0, sampleSize - first.length));
  });
  const named = await MerchantModel.find(
    { _id: { $in: first.map(({ merchant }) => merchant) } },
    { name: 1, subdistrict: 1 },
  ).lean<Pick<Merchant, '_id' | 'name' | 'subdistrict'>[]>();
  const byId = new Map(named.map((merchant) => [merchant._id, merchant]));
  const sample = first.flatMap((line) => {
    const shop = byId.get(line.merchant) ?? line.facts;
    return shop ? [{ line, name: shop.name, subdistrict: shop.subdistrict }] : [];
  });
  return { draft, sample };
}

async function prepare(actor: Actor, request: DraftRequest, take: TakeLines): Promise<Adjustment> {
  const id = ids.uuid();
  const now = clock.now();
  requireSoundTimes(request, now);
  const { basis, rule } = request;
  const sum = new DraftSum(blankDraft(id, request, byOf(actor)), limitOf(request));
  const meant = basis ? await merchantOfBasis(actor, basis) : null;
  let isMeant = meant === null;
  for await (const part of partsOf(actor, id, request, now)) {
    isMeant ||= merchantsIn(part).some((merchant) => merchant === meant);
    sum.add(part);
    await take(part.lines);
  }
  if (basis && !isMeant) throw strangeBasis(basis.id);
  return sum.total(await countExcepted(actor, rule));
}

const merchantsIn = ({ lines, hindered, already = [] }: DraftPart) =>
  [...lines, ...hindered, ...already].map(({ merchant }) => merchant);

function limitOf({ newcomers, rule, follows, kind }: DraftRequest): number {
  if (newcomers) return newcomerLimit;
  return rule || follows !== undefined ? ruleLimit : kind === 'undo' ? importLimit : namedLimit;
}

type Asked = Omit<
  DraftRequest,
  'merchants' | 'newcomers' | 'succession' | 'corrections' | 'cancels' | 'under'
>;

/** A draft as it is asked for, before it is known whom it concerns. */
export function blankDraft(id: string, request: Asked, draftedBy: Adjustment['draftedBy']): Adjustment {
  return {
    _id: id,
    district: '',
    areas: [],
    taskForces: [],
    kind: request.kind,
    state: 'draft',
    to: request.to,
    ground: request.ground,
    reason: request.reason,
    notice: request.notice ?? null,
    basis: request.basis ?? null,
    proposal: request.proposal ?? null,
    ...(request.causes && { causes: request.causes }),
    ...(request.proposalEndsAt && { proposalEndsAt: request.proposalEndsAt }),
    effectiveFrom: request.effectiveFrom ?? null,
    effectiveTo: request.effectiveTo ?? null,
    rule: (request.rule as Adjustment['rule'] | undefined) ?? null,
    undoes: request.undoes ?? null,
    ...(request.follows !== undefined && { follows: request.follows }),
    count: 0,
    merchant: null,
    passedOver: null,
    conflicts: [],
    setHash: '',
    needsApproval: true,
    draftedBy,
    draftedAt: clock.now(),
    submittedBy: null,
    submittedAt: null,
    decidedBy: null,
    decidedAt: null,
    decisionNote: null,
    enactedAt: null,
    height: null,
    confirmBy: null,
    confirmedBy: null,
    confirmedAt: null,
    rev: 1,
  };
}

/** A layer ends after it begins, only what may lapse has an end, and a shop that is new has no status to fall back on. */
function requireSoundTimes(request: DraftRequest, now: Date): void {
  const { to, effectiveFrom, effectiveTo, newcomers, succession } = request;
  const refuse = (path: string, message: string) => {
    throw invalidPart(path, message);
  };
  if (newcomers && (effectiveFrom ?? effectiveTo))
    refuse('/effectiveFrom', '新商户只能即时生效 / a new shop takes effect at once and without an end');
  if (succession && (effectiveFrom ?? effectiveTo))
    refuse('/effectiveFrom', '换租户、合并只能即时生效 / takes effect at once and without an end');
  if (!effectiveTo) return;
  if (!mayLapse(to))
    refuse('/effectiveTo', '只有暂停和列入可以设期限 / only suspended and listed may have an end');
  if (effectiveTo <= (effectiveFrom ?? now))
    refuse('/effectiveTo', '须晚于生效时间 / must be later than effectiveFrom');
}
