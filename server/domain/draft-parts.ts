// What a draft is made of: who is meant, what would change of each, and what stands in the way, some shops at a time.
import type { Adjustment, AdjustmentLine, Conflict, Remark } from '../../models/adjustment.ts';
import { LedgerEntryModel } from '../../models/ledger.ts';
import { type Facts, type Merchant, MerchantModel, type Status } from '../../models/merchant.ts';
import { ids } from '../lib/ids.ts';
import { invalidPart, Problem } from '../lib/problem.ts';
import { type Ability, type Filter, joined, scopeFilter } from './abilities.ts';
import type { Actor } from './actor.ts';
import { inBatches } from './batches.ts';
import { linesFrom } from './draft-lines.ts';
import type { DraftPart } from './draft-sum.ts';
import { type Painting, remarksOnStatus, remarksOnUndo, remarksOnUnplaced } from './dry-run-remarks.ts';
import { deriveFrom } from './facts.ts';
import { presentStretch } from './ledger-fold.ts';
import { noContact, sealedContact } from './line-contacts.ts';
import { withoutRecheck } from './rechecks.ts';
import type { Selector } from './selector.ts';
import { keptRecord, type SuccessionWish, tenantOf } from './succession.ts';
import { mayFollow } from './whitelist-rules.ts';
import { filterOf, unplacedBy } from './zone-grounds.ts';

/** What a rule may find, those that it passes over included: its dry run is looked at while it is written. */
export const ruleLimit = 50_000;
/** Shops that are looked at together. */
const shopsAtOnce = 500;

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
    /** Who follows the one shop that is named. */
    succession?: SuccessionWish;
    corrections?: { merchant: string; rev: number; facts: Facts }[];
    /** For an undo of some shops alone: the entries to take away, by merchant. */
    cancels?: Map<string, number[]>;
    /** The ability by which an undo's shops are in reach, where it is not that of drafting. */
    under?: Ability;
  };

type Candidate = Pick<Merchant, '_id' | 'rev' | 'district' | 'areas' | 'taskForces' | 'outlook' | 'name'>;
type MakeLine = (merchant: Pick<Candidate, '_id' | 'rev' | 'outlook'>) => AdjustmentLine;
/** What a request would do, some shops at a time. Throws as drafting does. */
export async function* partsOf(
  actor: Actor,
  id: string,
  request: DraftRequest,
  now: Date,
): AsyncGenerator<DraftPart> {
  let count = 0;
  const line: MakeLine = (merchant) => ({
    _id: `${id}/${count}`,
    adjustment: id,
    index: count++,
    merchant: merchant._id,
    rev: merchant.rev,
    factsVersion: presentStretch(merchant.outlook, now)?.facts ?? 0,
    from: statusThen(merchant, now),
    to: request.to,
    facts: null,
    cancels: [],
    ...noContact,
  });
  if (request.newcomers) yield await newcomerPart(request.newcomers, line);
  else if (request.corrections) yield await correctionPart(actor, request.corrections, line);
  else if (request.kind === 'undo')
    for await (const cancels of layersOf(request)) yield await undoPart(actor, cancels, request.under, line);
  else yield* statusParts(actor, request, now, line);
}

async function newcomerPart(newcomers: NewMerchant[], line: MakeLine): Promise<DraftPart> {
  const derive = await deriveFrom(newcomers.map(({ facts }) => facts));
  const lines = newcomers.map(({ id: merchant, facts, contact }) => ({
    ...line({ _id: merchant ?? ids.uuid(), rev: 0, outlook: [] }),
    facts,
    ...sealedContact(contact),
  }));
  return { lines, hindered: [], touched: newcomers.map(({ facts }) => derive(facts, '')) };
}

async function correctionPart(
  actor: Actor,
  wanted: NonNullable<DraftRequest['corrections']>,
  line: MakeLine,
): Promise<DraftPart> {
  const found = await candidates(actor, { _id: { $in: wanted.map(({ merchant }) => merchant) } });
  const derive = await deriveFrom(wanted.map(({ facts }) => facts));
  const lines = wanted.map(({ merchant, rev, facts }) => {
    const known = found.find(({ _id }) => _id === merchant);
    if (!known) throw new Problem('merchant-not-found');
    return { ...line(known), rev, facts };
  });
  return { lines, hindered: [], touched: [...found, ...wanted.map(({ facts }) => derive(facts, ''))] };
}

/** The entries to take away, by merchant, some merchants at a time. */
async function* layersOf({ cancels, undoes = null }: DraftRequest): AsyncGenerator<Map<string, number[]>> {
  if (cancels) yield cancels;
  else if (undoes !== null)
    for await (const lines of linesFrom(undoes)) {
      const among = { merchant: { $in: lines.map(({ merchant }) => merchant) } };
      const entries = await LedgerEntryModel.find(
        { ...among, adjustment: undoes },
        { merchant: 1, n: 1 },
      ).lean();
      const layers = new Map<string, number[]>();
      for (const { merchant, n } of entries) layers.set(merchant, [...(layers.get(merchant) ?? []), n]);
      yield layers;
    }
}

async function undoPart(
  actor: Actor,
  cancels: Map<string, number[]>,
  under: Ability | undefined,
  line: MakeLine,
): Promise<DraftPart> {
  const found = await candidates(actor, { _id: { $in: [...cancels.keys()] } }, under);
  const erased = found.filter(({ _id }) => cancels.get(_id)?.includes(1));
  const hindered = erased.map(({ _id, name }) => ({
    merchant: _id,
    code: 'would-erase',
    message: `${name}：撤销后将没有任何状态 / nothing would be left`,
  }));
  const kept = found.filter((merchant) => !erased.includes(merchant));
  const lines = kept.map((merchant) => ({ ...line(merchant), cancels: cancels.get(merchant._id) ?? [] }));
  return { lines, hindered, touched: found, remarks: await remarksOnUndo(kept, lines) };
}

