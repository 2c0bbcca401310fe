// The pure parts of statistics: what a visit found at each item, spans and their days, facets over a table of combinations.
import { expect } from 'chai';
import fc from 'fast-check';
import type { Outcome, VisitAnswer } from '../../models/visit.ts';
import { type Combination, facetNames, facetsOf } from '../../server/domain/facets.ts';
import { addressOf } from '../../server/domain/rows.ts';
import { daysOf, spanOf } from '../../server/domain/spans.ts';
import { itemFilter, itemsFound } from '../../server/domain/visit-findings.ts';
import { Problem } from '../../server/lib/problem.ts';
import { matches } from '../support/matches.ts';

const answer = (item: string, outcome: Outcome, fix?: 'on-site' | 'timed'): VisitAnswer => ({
  item,
  outcome,
  ...(fix && { fix: { kind: fix } }),
});

describe('what a visit found at its items', () => {
  it('is each item once: at fault and how it was left, or in order', () => {
    const answers = [
      answer('mask', 'fail', 'on-site'),
      answer('scan', 'fail', 'timed'),
      answer('entrance', 'fail'),
      answer('temperature', 'pass'),
      answer('in-store', 'na'),
      answer('supervisor', 'unchecked'),
    ];
    expect(itemsFound({ answers })).to.deep.equal({
      findings: ['mask/on-site', 'scan/timed', 'entrance/unfixed'],
      passes: ['temperature'],
    });
  });

  it('has no findings at all where everything was in order', () => {
    expect(itemsFound({ answers: [answer('mask', 'pass')] })).to.deep.equal({ passes: ['mask'] });
    expect(itemsFound({ answers: [] })).to.deep.equal({ passes: [] });
  });

  it('is the least settled where sections differ, in whatever order they stand', () => {
    const answers = [
      answer('mask', 'pass'),
      answer('mask', 'fail'),
      answer('mask', 'fail', 'on-site'),
      answer('mask', 'fail', 'timed'),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(answers, { minLength: 4, maxLength: 4 }), (shuffled) => {
        expect(itemsFound({ answers: shuffled })).to.deep.equal({ findings: ['mask/timed'], passes: [] });
      }),
    );
  });

  it('is asked for by item and outcome', () => {
    const visit = itemsFound({ answers: [answer('mask', 'fail', 'timed'), answer('scan', 'pass')] });
    const outcomes = (item: string) =>
      (['pass', 'fail', 'on-site', 'timed', 'unfixed'] as const).filter((outcome) =>
        matches(visit, itemFilter(item, outcome)),
      );
    expect(outcomes('mask')).to.deep.equal(['fail', 'timed']);
    expect(outcomes('scan')).to.deep.equal(['pass']);
    expect(matches(visit, itemFilter('mask'))).to.equal(true);
  });
});

describe('a span', () => {
  const now = new Date('2022-12-01T03:28:00Z');
  const isWrong = (work: () => unknown) => {
    expect(work).to.throw(Problem).with.property('code', 'invalid-request');
  };

  it('is fourteen days in Shanghai with today, unless somebody says otherwise', () => {
    const usual = { from: new Date('2022-11-17T16:00:00Z'), to: new Date('2022-12-01T16:00:00Z') };
    expect(spanOf({}, now)).to.deep.equal(usual);
    expect(spanOf({ to: new Date('2022-11-30T16:00:00Z') }, now).from).to.deep.equal(
      new Date('2022-11-16T16:00:00Z'),
    );
    expect(spanOf({ from: now }, now)).to.deep.equal({ from: now, to: usual.to });
  });

  it('is neither empty nor longer than a year', () => {
    isWrong(() => spanOf({ from: now, to: now }, now));
    isWrong(() => spanOf({ from: new Date('2022-12-02T00:00:00Z') }, now));
    isWrong(() => spanOf({ from: new Date('2021-01-01T00:00:00Z') }, now));
  });

  it('consists of its days without a gap, however it begins and ends', () => {
    const instant = fc.integer({ min: 0, max: 100 * 86_400 }).map((s) => new Date(now.getTime() + s * 1_000));
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        fc.pre(a.getTime() !== b.getTime());
        const span = a < b ? { from: a, to: b } : { from: b, to: a };
        const days = daysOf(span);
        expect(days[0]?.from).to.deep.equal(span.from);
        expect(days.at(-1)?.to).to.deep.equal(span.to);
        days.slice(1).forEach(({ from }, i) => {
          expect(from).to.deep.equal(days[i]?.to);
          expect(from.getUTCHours()).to.equal(16);
        });
        expect(new Set(days.map(({ day }) => day)).size).to.equal(days.length);
      }),
    );
  });
});

describe('facets over combinations', () => {
  const values = fc.subarray(['a', 'b', 'c'], { minLength: 1, maxLength: 2 });
  const combination: fc.Arbitrary<Combination> = fc.record({
    ...Object.fromEntries(facetNames.map((name) => [name, values])),
    count: fc.integer({ min: 1, max: 9 }),
  });
  const chosen = fc.record(Object.fromEntries(facetNames.map((name) => [name, values])), {
    requiredKeys: [],
  });

  it('are what a plain reading of the other filters counts', () => {
    fc.assert(
      fc.property(fc.array(combination, { maxLength: 12 }), chosen, (combinations, filters) => {
        const { total, facets } = facetsOf(combinations, filters);
        const left = (wanted: Partial<Record<string, string[]>>) =>
          combinations
            .filter((one) =>
              facetNames.every((name) => wanted[name]?.some((value) => one[name]?.includes(value)) ?? true),
            )
            .reduce((sum, { count }) => sum + count, 0);
        expect(total).to.equal(left(filters));
        for (const name of facetNames)
          for (const { value, count } of facets[name])
            expect(count).to.equal(left({ ...filters, [name]: [value] }));
      }),
    );
  });
});

describe('the address of rows', () => {
  it('repeats a name for alternatives, writes instants, and leaves out what is not asked', () => {
    const query = { result: ['passed', 'fixed'], from: new Date(0), area: undefined, supervision: true };
    expect(addressOf('/visits', query)).to.equal(
      '/visits?result=passed&result=fixed&from=1970-01-01T00%3A00%3A00.000Z&supervision=true',
    );
  });
});
