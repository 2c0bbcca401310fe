// Drafting an adjustment: who is meant, what would change, what stands in the way (the dry run), and the hash of the set.
import {
  type Adjustment,
  type AdjustmentLine,
  AdjustmentLineModel,
  AdjustmentModel,
  type Conflict,
  type PassedOver,
  type Remark,
} from '../../models/adjustment.ts';
import { type Facts, type Merchant, MerchantModel, type Status } from '../../models/merchant.ts';
import { clock } from '../lib/clock.ts';
import { ids } from '../lib/ids.ts';
import { Problem } from '../lib/problem.ts';
import { inTransaction, isDuplicateKey } from '../lib/transaction.ts';
import { type Ability, joined, scopeFilter } from './abilities.ts';
import { type Actor, byOf } from './actor.ts';
import { recordAudit } from './audit.ts';
import { remarksOnStatus, remarksOnUndo, remarksOnUnplaced } from './dry-run-remarks.ts';
import { deriveFrom } from './facts.ts';
import { presentStretch } from './ledger-fold.ts';
import { noContact, sealedContact } from './line-contacts.ts';
import { requireOwnBasis, withoutRecheck } from './rechecks.ts';
import type { Selector } from './selector.ts';
import { setHashOf } from './set-hash.ts';
import { mayFollow, mayLapse } from './whitelist-rules.ts';
import { filterOf, unplacedBy } from './zone-grounds.ts';

/** Entries that one transaction writes at most. */
export const adjustmentLimit = 5_000;
/** A new shop brings its facts, its period and some two hundred search grams along: fewer of them fit. */
const newcomerLimit = 2_500;
/** Lines of an import at most: as many as a file has rows. More than one transaction's worth is enacted in parts. */
export const importLimit = 1_000_000;
/** Conflicts that an adjustment keeps; all of them are counted. */
const shownConflicts = 200;
/** Shops that a dry run names. */
const sampleSize = 60;

/** A shop that is not on file yet. */
export type NewMerchant = { id?: string; facts: Facts; contact: { name: string; phone: string } | null };

export type DraftRequest = Pick<Adjustment, 'kind' | 'to' | 'ground' | 'reason'> &
  Partial<
    Pick<
      Adjustment,
      | 'notice'
      | 'basis'
      | 'proposal'
      | 'causes'
      | 'proposalEndsAt'
      | 'effectiveFrom'
      | 'effectiveTo'
      | 'undoes'
      | 'follows'
    >
  > & {
    merchants?: string[];
    rule?: Selector;
    newcomers?: NewMerchant[];
    corrections?: { merchant: string; rev: number; facts: Facts }[];
    /** For an undo: the entries to take away, by merchant. */
    cancels?: Map<string, number[]>;
    /** The ability by which an undo's shops are in reach, where it is not that of drafting. */
    under?: Ability;
  };

type Candidate = Pick<Merchant, '_id' | 'rev' | 'district' | 'areas' | 'taskForces' | 'outlook' | 'name'>;
type MakeLine = (index: number, merchant: Pick<Candidate, '_id' | 'rev' | 'outlook'>) => AdjustmentLine;
type Drafted = {
  lines: AdjustmentLine[];
  conflicts: Conflict[];
  passedOver?: PassedOver;
  remarks?: Remark[];
  touched: Pick<Candidate, 'district' | 'areas' | 'taskForces'>[];
};
type Prepared = { draft: Adjustment; lines: AdjustmentLine[] };

/** Drafts an adjustment; nothing changes yet. Its dry run is in the answer: count, lines, conflicts, setHash. */
export async function draftAdjustment(actor: Actor, request: DraftRequest): Promise<Adjustment> {
  const { draft, lines } = await prepare(actor, request);
  try {
    return await inTransaction(async () => {
      await AdjustmentModel.create(draft);
      await AdjustmentLineModel.insertMany(lines, { lean: true });
      await recordAudit(actor, 'adjustment.drafted', draft._id, {
        of: draft,
        after: { to: draft.to, count: lines.length },
      });
      return draft;
    });
  } catch (error) {
    if (isDuplicateKey(error)) throw new Problem('duplicate', { field: uniqueFieldOf(request) });
    throw error;
  }
}

function uniqueFieldOf({ proposal, follows }: DraftRequest): string {
  return proposal ? 'proposal' : follows === undefined ? 'undoes' : 'follows';
}

/** Whom a draft would name. Throws as drafting does. */
export async function linesOfDraft(actor: Actor, request: DraftRequest): Promise<AdjustmentLine[]> {
  return (await prepare(actor, request)).lines;
}

/** A draft with the first of its lines by name. */
export type DryRun = {
  draft: Adjustment;
  sample: { line: AdjustmentLine; name: string; subdistrict: string }[];
};

