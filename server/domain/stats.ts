// Statistics within the actor's reach, counted by the filters of the lists: each figure is the total of its rows.
import { ChecklistModel, type Checklist } from '../../models/checklist.ts';
import { MerchantModel } from '../../models/merchant.ts';
import { OrderModel } from '../../models/order.ts';
import { VisitModel } from '../../models/visit.ts';
import type { Words } from '../../models/words.ts';
import { clock } from '../lib/clock.ts';
import type { Filter } from './abilities.ts';
import type { Actor } from './actor.ts';
import { listChecklists } from './checklists.ts';
import {
  bureauKinds,
  type CoverageCount,
  coverageFigures,
  type Counted,
  orderFigures,
  type OrderCounts,
  type Part,
  supervisionFigures,
  type VisitCounts,
  visitFigures,
} from './figures.ts';
import { orderFilter, visitFilter } from './records.ts';
import { type Condition, selectorFilter } from './selector.ts';
import { type Span, spanOf } from './spans.ts';
import { visibleTo } from './visible-to.ts';
import { findingParts } from './visit-findings.ts';

export type StatsQuery = Part & Partial<Span>;

export const coverageGroups = ['subdistrict', 'taskForce', 'category'] as const;
export type CoverageGroup = (typeof coverageGroups)[number];

const groupFields = { subdistrict: '$subdistrict', taskForce: '$taskForces', category: '$category' };

const dayOf = (field: string) => ({
  $dateToString: { date: `$${field}`, format: '%Y-%m-%d', timezone: '+08:00' },
});
const flat = { $replaceWith: { $mergeObjects: ['$_id', { count: '$count' }] } };
/** How many records have each combination of these fields. */
const countBy = (fields: Record<string, unknown>) => [{ $group: { _id: fields, count: { $sum: 1 } } }, flat];

/** Visits, what they found, coverage, and what is overdue. */
export async function overviewFor(actor: Actor, query: StatsQuery) {
  const { span, part } = asked(query);
  const counts = await countVisits(actor, span, part);
  const text = await itemTexts(itemsIn(counts));
  const coverage = await countCoverage(actor, span.from, part);
  return {
    ...span,
    ...visitFigures(counts, span, part, text),
    coverage: coverageFigures(totalOf(coverage), span.from, part),
    ...(await supervision(actor, part)),
  };
}

/** Which of the shops listed now were visited since the span began, by subdistrict, task force or category. */
export async function coverageFor(actor: Actor, by: CoverageGroup, query: StatsQuery) {
  const { span, part } = asked(query);
  const counted = await countCoverage(actor, span.from, part, by);
  // A list cannot ask for two task forces at once: of those that share a shop only the one asked for is shown.
  const isShown = (value: string) => by !== 'taskForce' || value === (part.taskForce ?? value);
  return {
    ...span,
    by,
    ...coverageFigures(totalOf(counted), span.from, part),
    items: valuesIn(counted)
      .filter(isShown)
      .map((value) => {
        const own = counted.filter(({ values }) => values.includes(value));
        return { value, ...coverageFigures(totalOf(own), span.from, { ...part, [by]: value }) };
      }),
  };
}

/** Orders opened in the span, and what is overdue now. */
export async function orderStatsFor(actor: Actor, query: StatsQuery) {
  const { span, part } = asked(query);
  const counts = await countOrders(actor, span, part);
  return { ...span, ...orderFigures(counts, span, part), ...(await supervision(actor, part)) };
}

/** The span and the part that are asked for. */
export function asked({ area, taskForce, from, to }: StatsQuery): { span: Span; part: Part } {
  const span = spanOf({ ...(from && { from }), ...(to && { to }) }, clock.now());
  return {
    span,
    part: { ...(area !== undefined && { area }), ...(taskForce !== undefined && { taskForce }) },
  };
}

