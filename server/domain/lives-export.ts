// LIVES, the Local Inspector Value-Entry Specification: inspections as other cities publish them, in five tables of one ZIP.
import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { AreaModel } from '../../models/area.ts';
import type { Severity } from '../../models/order.ts';
import type { Merchant } from '../../models/merchant.ts';
import { type Visit, VisitModel, type VisitKind } from '../../models/visit.ts';
import type { Words } from '../../models/words.ts';
import { localDay } from '../lib/calendar.ts';
import { clock } from '../lib/clock.ts';
import type { Language } from '../lib/problem.ts';
import { csvStream } from '../lib/sheets/csv-write.ts';
import type { Value } from '../lib/sheets/xlsx-write.ts';
import type { Actor } from './actor.ts';
import { placeOfActor } from './actor-place.ts';
import { findChecklist } from './checklists.ts';
import { inBatches } from './batches.ts';
import { partsOf, presentBody } from './visit-sections.ts';
import { visibleTo } from './visible-to.ts';

/** What a fault takes from a hundred. */
const deductions: Record<Severity, number> = { critical: 10, major: 5, minor: 2 };
const formula = '100 - 10 x critical - 5 x major - 2 x minor, not below 0';
const legend: [number, number, string][] = [
  [0, 59, 'Many or critical faults'],
  [60, 79, 'Several faults'],
  [80, 94, 'Few faults'],
  [95, 100, 'Hardly a fault'],
];

const typeOf: Record<Exclude<VisitKind, 'self'>, string> = {
  routine: 'routine',
  patrol: 'routine',
  joint: 'routine',
  recheck: 'followup',
  complaint: 'complaint',
};

type Fault = { item: string; severity: Severity; text: Words };

export function livesScore(faults: readonly Pick<Fault, 'severity'>[]): number {
  return Math.max(
    0,
    faults.reduce((score, { severity }) => score - deductions[severity], 100),
  );
}

/** `merchants` gives the shops anew for each table. Self-checks and visits that did not get in are no inspections. */
export async function livesZip(
  actor: Actor,
  merchants: () => AsyncGenerator<Merchant[]>,
  language: Language,
): Promise<Readable> {
  const { areas } = await placeOfActor(actor);
  const area = await AreaModel.findById(areas.at(-1) ?? '').lean();
  const names = await areaNames();
  const table = (header: string[], rows: AsyncIterable<Value[]>) =>
    csvStream(header, rows, { isMarked: false });
  const inspections = (write: (visit: Visit, faults: Fault[]) => Value[][]) =>
    inspectionRows(actor, merchants(), write);
  return zipOf({
    'businesses.csv': () =>
      table(
        [
          'business_id',
          'name',
          'address',
          'city',
          'state',
          'postal_code',
          'latitude',
          'longitude',
          'phone_number',
        ],
        businessRows(merchants(), names),
      ),
    'inspections.csv': () =>
      table(
        ['business_id', 'score', 'date', 'description', 'type'],
        inspections((visit, faults) => [
          [
            visit.merchant,
            livesScore(faults),
            dateOf(visit),
            null,
            typeOf[visit.kind as keyof typeof typeOf],
          ],
        ]),
      ),
    'violations.csv': () =>
      table(
        ['business_id', 'date', 'code', 'description'],
        inspections((visit, faults) =>
          faults.map(({ item, text }) => [visit.merchant, dateOf(visit), item, oneLine(text[language])]),
        ),
      ),
    'legend.csv': () =>
      table(
        ['minimum_score', 'maximum_score', 'description'],
        each(legend.map(([least, most, words]) => [least, most, `${words} (${formula})`])),
      ),
    'feed_info.csv': () =>
      table(
        ['feed_date', 'feed_version', 'municipality_name', 'municipality_url', 'contact_email'],
        each([[localDay(clock.now()).replaceAll('-', ''), '1.0', area?.name ?? 'Mingdan', null, null]]),
      ),
  });
}

/** Each table is made when its turn comes. */
function zipOf(tables: Record<string, () => Readable>): Readable {
  const zip = new ZipFile();
  const out = zip.outputStream as Readable;
  const mtime = clock.now();
  let open: Readable | undefined;
  for (const [name, make] of Object.entries(tables))
    zip.addReadStreamLazy(name, { mtime }, (give) => {
      open = make();
      open.on('error', (error) => out.destroy(error));
      give(null, open);
    });
  zip.on('error', (error: Error) => out.destroy(error));
  out.once('close', () => open?.destroy());
  zip.end();
  return out;
}

async function* each(rows: Value[][]): AsyncGenerator<Value[]> {
  for (const row of rows) yield await Promise.resolve(row);
}

/** The specification takes no tabs and no line ends. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const dateOf = ({ arrivedAt }: Visit): string => localDay(arrivedAt).replaceAll('-', '');

async function areaNames(): Promise<Map<string, string>> {
  const areas = await AreaModel.find(
    { level: { $in: ['province', 'city', 'district'] } },
    { name: 1 },
  ).lean();
  return new Map(areas.map(({ _id, name }) => [_id, name]));
}

async function* businessRows(
  batches: AsyncIterable<Merchant[]>,
  names: Map<string, string>,
): AsyncGenerator<Value[]> {
  for await (const merchants of batches)
    for (const { _id, name, address, areas, point } of merchants) {
      const [state = '', city = ''] = areas.map((code) => names.get(code) ?? null);
      const [lng = null, lat = null] = point?.coordinates ?? [];
      yield [_id, oneLine(name), oneLine(address), city, state, null, lat, lng, null];
    }
}

async function* inspectionRows(
  actor: Actor,
  batches: AsyncIterable<Merchant[]>,
  write: (visit: Visit, faults: Fault[]) => Value[][],
): AsyncGenerator<Value[]> {
  for await (const merchants of batches) {
    const wanted = {
      merchant: { $in: merchants.map(({ _id }) => _id) },
      kind: { $ne: 'self' },
      result: { $ne: 'no-entry' },
    };
    const query = VisitModel.find(visibleTo(actor, VisitModel).within(wanted)).sort({
      merchant: 1,
      receivedAt: 1,
    });
    for await (const visits of inBatches<Visit>(
      query.lean<Visit[]>().cursor({ batchSize: 100 }) as never,
      100,
    ))
      for (const visit of visits) yield* write(visit, await faultsOf(visit));
  }
}

/** What its present version found at fault, each item once and at its gravest. */
async function faultsOf(visit: Visit): Promise<Fault[]> {
  const faults = new Map<string, Fault>();
  for (const { body } of partsOf(presentBody(visit))) {
    const { items } = await findChecklist(body.checklist.key, body.checklist.version);
    for (const { item, outcome } of body.answers) {
      const known = outcome === 'fail' ? items.find(({ key }) => key === item) : undefined;
      if (!known) continue;
      const earlier = faults.get(item);
      if (!earlier || deductions[earlier.severity] < deductions[known.severity])
        faults.set(item, { item, severity: known.severity, text: known.text });
    }
  }
  return [...faults.values()];
}
