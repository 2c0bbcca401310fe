// Some rows of a file against the list as it stands: what becomes of each. One query a question, however many rows.
import type { ImportNote, ImportRow } from '../../models/import.ts';
import { type MerchantContact, MerchantContactModel } from '../../models/merchant-contact.ts';
import { MerchantModel } from '../../models/merchant.ts';
import { clock } from '../lib/clock.ts';
import { ids } from '../lib/ids.ts';
import type { SeenKeys } from '../lib/seen-keys.ts';
import type { SheetRow } from '../lib/sheets/sheet.ts';
import { may } from './abilities.ts';
import type { Actor } from './actor.ts';
import { type Contact, type Judged, judgeRow, type Place, subdistrictOf } from './import-change.ts';
import { readRow, type RowValues, tidied } from './import-cells.ts';
import { codesOf, KnownShops, matchRow, type OnList } from './import-match.ts';
import type { Reference, Subdistrict } from './import-reference.ts';
import type { Fault } from './import-words.ts';
import type { ColumnKey } from './list-columns.ts';
import { type Alike, alikeFields, isAlike, mostAlike, shopsNamed } from './look-alikes.ts';

/** What is known while a file is read from its first row to its last. */
export type Reading = {
  actor: Actor;
  columns: (ColumnKey | null)[];
  isDelimited: boolean;
  reference: Reference;
  /** Shops and codes that rows have taken, with the first row of each. */
  seen: SeenKeys;
  /** Shops that some row means, be it taken or not: those are not missing in the file. */
  named: SeenKeys;
  /** The one district of its lines. */
  district: string | null;
  areas: string[] | null;
  taskForces: string[] | null;
};

export type JudgedRow = Pick<
  ImportRow,
  'row' | 'merchant' | 'name' | 'reasons' | 'warnings' | 'changes' | 'line'
> & {
  kind: Judged['kind'];
};
type Read = {
  row: SheetRow;
  values: RowValues;
  faults: Fault[];
  area: Subdistrict | undefined;
};

const shopFields = {
  text: 0,
  grams: 0,
  lastVisit: 0,
  openOrders: 0,
  risk: 0,
} as const;

export async function judgeBatch(reading: Reading, rows: SheetRow[]): Promise<JudgedRow[]> {
  const read = rows.map((row) => readOne(reading, row));
  const { known, contacts } = await loadKnown(reading.actor, read);
  const judged = read.map((one) => judgeOne(reading, one, known, contacts));
  await warnOfDoubles(judged, reading);
  return judged.map(({ place: _place, ...row }) => row);
}

function readOne({ columns, isDelimited, reference, actor }: Reading, row: SheetRow): Read {
  const { values, faults } = readRow(row.cells, columns);
  if (isRagged(row, columns.length, isDelimited)) {
    const facts = { cells: row.cells.length, columns: columns.length };
    return { row, values, faults: [{ column: null, code: 'ragged', facts }], area: undefined };
  }
  const found = subdistrictOf(values, reference, ({ path }) => scopeHolds(actor, path));
  if ('fault' in found) return { row, values, faults: [...faults, found.fault], area: undefined };
  return { row, values, faults, area: found.area };
}

/** Too short where rows say how long they are, or with something beyond the last column. */
function isRagged({ cells }: SheetRow, width: number, isDelimited: boolean): boolean {
  const surplus = cells.slice(width).some(({ text }) => tidied(text) !== '');
  return surplus || (isDelimited && cells.length < width);
}

const scopeHolds = (actor: Actor, path: string[]): boolean =>
  actor.kind === 'system' || actor.scopes.some(({ areas }) => areas.some((area) => path.includes(area)));

const isWithinReach = (actor: Actor, { areas, taskForces }: Pick<Place, 'areas' | 'taskForces'>): boolean =>
  may(actor, 'adjustment.draft', { _id: '', areas, taskForces, merchant: null, site: null });

async function loadKnown(
  actor: Actor,
  read: Read[],
): Promise<{ known: KnownShops; contacts: Map<string, Contact> }> {
  const said = (column: 'id' | 'uscc' | 'registerNumber' | 'doorCode') => [
    ...new Set(read.flatMap(({ values }) => values[column] ?? [])),
  ];
  const questions = [
    { _id: { $in: said('id') } },
    { uscc: { $in: said('uscc') } },
    { registerNumber: { $in: said('registerNumber') } },
    { doorCode: { $in: said('doorCode') } },
  ].filter((question) => Object.values(question).every(({ $in }: { $in: string[] }) => $in.length > 0));
  const shops = new Map<string, OnList>();
  for (const question of questions)
    for (const shop of await MerchantModel.find(question, shopFields).lean<OnList[]>())
      shops.set(shop._id, shop);
  const isWithin = (shop: OnList) => isWithinReach(actor, shop);
  const within = [...shops.values()].filter(isWithin).map(({ _id }) => _id);
  const contacts = await MerchantContactModel.find({ _id: { $in: within } }).lean<MerchantContact[]>();
  return {
    known: new KnownShops([...shops.values()], isWithin),
    contacts: new Map(contacts.map(({ _id, name, phone }) => [_id, { name, phone }])),
  };
}

