// Figures of visits, coverage and orders from what was counted, each with the address of its rows. Pure.
import type { Words } from '../../models/words.ts';
import type { orderLevels } from '../../models/order.ts';
import { visitKinds, visitResults, type VisitResult } from '../../models/visit.ts';
import { addressOf, type Figure, type RowsQuery } from './rows.ts';
import { daysOf, type Span } from './spans.ts';
import { findingParts } from './visit-findings.ts';

/** Whose figures: all within the actor's reach, or of one area or task force in it. */
export type Part = { area?: string; taskForce?: string };

/** A self-check (自查) is no visit of the bureau's. */
export const bureauKinds = visitKinds.filter((kind) => kind !== 'self');
/** Who did not get in has attempted a visit, not made one. */
const made: VisitResult[] = ['passed', 'fixed', 'orders'];

export type Counted<K> = (K & { count: number })[];

function sum<K>(counted: Counted<K>, isMeant: (one: K) => boolean): number {
  return counted.reduce((total, one) => (isMeant(one) ? total + one.count : total), 0);
}

/** Null where there is nothing to divide by. */
export function rateOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

export type VisitCounts = {
  results: Counted<{ day: string; result: VisitResult }>;
  /** By finding, as `mask/on-site`. */
  findings: Counted<{ key: string }>;
  /** By item that was in order. */
  passes: Counted<{ key: string }>;
};

export type ItemFigures = {
  item: string;
  text: Words;
  faults: Figure;
  onSite: Figure;
  timed: Figure;
  unfixed: Figure;
  passed: Figure;
  /** In order the first time, of all that were checked. */
  passRate: number | null;
};

/** What became of visits in a span. `text` names an item. */
export function visitFigures(
  { results, findings, passes }: VisitCounts,
  span: Span,
  part: Part,
  text: (item: string) => Words,
) {
  const figure = (count: number, query: RowsQuery): Figure => ({
    count,
    rows: addressOf('/visits', { kind: bureauKinds, ...span, ...part, ...query }),
  });
  const ofResults = (wanted: VisitResult[]) =>
    figure(
      sum(results, ({ result }) => wanted.includes(result)),
      { result: wanted },
    );
  const [visits, passed] = [ofResults(made), ofResults(['passed'])];
  const [faulty, fixed] = [ofResults(['fixed', 'orders']), ofResults(['fixed'])];
  const days = daysOf(span).map(({ day, from, to }) => {
    const onDay = results.filter((one) => one.day === day);
    const ofDay = (result: VisitResult) =>
      figure(
        sum(onDay, (one) => one.result === result),
        { from, to, result },
      );
    const figures = Object.fromEntries(visitResults.map((result) => [result, ofDay(result)]));
    return { day, ...(figures as Record<VisitResult, Figure>) };
  });
  const found = findings.map(({ key, count }) => ({ ...findingParts(key), count }));
  const ofItem = (item: string): ItemFigures => {
    const left = (...ways: string[]) => sum(found, (one) => one.item === item && ways.includes(one.left));
    const faults = figure(left('on-site', 'timed', 'unfixed'), { item });
    const inOrder = figure(
      sum(passes, ({ key }) => key === item),
      { item, outcome: 'pass' },
    );
    return {
      item,
      text: text(item),
      faults,
      onSite: figure(left('on-site'), { item, outcome: 'on-site' }),
      timed: figure(left('timed'), { item, outcome: 'timed' }),
      unfixed: figure(left('unfixed'), { item, outcome: 'unfixed' }),
      passed: inOrder,
      passRate: rateOf(inOrder.count, inOrder.count + faults.count),
    };
  };
  const items = [...new Set([...found.map(({ item }) => item), ...passes.map(({ key }) => key)])].map(ofItem);
  return {
    visits,
    noEntry: ofResults(['no-entry']),
    passed,
    passRate: rateOf(passed.count, visits.count),
    faulty,
    fixed,
    fixedRate: rateOf(fixed.count, faulty.count),
    days,
    items: mostFirst(items, ({ faults }) => faults.count),
  };
}