/** The dry run (试算) of status lines: what would be drafted, and nothing is stored. */
export async function dryRun(actor: Actor, request: DraftRequest): Promise<DryRun> {
  const { draft, lines } = await prepare(actor, request);
  const first = lines.slice(0, sampleSize);
  const named = await MerchantModel.find(
    { _id: { $in: first.map(({ merchant }) => merchant) } },
    { name: 1, subdistrict: 1 },
  ).lean<Pick<Merchant, '_id' | 'name' | 'subdistrict'>[]>();
  const byId = new Map(named.map((merchant) => [merchant._id, merchant]));
  const sample = first.flatMap((line) => {
    const merchant = byId.get(line.merchant);
    return merchant ? [{ line, name: merchant.name, subdistrict: merchant.subdistrict }] : [];
  });
  return { draft, sample };
}

async function prepare(actor: Actor, request: DraftRequest): Promise<Prepared> {
  const id = ids.uuid();
  const now = clock.now();
  requireSoundTimes(request, now);
  const { lines, conflicts, touched, passedOver, remarks } = await linesFor(actor, id, request, now);
  if (request.basis)
    await requireOwnBasis(
      actor,
      request.basis,
      [...lines, ...conflicts].map(({ merchant }) => merchant),
    );
  const [first] = touched;
  if (!first) throw new Problem('adjustment-empty');
  const limit = request.newcomers ? newcomerLimit : adjustmentLimit;
  if (lines.length > limit) throw new Problem('adjustment-too-large', { limit });
  if (touched.some(({ district }) => district !== first.district))
    throw new Problem(
      'invalid-request',
      {},
      { errors: [{ path: '/merchants', message: '须在同一个区 / must lie in one district' }] },
    );

  const draft: Adjustment = {
    ...blankDraft(id, request, byOf(actor)),
    district: first.district,
    areas: shared(touched, ({ areas }) => areas),
    taskForces: shared(touched, ({ taskForces }) => taskForces),
    count: lines.length,
    merchant: (lines.length === 1 && lines[0]?.merchant) || null,
    passedOver: passedOver ?? { already: 0, excepted: 0, conflicts: conflicts.length },
    conflicts,
    ...(remarks && { remarks }),
    ...(lines.some(({ contact }) => contact !== null) && { contactsFrom: 0 }),
  };
  draft.setHash = setHashOf(draft, lines);
  return { draft, lines };
}

type Asked = Omit<DraftRequest, 'merchants' | 'newcomers' | 'corrections' | 'cancels' | 'under'>;

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
function requireSoundTimes({ to, effectiveFrom, effectiveTo, newcomers }: DraftRequest, now: Date): void {
  const refuse = (path: string, message: string) => {
    throw new Problem('invalid-request', {}, { errors: [{ path, message }] });
  };
  if (newcomers && (effectiveFrom ?? effectiveTo))
    refuse('/effectiveFrom', '新商户只能即时生效 / a new shop takes effect at once and without an end');
  if (!effectiveTo) return;
  if (!mayLapse(to))
    refuse('/effectiveTo', '只有暂停和列入可以设期限 / only suspended and listed may have an end');
  if (effectiveTo <= (effectiveFrom ?? now))
    refuse('/effectiveTo', '须晚于生效时间 / must be later than effectiveFrom');
}

async function linesFor(actor: Actor, id: string, request: DraftRequest, now: Date): Promise<Drafted> {
  const line: MakeLine = (index, merchant) => ({
    _id: `${id}/${index}`,
    adjustment: id,
    index,
    merchant: merchant._id,
    rev: merchant.rev,
    factsVersion: presentStretch(merchant.outlook, now)?.facts ?? 0,
    from: statusThen(merchant, now),
    to: request.to,
    facts: null,
    cancels: [],
    ...noContact,
  });
  if (request.newcomers) {
    const { newcomers } = request;
    const derive = await deriveFrom(newcomers.map(({ facts }) => facts));
    const lines = newcomers.map(({ id: merchant, facts, contact }, index) => ({
      ...line(index, { _id: merchant ?? ids.uuid(), rev: 0, outlook: [] }),
      facts,
      ...sealedContact(contact),
    }));
    return { lines, conflicts: [], touched: newcomers.map(({ facts }) => derive(facts, '')) };
  }
  if (request.corrections) {
    const wanted = request.corrections;
    const found = await candidates(actor, { _id: { $in: wanted.map(({ merchant }) => merchant) } });
    const derive = await deriveFrom(wanted.map(({ facts }) => facts));
    const lines = wanted.map(({ merchant, rev, facts }, index) => {
      const known = found.find(({ _id }) => _id === merchant);
      if (!known) throw new Problem('merchant-not-found');
      return { ...line(index, known), rev, facts };
    });
    return { lines, conflicts: [], touched: [...found, ...wanted.map(({ facts }) => derive(facts, ''))] };
  }
  if (request.cancels) {
    const { cancels, under } = request;
    const found = await candidates(actor, { _id: { $in: [...cancels.keys()] } }, under);
    const erased = found.filter(({ _id }) => cancels.get(_id)?.includes(1));
    const conflicts = erased.map(({ _id, name }) => ({
      merchant: _id,
      code: 'would-erase',
      message: `${name}：撤销后将没有任何状态 / nothing would be left`,
    }));
    const kept = found.filter((merchant) => !erased.includes(merchant));
    const lines = kept.map((merchant, index) => ({
      ...line(index, merchant),
      cancels: cancels.get(merchant._id) ?? [],
    }));
    return { lines, conflicts, touched: found, remarks: await remarksOnUndo(kept, lines) };
  }
  return statusLines(actor, request, now, line);
}