function judgeOne(
  reading: Reading,
  { row, values, faults, area }: Read,
  known: KnownShops,
  contacts: Map<string, Contact>,
): JudgedRow & { place: Place | null } {
  const match = matchRow(values, area?.path[2] ?? null, known);
  const shop = 'fault' in match ? null : match.shop;
  if (shop) reading.named.add(shop._id);
  const name = values.name ?? shop?.name ?? '';
  const told = { row: row.number, merchant: shop?._id ?? null, name };
  const broken = 'fault' in match ? [...faults, match.fault] : faults;
  // A row that is cut wrongly, or means nobody, need not be told what else is missing.
  if ('fault' in match || faults.some(({ code }) => code === 'ragged'))
    return { ...told, ...refusal(broken) };
  const judged = judgeRow(
    {
      values,
      faults: broken,
      shop,
      contact: (shop && contacts.get(shop._id)) ?? null,
      reference: reading.reference,
      isWithin: (place) => isWithinReach(reading.actor, place),
      newId: ids.uuid,
      now: clock.now(),
    },
    area,
  );
  const hindrance = judged.kind === 'refused' ? null : hindranceOf(reading, row.number, judged, shop, known);
  if (hindrance) return { ...told, ...refusal([hindrance]) };
  if (judged.place) share(reading, judged.place, shop);
  return { ...told, ...judged, merchant: shop?._id ?? judged.line?.merchant ?? null };
}

const refusal = (reasons: Fault[]) => ({
  kind: 'refused' as const,
  reasons,
  warnings: [],
  changes: [],
  line: null,
  place: null,
});

/** What stands against a row that is right in itself: a row before it, or a code that others have. */
function hindranceOf(
  reading: Reading,
  row: number,
  { line, place }: Judged,
  shop: OnList | null,
  known: KnownShops,
): Fault | null {
  const facts = line?.facts ?? shop;
  const district = place?.district ?? shop?.district ?? '';
  // A shop stays in the chain in which it began.
  if (line && shop && shop.district !== district) return { column: 'subdistrict', code: 'moved-away' };
  if (line && reading.district !== null && reading.district !== district)
    return { column: null, code: 'other-district' };
  const keys = [...(shop ? [shop._id] : []), ...(facts ? codesOf(facts, district) : [])];
  const first = keys.flatMap((key) => reading.seen.get(key) ?? [])[0];
  if (first !== undefined) return { column: null, code: 'repeated', facts: { row: first } };
  if (line?.facts && known.isTaken(line.facts, district, shop?._id ?? null))
    return { column: line.facts.uscc === null ? 'registerNumber' : 'uscc', code: 'code-in-use' };
  for (const key of keys) reading.seen.add(key, row);
  return null;
}

/** Keeps what all lines have in common: who may see the adjustment that they become. */
export function share(
  reading: Reading,
  place: Place,
  shop: Pick<OnList, 'areas' | 'taskForces'> | null,
): void {
  reading.district ??= place.district;
  for (const one of [place, ...(shop ? [shop] : [])]) {
    reading.areas = common(reading.areas, one.areas);
    reading.taskForces = common(reading.taskForces, one.taskForces);
  }
}

const common = (one: string[] | null, other: string[]) =>
  one === null ? other : one.filter((value) => other.includes(value));

/** Points out shops that a new one may be, though no code says so. */
async function warnOfDoubles(judged: JudgedRow[], { actor, district }: Reading): Promise<void> {
  const added = judged.filter(({ kind }) => kind === 'added');
  if (added.length === 0 || district === null) return;
  const names = added.map(({ line }) => line?.facts?.name ?? '');
  const points = added.flatMap(({ line }) => (line?.facts?.point ? [line.facts.point.coordinates] : []));
  const sameNames = await shopsNamed(district, names);
  const at = { $geoIntersects: { $geometry: { type: 'MultiPoint', coordinates: points } } };
  const samePoints =
    points.length === 0
      ? []
      : await MerchantModel.find({ point: at, district }, alikeFields).limit(mostAlike).lean<Alike[]>();
  const visible = (shops: Alike[]) => shops.filter((shop) => isWithinReach(actor, shop));
  for (const row of added) row.warnings.push(...doublesOf(row, visible(sameNames), visible(samePoints)));
}

function doublesOf({ line }: JudgedRow, sameNames: Alike[], samePoints: Alike[]): ImportNote[] {
  const facts = line?.facts;
  if (!facts) return [];
  const twin = sameNames.find((shop) => isAlike(shop, facts));
  const told = ({ name, doorCode }: Alike) => ({ name, doorCode });
  if (twin) return [{ column: 'name', code: 'same-name-and-street', facts: told(twin) }];
  const [lng, lat] = facts.point?.coordinates ?? [];
  const neighbour = samePoints.find(
    ({ point }) => point?.coordinates[0] === lng && point?.coordinates[1] === lat,
  );
  return neighbour && facts.point ? [{ column: 'lng', code: 'same-point', facts: told(neighbour) }] : [];
}
