// "May this shop open, and why not?": what the public sees of the register. Never contacts, reasons or names of inspectors.
import { type Area, AreaModel } from '../../models/area.ts';
import type { Ground } from '../../models/adjustment.ts';
import { type Category, CategoryModel } from '../../models/category.ts';
import { type Merchant, MerchantModel, type Mode, type Period } from '../../models/merchant.ts';
import { textThatIs } from '../../models/model.ts';
import type { VisitResult } from '../../models/visit.ts';
import type { Succession, Words } from '../../models/words.ts';
import { clock } from '../lib/clock.ts';
import { isDoorCode, normalizeDoorCode } from '../lib/door-code.ts';
import { Problem } from '../lib/problem.ts';
import { normalizeUscc } from '../lib/uscc.ts';
import { type Filter, joined } from './abilities.ts';
import { presentPeriod } from './merchants.ts';
import { settingsOf } from './settings.ts';
import { nearlyFound, searchOf } from './search.ts';

/** Statuses the public may know. The others look like a shop that nobody has heard of. */
const published = ['listed', 'suspended', 'removed', 'deregistered'] as const;
export type PublishedStatus = (typeof published)[number];
const shopsShown = 50;

/** What happens next, and who has to do it. */
export const nextSteps = [
  'visits-go-on',
  'ends-by-itself',
  'fix-and-recheck',
  'as-announced',
  'apply-again',
  'none',
] as const;
export type NextStep = (typeof nextSteps)[number];

const stepAfter = {
  listed: 'visits-go-on',
  removed: 'apply-again',
  deregistered: 'none',
} as const satisfies Record<Exclude<PublishedStatus, 'suspended'>, NextStep>;

/** What was found at the shop keeps it closed on these grounds: it has to be mended, and seen. */
const faults: string[] = ['visit', 'order', 'complaint', 'emergency'] satisfies Ground[];

/** What follows for the shop; null for a status that the public does not know. */
export function nextStepOf(period: Period): NextStep | null {
  const status = publishedIn(period);
  return status === undefined ? null : nextStepAfter(status, period);
}

function nextStepAfter(status: PublishedStatus, { to, ground }: Period): NextStep {
  if (status !== 'suspended') return stepAfter[status];
  if (to !== null) return 'ends-by-itself';
  return faults.includes(ground) ? 'fix-and-recheck' : 'as-announced';
}

/** Who follows a shop; `shop` is null where the public may not know it, or not yet. */
type PublicSuccessor = { kind: Succession; shop: { name: string; doorCode: string } | null };

export type PublicStatus = {
  doorCode: string;
  name: string;
  category: string;
  categoryName: Words | null;
  uscc: string | null;
  registerNumber: string | null;
  mode: Mode[];
  subdistrict: string;
  subdistrictName: string;
  address: string;
  status: PublishedStatus;
  /** A suspended shop is on the list still, and may not open. */
  onList: boolean;
  mayOpen: boolean;
  nextStep: NextStep;
  since: Date;
  /** When the present status ends by itself; null when no end is planned. */
  until: Date | null;
  ground: Ground;
  notice: string | null;
  successor: PublicSuccessor | null;
  organ: string;
  lastVisit: { at: Date; result: VisitResult } | null;
  /** For how many days its merchant may object to a decision against it, and within how many working days that is answered. */
  objectionDays: number;
  objectionDecisionWorkingDays: number;
};

const projection = {
  doorCode: 1,
  name: 1,
  category: 1,
  subdistrict: 1,
  address: 1,
  district: 1,
  outlook: 1,
  lastVisit: 1,
  areas: 1,
  uscc: 1,
  registerNumber: 1,
  mode: 1,
} as const;

/** The shops behind a door code, a credit code (its outlets) or a register number. Throws `door-code-renewed` for a code that was replaced, `merchant-not-found` for all else. */
export async function publicStatus(code: string): Promise<PublicStatus[]> {
  const doorCode = normalizeDoorCode(code);
  const uscc = normalizeUscc(code);
  // A register number may look like one of the others: it is tried where they find nothing.
  const keys = [
    ...(isDoorCode(doorCode) ? [{ doorCode }] : []),
    ...(uscc.length === 18 ? [{ uscc }] : []),
    { registerNumber: code.trim() },
  ];
  for (const key of keys) {
    const merchants = await MerchantModel.find(key, projection)
      .sort({ district: 1, outlet: 1, _id: 1 })
      .limit(shopsShown)
      .lean<Merchant[]>();
    const shown = await present(merchants);
    if (shown.length > 0) return shown;
  }
  const isFormer =
    isDoorCode(doorCode) && (await MerchantModel.exists({ formerDoorCodes: textThatIs(doorCode) }));
  throw new Problem(isFormer ? 'door-code-renewed' : 'merchant-not-found');
}

