// What a pack held, as a version of two kilobytes that the phone sends back, and what has changed since. Pure, and without any
// memory: every process can tell the difference, and a change that became visible late differs like any other.
import { createHash } from 'node:crypto';

/** Lists that are sent whole where anything in them has changed. */
export const smallLists = ['areas', 'categories', 'checklists', 'sites', 'keys', 'taskForces', 'colleagues'] as const;
type SmallList = (typeof smallLists)[number];
type PackContent = Record<SmallList, readonly unknown[]> & {
  merchants: readonly { id: string }[];
  orders: readonly { merchant: string }[];
  visits: readonly { merchant: string }[];
};

/** Shops are in one of so many parts each, with their orders and visits: what has changed is told part by part. */
const partCount = 256;
/** Of each digest. Two contents of a part look alike once in 2 ⁴⁸ changes. */
const digestBytes = 6;
/** Begins every version, so that one of another make is not taken for one of these. */
const make = Buffer.from([2]);

type PackVersion = { text: string; etag: string; digests: Buffer[] };

/** The last two hexadecimal digits of its id. */
export const partOf = (merchant: string): number => Number.parseInt(merchant.slice(-2), 16) & 255;

/** `scope` is whatever decides what its owner may see: another one has another version, even of the same content. */
export function versionOf(content: PackContent, scope: string): PackVersion {
  const texts = [scope, ...smallLists.map((list) => JSON.stringify(content[list])), ...partTexts(content)];
  const whole = texts.map((text) => createHash('sha256').update(text).digest());
  const digests = whole.map((digest) => digest.subarray(0, digestBytes));
  return {
    text: Buffer.concat([make, ...digests]).toString('base64url'),
    etag: createHash('sha256').update(Buffer.concat(whole)).digest('base64url').slice(0, 22),
    digests,
  };
}

function partTexts({ merchants, orders, visits }: PackContent): string[] {
  const parts = Array.from({ length: partCount }, (): unknown[][] => [[], [], []]);
  for (const shop of merchants) parts[partOf(shop.id)]?.[0]?.push(shop);
  for (const order of orders) parts[partOf(order.merchant)]?.[1]?.push(order);
  for (const visit of visits) parts[partOf(visit.merchant)]?.[2]?.push(visit);
  return parts.map((part) => JSON.stringify(part));
}

type PackDifference<C extends PackContent> = Pick<C, 'merchants' | 'orders' | 'visits'> &
  Partial<Pick<C, SmallList>> & {
    /** Whatever else the phone holds of these parts is gone. */
    parts: number[];
    /** Of the whole pack, for the phone to see that it holds the same. */
    counts: { merchants: number; orders: number; visits: number };
  };

/** Null where `since` is no version of this make or of another scope: only the whole pack helps then. */
export function differenceSince<C extends PackContent>(
  content: C,
  since: string,
  { digests }: PackVersion,
): PackDifference<C> | null {
  const before = digestsIn(since);
  if (before.length !== digests.length) return null;
  const [scope = true, ...changed] = digests.map((digest, at) => !before[at]?.equals(digest));
  if (scope) return null;
  const parts = changed.slice(smallLists.length).flatMap((is, part) => (is ? [part] : []));
  const isIn = new Set(parts);
  const { merchants, orders, visits } = content;
  return {
    parts,
    counts: { merchants: merchants.length, orders: orders.length, visits: visits.length },
    merchants: merchants.filter(({ id }) => isIn.has(partOf(id))),
    orders: orders.filter(({ merchant }) => isIn.has(partOf(merchant))),
    visits: visits.filter(({ merchant }) => isIn.has(partOf(merchant))),
    ...listsOf(content, (at) => changed[at] === true),
  };
}

function listsOf(content: PackContent, isChanged: (at: number) => boolean): Partial<PackContent> {
  return Object.fromEntries(smallLists.flatMap((list, at) => (isChanged(at) ? [[list, content[list]]] : [])));
}

function digestsIn(version: string): Buffer[] {
  const bytes = Buffer.from(version, 'base64url');
  if (!bytes.subarray(0, make.length).equals(make)) return [];
  const digests = bytes.subarray(make.length);
  const count = digests.length / digestBytes;
  if (!Number.isInteger(count)) return [];
  return Array.from({ length: count }, (_, at) => digests.subarray(at * digestBytes, (at + 1) * digestBytes));
}