async function countVisits(actor: Actor, span: Span, part: Part): Promise<VisitCounts> {
  const filter = visitFilter({ kind: bureauKinds, ...span, ...part });
  const [counts] = await VisitModel.aggregate<VisitCounts>([
    { $match: visibleTo(actor, VisitModel).within(filter) },
    { $project: { day: dayOf('receivedAt'), result: 1, findings: 1, passes: 1 } },
    {
      $facet: {
        results: countBy({ day: '$day', result: '$result' }),
        findings: [{ $unwind: '$findings' }, ...countBy({ key: '$findings' })],
        passes: [{ $unwind: '$passes' }, ...countBy({ key: '$passes' })],
      },
    },
  ]);
  return counts ?? { results: [], findings: [], passes: [] };
}

/** The shops that coverage is about: those listed now. */
export function listedIn(part: Part): Filter {
  const where: Condition = { status: 'listed', ...part };
  return selectorFilter({ where }, []);
}

/** Counted by the values that shops share: one subdistrict or category, or all task forces of a shop. */
function countCoverage(actor: Actor, since: Date, part: Part, by?: CoverageGroup): Promise<CoverageCount[]> {
  const covered = { $cond: [{ $gte: ['$lastVisit.at', since] }, 1, 0] };
  return MerchantModel.aggregate<CoverageCount>([
    { $match: visibleTo(actor, MerchantModel).within(listedIn(part)) },
    {
      $group: { _id: by ? groupFields[by] : null, listed: { $sum: 1 }, covered: { $sum: covered } },
    },
    { $project: { _id: 0, values: by === 'taskForce' ? '$_id' : ['$_id'], listed: 1, covered: 1 } },
  ]).exec();
}

function valuesIn(counted: CoverageCount[]): string[] {
  return [...new Set(counted.flatMap(({ values }) => values))].sort();
}

function totalOf(counted: CoverageCount[]): { listed: number; covered: number } {
  const sum = (name: 'listed' | 'covered') => counted.reduce((total, one) => total + one[name], 0);
  return { listed: sum('listed'), covered: sum('covered') };
}

async function supervision(actor: Actor, part: Part) {
  const filter = orderFilter({ supervision: true, ...part });
  const counted = await OrderModel.aggregate<Counted<{ level: string }>[number]>([
    { $match: visibleTo(actor, OrderModel).within(filter) },
    ...countBy({ level: '$level' }),
  ]);
  return supervisionFigures(counted, part);
}

async function countOrders(actor: Actor, span: Span, part: Part): Promise<OrderCounts> {
  const isOpen = { $in: ['$state', ['open', 'submitted']] };
  const [counts] = await OrderModel.aggregate<OrderCounts>([
    { $match: visibleTo(actor, OrderModel).within(orderFilter({ ...span, ...part })) },
    { $project: { day: dayOf('openedAt'), kind: 1, state: 1, level: 1, item: 1, itemText: 1 } },
    {
      $facet: {
        states: countBy({ kind: '$kind', state: '$state', isOverdue: { $ne: ['$level', 'none'] } }),
        days: countBy({ day: '$day', kind: '$kind' }),
        items: [
          {
            $group: {
              _id: { item: '$item', kind: '$kind', isOpen },
              text: { $first: '$itemText' },
              count: { $sum: 1 },
            },
          },
          { $replaceWith: { $mergeObjects: ['$_id', { text: '$text', count: '$count' }] } },
        ],
      },
    },
  ]);
  return counts ?? { states: [], days: [], items: [] };
}

function itemsIn({ findings, passes }: VisitCounts): string[] {
  const keys = [...findings.map(({ key }) => findingParts(key).item), ...passes.map(({ key }) => key)];
  return [...new Set(keys)];
}

/** How the newest checklists word these items; an item that none of them has any more, as an earlier version did. */
async function itemTexts(items: string[]): Promise<(item: string) => Words> {
  const texts = new Map<string, Words>();
  const take = (checklists: Checklist[]) => {
    for (const { items: lines } of checklists)
      for (const { key, text } of lines) if (!texts.has(key)) texts.set(key, text);
  };
  take(await listChecklists());
  const missing = items.filter((item) => !texts.has(item));
  if (missing.length > 0)
    take(
      await ChecklistModel.find({ 'items.key': { $in: missing } })
        .sort({ version: -1 })
        .lean<Checklist[]>(),
    );
  return (item) => texts.get(item) ?? { zh: item, en: item };
}