/** What a search finds; `nearly` where nothing holds the query, and these do but for one character. */
export type Found = { shops: PublicStatus[]; nearly: boolean };

/** Register search by part of a name, pinyin, initials, code or street. One slip is forgiven from three characters on. */
export async function searchRegister(q: string): Promise<Found> {
  const search = await searchOf(q);
  if (!search) return { shops: [], nearly: false };
  const isPublished = { status: { $in: published } };
  const shops = await shopsBy(joined([search.filter, isPublished]));
  if (shops.length > 0) return { shops, nearly: false };
  const ids = await nearlyFound(q, isPublished, shopsShown);
  const close = ids.length === 0 ? [] : await shopsBy({ _id: { $in: ids } });
  return { shops: close, nearly: close.length > 0 };
}

async function shopsBy(filter: Filter): Promise<PublicStatus[]> {
  return present(await MerchantModel.find(filter, projection).limit(shopsShown).lean<Merchant[]>());
}

async function present(merchants: Merchant[]): Promise<PublicStatus[]> {
  const named = merchants.flatMap(({ district, subdistrict }) => [district, subdistrict]);
  const names = await areaNames(named);
  const categories = await categoryNames(merchants.map(({ category }) => category));
  const followers = await followersOf(merchants);
  return merchants.flatMap((merchant) => {
    const period = presentPeriod(merchant);
    const status = publishedIn(period);
    if (!status) return [];
    const { successor } = period;
    const { objectionDays, objectionDecisionWorkingDays } = settingsOf(merchant.areas);
    const { doorCode, name, category, uscc, registerNumber, mode, subdistrict, address, lastVisit } =
      merchant;
    return {
      doorCode,
      name,
      category,
      categoryName: categories.get(category) ?? null,
      uscc,
      registerNumber,
      mode,
      subdistrict,
      subdistrictName: names.get(subdistrict) ?? subdistrict,
      address,
      status,
      onList: status === 'listed' || status === 'suspended',
      mayOpen: status === 'listed',
      nextStep: nextStepAfter(status, period),
      since: period.since,
      until: period.to,
      ground: period.ground as Ground,
      notice: period.notice,
      successor: successor ? { kind: successor.kind, shop: followers.get(successor.merchant) ?? null } : null,
      organ: names.get(merchant.district) ?? merchant.district,
      lastVisit: lastVisit && { at: lastVisit.at, result: lastVisit.result as VisitResult },
      objectionDays,
      objectionDecisionWorkingDays,
    };
  });
}

const publishedIn = ({ status }: Period): PublishedStatus | undefined =>
  published.find((known) => known === status);

/** Those that the public may know of the shops that follow these. */
async function followersOf(merchants: Merchant[]): Promise<Map<string, { name: string; doorCode: string }>> {
  const named = merchants.flatMap((merchant) => presentPeriod(merchant).successor?.merchant ?? []);
  if (named.length === 0) return new Map();
  const found = await MerchantModel.find({ _id: { $in: named } }, projection).lean<Merchant[]>();
  const known = found.filter((merchant) => publishedIn(presentPeriod(merchant)) !== undefined);
  return new Map(known.map(({ _id, name, doorCode }) => [_id, { name, doorCode }]));
}

const namesKeptMillis = 60_000;

/** Names of areas and categories, read at most once a minute: they hardly ever change, and every status shows them. */
function keptNames<T>(read: (ids: string[]) => Promise<[string, T][]>) {
  let kept = new Map<string, T>();
  let readAt = 0;
  return async (ids: string[]): Promise<Map<string, T>> => {
    const now = clock.now().getTime();
    // Before `readAt`: the clock was set back.
    if (now < readAt || now >= readAt + namesKeptMillis) {
      kept = new Map();
      readAt = now;
    }
    const names = kept;
    const unknown = [...new Set(ids)].filter((id) => !names.has(id));
    if (unknown.length > 0) for (const [id, name] of await read(unknown)) names.set(id, name);
    return names;
  };
}

export const areaNames = keptNames(async (codes) => {
  const areas = await AreaModel.find({ _id: { $in: codes } }, { name: 1 }).lean<Area[]>();
  return areas.map(({ _id, name }) => [_id, name]);
});

const categoryNames = keptNames<Words>(async (keys) => {
  const categories = await CategoryModel.find({ _id: { $in: keys } }, { name: 1 }).lean<Category[]>();
  return categories.map(({ _id, name }) => [_id, name]);
});
