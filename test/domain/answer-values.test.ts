// Values of answers: what a threshold or an option makes of them, and what is said where an answer contradicts itself.
import { expect } from 'chai';
import fc from 'fast-check';
import type { ChecklistItem, NumberRule } from '../../models/checklist.ts';
import { type Outcome, outcomes, type VisitAnswer } from '../../models/visit.ts';
import { faultsOfValue, outcomeOfValue } from '../../server/domain/answer-values.ts';

const words = (zh: string, en = zh) => ({ zh, en });
const item = (parts: Partial<ChecklistItem>): ChecklistItem => ({
  key: 'one',
  text: words('一项', 'one item'),
  guidance: null,
  kind: 'outcome',
  severity: 'major',
  photo: 'never',
  ...parts,
});
const number = (rule: Omit<NumberRule, 'unit'>) =>
  item({ kind: 'number', number: { unit: words('°C'), ...rule } });
const temperature = number({ min: 30, max: 45, passes: { below: 37.3 } });
const occupancy = number({ min: 0, passes: { atMost: 100 } });
const between = number({ passes: { above: 2, atMost: 8 } });
const atLeast = number({ passes: { atLeast: 2 } });
const choice = item({
  kind: 'choice',
  options: [
    { key: 'complete', text: words('齐全'), fails: false },
    { key: 'gaps', text: words('有漏登'), fails: true },
  ],
});

const pathsOf = (of: ChecklistItem, answer: Omit<VisitAnswer, 'item'>) =>
  faultsOfValue({ item: 'one', ...answer }, of, '/answers/3').map(({ path }) => path);

describe('the value of an answer', () => {
  const judged: [string, ChecklistItem, number | string, 'pass' | 'fail' | null][] = [
    ['37.2 °C, where below 37.3 passes', temperature, 37.2, 'pass'],
    ['37.3 °C itself', temperature, 37.3, 'fail'],
    ['less than may be entered', temperature, 29.9, null],
    ['more than may be entered', temperature, 45.1, null],
    ['the least that may be entered', temperature, 30, 'pass'],
    ['the most that may be entered', temperature, 45, 'fail'],
    ['a full shop', occupancy, 100, 'pass'],
    ['one too many', occupancy, 101, 'fail'],
    ['the open end of a range', between, 2, 'fail'],
    ['within a range', between, 2.1, 'pass'],
    ['the closed end of a range', between, 8, 'pass'],
    ['the least that passes', atLeast, 2, 'pass'],
    ['under it', atLeast, 1.99, 'fail'],
    ['words for a number', temperature, '36.5', null],
    ['an option that passes', choice, 'complete', 'pass'],
    ['an option that fails', choice, 'gaps', 'fail'],
    ['an option that is not there', choice, 'none', null],
    ['a number for an option', choice, 1, null],
  ];
  for (const [what, of, value, outcome] of judged)
    it(`is judged: ${what} is ${outcome ?? 'no value of this item'}`, () => {
      expect(outcomeOfValue(of, value)).to.equal(outcome);
    });

  it('is needed for pass and fail, and not for what was not looked at', () => {
    for (const of of [temperature, choice]) {
      expect(pathsOf(of, { outcome: 'pass' })).to.deep.equal(['/answers/3/value']);
      expect(pathsOf(of, { outcome: 'fail', value: null })).to.deep.equal(['/answers/3/value']);
      expect(pathsOf(of, { outcome: 'na' })).to.deep.equal([]);
      expect(pathsOf(of, { outcome: 'unchecked', value: null })).to.deep.equal([]);
    }
    expect(pathsOf(temperature, { outcome: 'na', value: 'x' })).to.deep.equal(['/answers/3/value']);
  });

  it('means nothing to an item that is judged by eye, nor to one from before there were thresholds', () => {
    expect(pathsOf(item({}), { outcome: 'pass', value: 3 })).to.deep.equal([]);
    expect(pathsOf(item({ kind: 'number' }), { outcome: 'fail', value: 3 })).to.deep.equal([]);
    expect(pathsOf(item({ kind: 'choice' }), { outcome: 'pass' })).to.deep.equal([]);
  });

  it('that contradicts its outcome is told what to send', () => {
    const [fault] = faultsOfValue({ item: 'one', outcome: 'pass', value: 37.5 }, temperature, '/answers/0');
    expect(fault?.path).to.equal('/answers/0/outcome');
    expect(fault?.message).to.include('须填 fail').and.include('send outcome "fail"');
    const [missing] = faultsOfValue({ item: 'one', outcome: 'pass' }, temperature, '/answers/0');
    expect(missing?.message).to.include('不小于 30').and.include('45 or less');
  });

  it('is accepted if, and only if, it may be entered and the outcome agrees with the threshold', () => {
    const tenths = fc.integer({ min: -1_000, max: 1_000 }).map((value) => value / 10);
    const lower = fc.oneof(
      fc.constant({}),
      tenths.map((above) => ({ above })),
      tenths.map((atLeast) => ({ atLeast })),
    );
    const upper = fc.oneof(
      fc.constant({}),
      tenths.map((below) => ({ below })),
      tenths.map((atMost) => ({ atMost })),
    );
    const bounds = fc.record({ min: tenths, max: tenths }, { requiredKeys: [] });
    fc.assert(
      fc.property(
        lower,
        upper,
        bounds,
        tenths,
        fc.constantFrom<Outcome>(...outcomes),
        (low, up, range, value, outcome) => {
          const passes: NumberRule['passes'] = { ...low, ...up };
          const {
            above = -Infinity,
            atLeast: least = -Infinity,
            below = Infinity,
            atMost = Infinity,
          } = passes;
          const good = !(value <= above) && !(value < least) && !(value >= below) && !(value > atMost);
          const may = !(value < (range.min ?? -Infinity)) && !(value > (range.max ?? Infinity));
          const agrees = outcome === 'na' || outcome === 'unchecked' || (outcome === 'pass') === good;
          const accepted = pathsOf(number({ ...range, passes }), { outcome, value }).length === 0;
          expect(accepted).to.equal(may && agrees);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
