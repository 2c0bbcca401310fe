// What a row would make of its shop: pure, so that a dry run and a test judge the same.
import { isDeepStrictEqual } from 'node:util';
import type { ImportChange, ImportLine, ImportRowKind } from '../../models/import.ts';
import type { Facts, Status } from '../../models/merchant.ts';
import { readAgain, type RowValues } from './import-cells.ts';
import { factsOf } from './facts.ts';
import type { OnList } from './import-match.ts';
import type { Reference, Subdistrict } from './import-reference.ts';
import { conflictCodes, type Fault } from './import-words.ts';
import { presentStretch } from './ledger-fold.ts';
import { mayFollow } from './whitelist-rules.ts';

export type Contact = { name: string; phone: string };
export type Judged = {
  kind: ImportRowKind | 'unchanged';
  reasons: Fault[];
  warnings: Fault[];
  changes: ImportChange[];
  line: ImportLine | null;
  /** What follows from the facts after the change. */
  place: Place | null;
};
export type Place = { district: string; areas: string[]; taskForces: string[] };

type Given = {
  values: RowValues;
  faults: Fault[];
  shop: OnList | null;
  contact: Contact | null;
  reference: Reference;
  /** Whether the uploader may answer for a shop there. */
  isWithin: (place: Place) => boolean;
  newId: () => string;
  now: Date;
};

const needed = ['name', 'category', 'subdistrict', 'address'] as const;
/** What an import may do to the status of a shop on the list. Everything else is decided shop by shop. */
const importable: Status[] = ['removed', 'deregistered'];
const unknownFacts: Omit<Facts, (typeof needed)[number]> = {
  uscc: null,
  outlet: 1,
  registerNumber: null,
  gbt4754: null,
  point: null,
  site: null,
  mode: ['in-store'],
  capacity: null,
};

/** The subdistrict that a row names, by code or name; undefined where it names none. */
export function subdistrictOf(
  { subdistrict, subdistrictName }: RowValues,
  reference: Reference,
  isWithin: (area: Subdistrict) => boolean,
): { area: Subdistrict | undefined } | { fault: Fault } {
  const wanted = [subdistrict, subdistrictName].flatMap((word) => word ?? []);
  const meant = wanted.map((word) => {
    const coded = reference.subdistricts.get(word);
    const all = coded ? [coded] : reference.subdistrictsNamed(word);
    const own = all.filter(isWithin);
    return { word, areas: own.length > 0 ? own : all };
  });
  const column = subdistrict === undefined ? 'subdistrictName' : 'subdistrict';
  const [first, second] = meant;
  if (!first) return { area: undefined };
  if (first.areas.length === 0)
    return { fault: { column, code: 'unknown-word', facts: { word: first.word } } };
  // A name that nobody knows (any more) beside a code that is known says nothing.
  const both =
    second && second.areas.length > 0
      ? first.areas.filter((area) => second.areas.includes(area))
      : first.areas;
  const [area, ...others] = both;
  if (!area) return { fault: { column: 'subdistrictName', code: 'two-subdistricts' } };
  return others.length > 0
    ? { fault: { column, code: 'two-meanings', facts: { word: first.word } } }
    : { area };
}