async function statusLines(actor: Actor, request: DraftRequest, now: Date, line: MakeLine): Promise<Drafted> {
  const { to, merchants = [] } = request;
  if (to === null)
    throw new Problem('invalid-request', {}, { errors: [{ path: '/to', message: '缺少 / is missing' }] });
  const found = await candidates(
    actor,
    request.rule ? await filterOf(request.rule) : { _id: { $in: merchants } },
  );
  const strangers = merchants.filter((id) => !found.some(({ _id }) => _id === id));
  if (strangers.length > 0) {
    const errors = strangers.map((id) => ({ path: `/merchants/${merchants.indexOf(id)}`, message: id }));
    throw new Problem('merchant-not-found', {}, { errors });
  }
  const effectiveFrom = request.effectiveFrom && request.effectiveFrom > now ? request.effectiveFrom : now;
  const unchecked = to === 'listed' ? await withoutRecheck(found, effectiveFrom) : new Set();
  const isLegal = (merchant: Candidate) => mayFollow(statusThen(merchant, effectiveFrom), to);
  const fits = (merchant: Candidate) => isLegal(merchant) && !unchecked.has(merchant._id);
  const unfit = found.filter((merchant) => !fits(merchant));
  const [already, hindered] = split(unfit, (merchant) => statusThen(merchant, effectiveFrom) === to);
  const conflicts = [
    ...hindered.map((merchant) =>
      isLegal(merchant) ? needsRecheck(merchant) : cannotFollow(merchant, effectiveFrom, to),
    ),
    ...already.map((merchant) => ({ ...cannotFollow(merchant, effectiveFrom, to), code: 'already' })),
  ];
  const fitting = found.filter(fits);
  const lines = fitting.map((merchant, index) => line(index, merchant));
  const painting = { to, effectiveFrom, effectiveTo: request.effectiveTo ?? null };
  const passedOver = {
    already: already.length,
    excepted: await countExcepted(actor, request.rule),
    conflicts: hindered.length,
  };
  const remarks = [
    ...(await remarksOnStatus(fitting, already, painting)),
    ...(await unplacedIn(actor, request.rule)),
  ];
  return { lines, conflicts: conflicts.slice(0, shownConflicts), passedOver, touched: found, remarks };
}

async function unplacedIn(actor: Actor, rule: Selector | undefined): Promise<Remark[]> {
  const unplaced = rule ? await unplacedBy(rule) : null;
  return unplaced ? remarksOnUnplaced(joined([unplaced, scopeFilter(actor, 'adjustment.draft', '_id')])) : [];
}

/** Those that a rule means but for its exception. */
async function countExcepted(actor: Actor, rule: Selector | undefined): Promise<number> {
  if (!rule?.except) return 0;
  const both = joined([await filterOf({ where: rule.where }), await filterOf({ where: rule.except })]);
  return MerchantModel.countDocuments(joined([both, scopeFilter(actor, 'adjustment.draft', '_id')]));
}

function split<T>(items: T[], isFirst: (item: T) => boolean): [T[], T[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}

function cannotFollow(merchant: Candidate, at: Date, to: Status): Conflict {
  const message = `${merchant.name}：${statusThen(merchant, at) ?? '—'} → ${to}`;
  return { merchant: merchant._id, code: 'transition', message };
}

function needsRecheck({ _id, name }: Candidate): Conflict {
  const message = `${name}：须先由另一检查人员复查合格 / another inspector has to pass it in a recheck first`;
  return { merchant: _id, code: 'needs-recheck', message };
}

async function candidates(
  actor: Actor,
  filter: Record<string, unknown>,
  ability: Ability = 'adjustment.draft',
): Promise<Candidate[]> {
  const within = joined([filter, scopeFilter(actor, ability, '_id')]);
  const found = await MerchantModel.find(within, {
    rev: 1,
    district: 1,
    areas: 1,
    taskForces: 1,
    outlook: 1,
    name: 1,
  })
    .sort({ _id: 1 })
    .limit(adjustmentLimit + 1)
    .lean<Candidate[]>();
  if (found.length > adjustmentLimit) throw new Problem('adjustment-too-large', { limit: adjustmentLimit });
  return found;
}

function statusThen(merchant: Pick<Merchant, 'outlook'>, at: Date): Status | null {
  return presentStretch(merchant.outlook, at)?.status ?? null;
}

/** What all records have in common, in the order of the first. */
function shared<T>(records: T[], pick: (record: T) => string[]): string[] {
  const [first, ...rest] = records.map(pick);
  return (first ?? []).filter((value) => rest.every((values) => values.includes(value)));
}
