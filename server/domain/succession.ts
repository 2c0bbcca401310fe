// Succession (承接): a shop is deregistered in favour of the record of it that is kept, or of the new tenant of its place.
import type { AdjustmentLine } from '../../models/adjustment.ts';
import { type Facts, type Merchant, MerchantModel } from '../../models/merchant.ts';
import { clock } from '../lib/clock.ts';
import { ids } from '../lib/ids.ts';
import { invalidPart, Problem } from '../lib/problem.ts';
import { joined, requireAbility, scopeFilter } from './abilities.ts';
import type { Actor } from './actor.ts';
import { type Derived, deriveFrom, factsOf, tidyCodes } from './facts.ts';
import { presentStretch, statusAt } from './ledger-fold.ts';
import type { Known } from './show-on-list.ts';
import { isRelied } from './whitelist-rules.ts';

/** What is told of a new tenant; the place and the category are those of the shop before it, unless they are told too. */
type Told = Partial<Facts> & Pick<Facts, 'name'>;
type Tenant = { id: string; facts: Facts; derived: Derived };

/** Who a draft says will follow the one shop that it names. */
export type SuccessionWish =
  | { kind: 'merged'; merchant: string }
  | { kind: 'handed-over'; tenant: Told; contact: { name: string; phone: string } | null };

type Kept = Pick<Merchant, '_id' | 'district' | 'areas' | 'taskForces' | 'outlook'>;

/**
 * The record that a duplicate is merged into: another one within reach, in the same district, on the list or suspended. Throws
 * `merchant-not-found`, `invalid-request`.
 */
export async function keptRecord(
  actor: Actor,
  duplicate: { _id: string; district: string },
  id: string,
): Promise<Kept> {
  const refused = (message: string) => invalidPart('/mergeInto', message);
  if (id === duplicate._id) throw refused('不能并入自己 / is the shop itself');
  const within = joined([{ _id: id }, scopeFilter(actor, 'adjustment.draft', '_id')]);
  const kept = await MerchantModel.findOne(within, {
    district: 1,
    areas: 1,
    taskForces: 1,
    outlook: 1,
  }).lean<Kept>();
  if (!kept) throw new Problem('merchant-not-found', {}, { errors: [{ path: '/mergeInto', message: id }] });
  if (kept.district !== duplicate.district) throw refused('须在同一个区 / must lie in the same district');
  if (!isOnList(kept, clock.now()))
    throw refused(
      '保留的一家须在名单上（列入或暂停）/ the one that is kept must be on the list, or suspended',
    );
  return kept;
}

const isOnList = ({ outlook }: Pick<Merchant, 'outlook'>, at: Date): boolean =>
  isRelied(presentStretch(outlook, at)?.status ?? null);

/**
 * The new tenant of a shop's place, as a shop of its own. Throws as an application does: `forbidden`, `unknown-reference`,
 * `invalid-uscc`, and `duplicate` for a code that is on file in the district.
 */
export async function tenantOf(actor: Actor, former: string, told: Told): Promise<Tenant> {
  const place = await MerchantModel.findById(former).lean<Merchant>();
  if (!place) throw new Problem('merchant-not-found');
  const facts: Facts = {
    ...factsOf(place),
    uscc: null,
    outlet: 1,
    registerNumber: null,
    gbt4754: null,
    mode: ['in-store'],
    capacity: null,
    ...tidyCodes(told),
  };
  const derived = (await deriveFrom([facts], () => '/handTo'))(facts, '');
  requireAbility(actor, 'merchant.apply', { ...derived, _id: '', merchant: null, site: facts.site });
  await requireFreeCodes(facts, derived.district);
  return { id: ids.uuid(), facts, derived };
}

/** Found at the draft already: at the approval nobody could mend it. */
async function requireFreeCodes({ uscc, outlet, registerNumber }: Facts, district: string): Promise<void> {
  const codes = [
    ...(uscc === null ? [] : [{ uscc, outlet }]),
    ...(registerNumber === null ? [] : [{ registerNumber }]),
  ];
  if (codes.length === 0) return;
  const holder = await MerchantModel.findOne({ district, $or: codes }, { uscc: 1, outlet: 1 }).lean();
  if (!holder) return;
  const field = holder.uscc === uscc && holder.outlet === outlet ? 'uscc' : 'registerNumber';
  const message = '区内已有这个代码 / is on file in the district already';
  throw new Problem('duplicate', { field }, { errors: [{ path: `/handTo/${field}`, message }] });
}

/**
 * Shops whom nobody could follow as is said: the record that is kept has left the list, or the way from follower to follower comes
 * back. `known` holds their entries as they would be from `at` on.
 */
export async function ledAstray(
  lines: AdjustmentLine[],
  known: Map<string, Known>,
  at: Date,
): Promise<string[]> {
  const astray: string[] = [];
  for (const { merchant, successor } of lines) {
    const next = statusAt(known.get(merchant)?.entries ?? [], at)?.successor?.merchant;
    if (next === undefined) continue;
    const isGone = successor?.kind === 'merged' && !(await isOnListById(successor.merchant, at));
    if (isGone || (await comesBack(merchant, next, at))) astray.push(merchant);
  }
  return astray;
}

async function isOnListById(id: string, at: Date): Promise<boolean> {
  const found = await MerchantModel.findById(id, { outlook: 1 }).lean<Pick<Merchant, 'outlook'>>();
  return found !== null && isOnList(found, at);
}

/** Each has one follower at most, and none of the ways that are on file comes back: this one ends, or ends at its start. */
async function comesBack(start: string, first: string, at: Date): Promise<boolean> {
  let next: string | undefined = first;
  while (next !== undefined && next !== start) {
    const found: Pick<Merchant, 'outlook'> | null = await MerchantModel.findById(next, { outlook: 1 }).lean();
    next = presentStretch(found?.outlook ?? [], at)?.successor?.merchant;
  }
  return next === start;
}