/** Judges one row. `faults` are those of its cells. */
export function judgeRow(given: Given, area: Subdistrict | undefined): Judged {
  const { values, shop, now } = given;
  const reasons = [...given.faults];
  const warnings: Fault[] = [];
  const category = categoryOf(given, reasons);
  const base = shop ? factsOf(shop) : null;
  const subdistrict = area?._id ?? base?.subdistrict;
  const path = area?.path ?? shop?.areas ?? [];
  const district = path[2] ?? '';
  const site = siteOf(given, district, reasons);
  const point = pointOf(values, base, reasons);
  if (!shop) for (const column of needed) requireGiven(column, given, reasons);

  const facts: Facts = {
    ...(base ?? { ...unknownFacts, name: '', category: '', subdistrict: '', address: '' }),
    ...kept(values, base, [
      'name',
      'address',
      'uscc',
      'outlet',
      'registerNumber',
      'gbt4754',
      'mode',
      'capacity',
    ]),
    ...(category !== undefined && { category }),
    ...(subdistrict !== undefined && { subdistrict }),
    ...(site !== undefined && { site }),
    point,
  };
  const taskForce = given.reference.categories.get(facts.category)?.taskForce;
  const place: Place = { district, areas: path, taskForces: taskForce === undefined ? [] : [taskForce] };
  if (reasons.length === 0 && !given.isWithin(place)) reasons.push({ column: null, code: 'out-of-scope' });

  const from = shop ? (presentStretch(shop.outlook, now)?.status ?? null) : null;
  const to = statusAfter(values.status, from, reasons);
  if (from !== null && to === null && from !== 'listed' && from !== 'suspended')
    warnings.push({ column: null, code: 'not-on-list', facts: { status: from } });
  const contact = contactAfter(values, given.contact);
  const changes = [
    ...(base ? differences(base, facts) : []),
    ...(contact ? contactDifferences(given.contact, contact) : []),
    ...(shop && to !== null ? [{ column: 'status', before: from, after: to }] : []),
  ];
  const isChanged = changes.length > 0 || !shop;
  if (shop && isChanged) reasons.push(...conflictsOf(values, shop));
  const refused = { reasons, warnings, changes, line: null, place: null };
  if (reasons.length > 0) return { kind: isConflict(reasons) ? 'conflicts' : 'refused', ...refused };
  if (!isChanged) return { kind: 'unchanged', ...refused };
  const isRestated = !shop || changes.some(({ column }) => column !== 'status');
  const line: ImportLine = {
    merchant: shop?._id ?? given.newId(),
    rev: shop?.rev ?? 0,
    factsVersion: shop ? (presentStretch(shop.outlook, now)?.facts ?? 0) : 0,
    from,
    to,
    facts: isRestated ? facts : null,
    contact,
  };
  return { kind: shop ? 'changed' : 'added', reasons, warnings, changes, line, place };
}

const isConflict = (reasons: Fault[]) => reasons.every(({ code }) => conflictCodes.includes(code));

function requireGiven(column: (typeof needed)[number], { values, faults }: Given, reasons: Fault[]): void {
  const also = column === 'subdistrict' ? 'subdistrictName' : column;
  const isGiven = values[column] !== undefined || values[also] !== undefined;
  const isFaulty = faults.some((fault) => fault.column === column || fault.column === also);
  if (!isGiven && !isFaulty) reasons.push({ column, code: 'missing' });
}

type Kept = 'name' | 'address' | 'uscc' | 'outlet' | 'registerNumber' | 'gbt4754' | 'mode' | 'capacity';

/** What the row says anew. What differs by blanks alone stays as it is. */
function kept(values: RowValues, base: Facts | null, fields: Kept[]): Partial<Facts> {
  const said: Record<string, unknown> = {};
  for (const field of fields) {
    const value = values[field];
    if (value === undefined) continue;
    const before = base?.[field];
    const isSame =
      typeof before === 'string'
        ? readAgain(field, before) === value
        : field === 'mode' && sameSet(before, value);
    if (!isSame) said[field] = value;
  }
  return said;
}

function sameSet(one: unknown, other: unknown): boolean {
  return Array.isArray(one) && Array.isArray(other) && isDeepStrictEqual(new Set(one), new Set(other));
}

function categoryOf({ values, shop, reference }: Given, reasons: Fault[]): string | undefined {
  const { category: word } = values;
  if (word === undefined) return undefined;
  if (reference.categories.has(word)) return word;
  const named = reference.categoriesNamed(word).map(({ _id }) => _id);
  if (shop && named.includes(shop.category)) return shop.category;
  return only(named, { column: 'category', word }, reasons);
}