async function* statusParts(
  actor: Actor,
  request: DraftRequest,
  now: Date,
  line: MakeLine,
): AsyncGenerator<DraftPart> {
  const { to, merchants = [], rule } = request;
  if (to === null) throw invalidPart('/to', '缺少 / is missing');
  const painting = {
    to,
    effectiveFrom: request.effectiveFrom && request.effectiveFrom > now ? request.effectiveFrom : now,
    effectiveTo: request.effectiveTo ?? null,
  };
  const meant = rule ? await filterOf(rule) : { _id: { $in: merchants } };
  if (rule) await requireFew(within(actor, meant));
  const places = new Map(merchants.map((id, place) => [id, place]));
  const shops = candidates(actor, meant).cursor({ batchSize: shopsAtOnce });
  for await (const found of inBatches<Candidate>(shops as never, shopsAtOnce)) {
    for (const { _id } of found) places.delete(_id);
    const part = await statusPart(found, painting, line);
    yield request.succession ? await withSuccessor(actor, request.succession, part, line) : part;
  }
  const errors = [...places].map(([id, place]) => ({ path: `/merchants/${place}`, message: id }));
  if (errors.length > 0) throw new Problem('merchant-not-found', {}, { errors });
  if (rule) yield { lines: [], hindered: [], touched: [], remarks: await unplacedIn(actor, rule) };
}

/** The one shop of a draft with who follows it; the new tenant of its place gets a line of its own. */
async function withSuccessor(
  actor: Actor,
  wish: SuccessionWish,
  part: DraftPart,
  line: MakeLine,
): Promise<DraftPart> {
  const { lines, touched } = part;
  const [leaving] = lines;
  const [former] = touched;
  if (!leaving || !former) return part;
  if (wish.kind === 'merged') {
    const kept = await keptRecord(actor, { _id: leaving.merchant, district: former.district }, wish.merchant);
    const successor = { kind: wish.kind, merchant: kept._id };
    return { ...part, lines: [{ ...leaving, successor }], touched: [...touched, kept] };
  }
  const { id, facts, derived } = await tenantOf(actor, leaving.merchant, wish.tenant);
  const tenant: AdjustmentLine = {
    ...line({ _id: id, rev: 0, outlook: [] }),
    to: 'applying',
    facts,
    ...sealedContact(wish.contact),
  };
  const successor = { kind: wish.kind, merchant: id };
  return { ...part, lines: [{ ...leaving, successor }, tenant], touched: [...touched, derived] };
}

async function statusPart(found: Candidate[], painting: Painting, line: MakeLine): Promise<DraftPart> {
  const { to, effectiveFrom } = painting;
  const unchecked = to === 'listed' ? await withoutRecheck(found, effectiveFrom) : new Set();
  const isLegal = (merchant: Candidate) => mayFollow(statusThen(merchant, effectiveFrom), to);
  const fits = (merchant: Candidate) => isLegal(merchant) && !unchecked.has(merchant._id);
  const unfit = found.filter((merchant) => !fits(merchant));
  const [already, hindered] = split(unfit, (merchant) => statusThen(merchant, effectiveFrom) === to);
  const fitting = found.filter(fits);
  return {
    lines: fitting.map(line),
    hindered: hindered.map((merchant) =>
      isLegal(merchant) ? needsRecheck(merchant) : cannotFollow(merchant, effectiveFrom, to),
    ),
    already: already.map((merchant) => ({ ...cannotFollow(merchant, effectiveFrom, to), code: 'already' })),
    touched: found,
    remarks: await remarksOnStatus(fitting, already, painting),
  };
}

/** Those that are passed over are looked at, too. Throws `adjustment-too-large` before any is read. */
async function requireFew(meant: Filter): Promise<void> {
  const count = await MerchantModel.countDocuments(meant, { limit: ruleLimit + 1 });
  if (count > ruleLimit) throw new Problem('adjustment-too-large', { limit: ruleLimit });
}

async function unplacedIn(actor: Actor, rule: Selector): Promise<Remark[]> {
  const unplaced = await unplacedBy(rule);
  return unplaced ? remarksOnUnplaced(within(actor, unplaced)) : [];
}

/** Those that a rule means but for its exception. */
export async function countExcepted(actor: Actor, rule: Selector | undefined): Promise<number> {
  if (!rule?.except) return 0;
  const both = joined([await filterOf({ where: rule.where }), await filterOf({ where: rule.except })]);
  return MerchantModel.countDocuments(within(actor, both));
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

const within = (actor: Actor, filter: Filter, ability: Ability = 'adjustment.draft'): Filter =>
  joined([filter, scopeFilter(actor, ability, '_id')]);

function candidates(actor: Actor, filter: Filter, ability?: Ability) {
  const fields = { rev: 1, district: 1, areas: 1, taskForces: 1, outlook: 1, name: 1 } as const;
  return MerchantModel.find(within(actor, filter, ability), fields)
    .sort({ _id: 1 })
    .lean<Candidate[]>();
}

function statusThen(merchant: Pick<Merchant, 'outlook'>, at: Date): Status | null {
  return presentStretch(merchant.outlook, at)?.status ?? null;
}