/** Of equals the one whose key is smaller. */
function mostFirst<T extends { item: string }>(items: T[], count: (item: T) => number): T[] {
  return items.sort((a, b) => count(b) - count(a) || (a.item < b.item ? -1 : 1));
}

export type CoverageCount = { values: string[]; listed: number; covered: number };

/** Of the shops listed now, those whose last visit falls at `since` or later. */
export function coverageFigures(
  { listed, covered }: Omit<CoverageCount, 'values'>,
  since: Date,
  where: RowsQuery,
) {
  const figure = (count: number, query: RowsQuery): Figure => ({
    count,
    rows: addressOf('/merchants', { status: 'listed', ...where, ...query }),
  });
  return {
    listed: figure(listed, {}),
    covered: figure(covered, { visitedSince: since }),
    uncovered: figure(listed - covered, { notVisitedSince: since }),
    rate: rateOf(covered, listed),
  };
}

/** The supervision list (督办清单) as it is now, whenever its orders were opened. */
export function supervisionFigures(counted: Counted<{ level: string }>, part: Part) {
  const figure = (count: number, query: RowsQuery): Figure => ({
    count,
    rows: addressOf('/orders', { supervision: true, ...part, ...query }),
  });
  const ofLevel = (level: (typeof orderLevels)[number]) =>
    figure(
      sum(counted, (one) => one.level === level),
      { level },
    );
  return {
    overdue: figure(
      sum(counted, () => true),
      {},
    ),
    yellow: ofLevel('yellow'),
    red: ofLevel('red'),
  };
}

export type OrderCounts = {
  states: Counted<{ kind: string; state: string; isOverdue: boolean }>;
  days: Counted<{ day: string; kind: string }>;
  items: Counted<{ item: string; text: Words; kind: string; isOpen: boolean }>;
};

/** What became of the orders opened in a span. */
export function orderFigures({ states, days, items }: OrderCounts, span: Span, part: Part) {
  const figure = (count: number, query: RowsQuery): Figure => ({
    count,
    rows: addressOf('/orders', { ...span, ...part, ...query }),
  });
  const ofState = (state: string) =>
    figure(
      sum(states, (one) => one.kind === 'timed' && one.state === state),
      { kind: 'timed', state },
    );
  const closedTimed = (isOverdue: boolean) =>
    figure(
      sum(states, (one) => one.kind === 'timed' && one.state === 'closed' && one.isOverdue === isOverdue),
      { kind: 'timed', state: 'closed', overdue: isOverdue },
    );
  const ofKind = (kind: string) =>
    figure(
      sum(states, (one) => one.kind === kind),
      { kind },
    );
  const [inTime, late] = [closedTimed(false), closedTimed(true)];
  const keys = [...new Set(items.map(({ item }) => item))];
  return {
    opened: figure(
      sum(states, () => true),
      {},
    ),
    onSite: ofKind('on-site'),
    timed: ofKind('timed'),
    open: ofState('open'),
    submitted: ofState('submitted'),
    closed: ofState('closed'),
    cancelled: ofState('cancelled'),
    closedInTime: inTime,
    closedLate: late,
    inTimeRate: rateOf(inTime.count, inTime.count + late.count),
    days: daysOf(span).map(({ day, from, to }) => {
      const ofDay = (kind: string) =>
        figure(
          sum(days, (one) => one.day === day && one.kind === kind),
          { from, to, kind },
        );
      return { day, onSite: ofDay('on-site'), timed: ofDay('timed') };
    }),
    items: mostFirst(
      keys.map((item) => {
        const own = items.filter((one) => one.item === item);
        const ofItem = (isMeant: (one: (typeof own)[number]) => boolean, query: RowsQuery) =>
          figure(sum(own, isMeant), { item, ...query });
        return {
          item,
          text: own[0]?.text ?? { zh: item, en: item },
          opened: ofItem(() => true, {}),
          onSite: ofItem(({ kind }) => kind === 'on-site', { kind: 'on-site' }),
          timed: ofItem(({ kind }) => kind === 'timed', { kind: 'timed' }),
          unsettled: ofItem(({ isOpen }) => isOpen, { state: ['open', 'submitted'] }),
        };
      }),
      ({ opened }) => opened.count,
    ),
  };
}