function siteOf(
  { values, shop, reference }: Given,
  district: string,
  reasons: Fault[],
): string | null | undefined {
  const { site: word } = values;
  if (word == null) return word;
  const coded = reference.sites.get(word);
  const all = coded ? [coded] : reference.sitesNamed(word);
  const here = all.filter((site) => site.district === district).map(({ _id }) => _id);
  if (shop?.site != null && here.includes(shop.site)) return shop.site;
  if (all.length > 0 && here.length === 0) {
    reasons.push({ column: 'site', code: 'site-elsewhere' });
    return undefined;
  }
  return only(here, { column: 'site', word }, reasons);
}

function only(
  found: string[],
  { column, word }: { column: 'category' | 'site'; word: string },
  reasons: Fault[],
): string | undefined {
  if (found.length === 1) return found[0];
  reasons.push({ column, code: found.length === 0 ? 'unknown-word' : 'two-meanings', facts: { word } });
  return undefined;
}

function pointOf(values: RowValues, base: Facts | null, reasons: Fault[]): Facts['point'] {
  const [oldLng = null, oldLat = null] = base?.point?.coordinates ?? [];
  const lng = values.lng === undefined ? oldLng : values.lng;
  const lat = values.lat === undefined ? oldLat : values.lat;
  if (lng !== null && lat !== null) return { type: 'Point', coordinates: [lng, lat] };
  const isTold = reasons.some(({ column }) => column === 'lng' || column === 'lat');
  if ((lng !== null || lat !== null) && !isTold) reasons.push({ column: 'lng', code: 'half-a-point' });
  return null;
}

function statusAfter(asked: Status | undefined, from: Status | null, reasons: Fault[]): Status | null {
  if (from === null) {
    const to = asked ?? 'listed';
    if (to !== 'listed' && to !== 'applying') reasons.push({ column: 'status', code: 'new-status' });
    return to;
  }
  if (asked === undefined || asked === from) return null;
  if (importable.includes(asked) && mayFollow(from, asked)) return asked;
  reasons.push({ column: 'status', code: 'status-by-adjustment', facts: { from, to: asked } });
  return null;
}

/** Null where the row says nothing new of the contact. */
function contactAfter({ contactName, contactPhone }: RowValues, before: Contact | null): Contact | null {
  const known = before ?? { name: '', phone: '' };
  const after = { name: contactName ?? known.name, phone: contactPhone ?? known.phone };
  const isNew = (column: 'contactName' | 'contactPhone', said: string | undefined, old: string) =>
    said !== undefined && said !== old && said !== readAgain(column, old);
  const isSame =
    !isNew('contactName', contactName, known.name) && !isNew('contactPhone', contactPhone, known.phone);
  return isSame ? null : after;
}

function conflictsOf({ rev, doorCode }: RowValues, shop: OnList): Fault[] {
  const faults: Fault[] = [];
  if (rev !== undefined && rev !== shop.rev)
    faults.push({ column: 'rev', code: 'stale-revision', facts: { rev, present: shop.rev } });
  if (doorCode !== undefined && doorCode !== shop.doorCode)
    faults.push({ column: 'doorCode', code: 'other-door-code', facts: { present: shop.doorCode } });
  return faults;
}

function differences(before: Facts, after: Facts): ImportChange[] {
  return (Object.keys(before) as (keyof Facts)[]).flatMap((field) =>
    isDeepStrictEqual(before[field], after[field])
      ? []
      : [{ column: field, before: before[field], after: after[field] }],
  );
}

function contactDifferences(before: Contact | null, after: Contact): ImportChange[] {
  const known = before ?? { name: '', phone: '' };
  return [
    ...(known.name === after.name ? [] : [{ column: 'contactName', before: known.name, after: after.name }]),
    ...(known.phone === after.phone
      ? []
      : [{ column: 'contactPhone', before: known.phone, after: after.phone }]),
  ];
}
