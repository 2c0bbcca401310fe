// The plan of sample visits: as many visits and photos as asked for, at possible times and places, the same each time.
import { expect } from 'chai';
import { generateMerchants } from '../../server/seeds/merchants.ts';
import { makeRandom } from '../../server/seeds/random.ts';
import { photoSlotsOf } from '../../server/seeds/visit-photos.ts';
import { planVisits } from '../../server/seeds/visits-plan.ts';

const merchants = generateMerchants(makeRandom('test'), 'daowai');
const byKey = new Map(merchants.map((merchant) => [merchant.key, merchant]));
const options = { days: 30, visits: 1500, photos: 600 };
const plan = planVisits(makeRandom('test'), merchants, options);
const answers = plan.flatMap((visit) => visit.answers);
const timed = plan.flatMap(({ dayOffset, answers: found }) =>
  found.flatMap(({ fix }) => (fix?.kind === 'timed' ? [{ dayOffset, order: fix.order }] : [])),
);

describe('the plan of sample visits', () => {
  it('has 1,500 visits in thirty days, oldest first, within working hours', () => {
    expect(plan).to.have.length(1500);
    expect(new Set(plan.map(({ dayOffset }) => dayOffset)).size).to.equal(30);
    expect(plan.map(({ dayOffset }) => -dayOffset)).to.deep.equal(
      plan.map(({ dayOffset }) => -dayOffset).sort((a, b) => a - b),
    );
    for (const { dayOffset, minuteOfDay, minutes } of plan) {
      expect(dayOffset).to.be.within(1, 30);
      expect(minuteOfDay).to.be.at.least(510);
      expect(minuteOfDay + minutes).to.be.at.most(1060);
    }
  });

  it('is the same for the same seed', () => {
    expect(planVisits(makeRandom('test'), merchants, options)).to.deep.equal(plan);
  });

  it('visits only the listed and the suspended, and most of the suspended', () => {
    const visited = plan.map(({ merchantKey }) => byKey.get(merchantKey)?.fate);
    expect(new Set(visited)).to.deep.equal(new Set(['listed', 'suspended']));
    expect(visited.filter((fate) => fate === 'suspended').length).to.be.above(30);
  });

  it('has exactly 600 photos, all different, with every place filled that needs one', () => {
    const slots = answers.flatMap(photoSlotsOf);
    const serials = slots.flatMap(({ photos }) => photos);
    expect(serials).to.have.length(600);
    expect([...serials].sort((a, b) => a - b)).to.deep.equal(Array.from({ length: 600 }, (_, i) => i));
    for (const { outcome, photos, fix } of answers) {
      if (outcome === 'fail') expect(photos).to.not.be.empty;
      if (fix?.kind === 'on-site') expect(fix.photos).to.not.be.empty;
      if (fix?.kind === 'timed' && fix.order.answer) expect(fix.order.answer.photos).to.not.be.empty;
    }
  });

  it('keeps to a smaller or larger number of photos too', () => {
    for (const photos of [0, 37, 900]) {
      const other = planVisits(makeRandom('test'), merchants, { ...options, photos });
      expect(
        other.flatMap((visit) => visit.answers.flatMap(photoSlotsOf)).flatMap((slot) => slot.photos),
      ).to.have.length(photos);
    }
  });

  it('finds a fault in about 18 of 100 visits, mostly fixed on the spot, and does not get in to about 3', () => {
    const faulty = plan.filter(({ answers: found }) => found.some(({ outcome }) => outcome === 'fail'));
    const fixes = answers.flatMap(({ fix }) => fix?.kind ?? []);
    expect(faulty.length / plan.length).to.be.within(0.15, 0.21);
    expect(fixes.filter((kind) => kind === 'on-site').length / fixes.length).to.be.within(0.65, 0.88);
    expect(plan.filter(({ noEntry }) => noEntry).length / plan.length).to.be.within(0.02, 0.045);
  });

  it('gives every fault a note and a fix, and no answers where nobody got in', () => {
    for (const { outcome, note, fix } of answers) {
      expect(fix !== null).to.equal(outcome === 'fail');
      if (outcome === 'fail') expect(note).to.be.a('string').that.is.not.empty;
    }
    for (const { noEntry, answers: found } of plan) expect(found.length).to.equal(noEntry ? 0 : 8);
  });

  it('leaves fresh orders open, closes most old ones, and forgets a few', () => {
    const old = timed.filter(({ dayOffset }) => dayOffset > 7);
    expect(old.filter(({ order }) => order.outcome === 'closed').length / old.length).to.be.above(0.7);
    expect(old.some(({ order }) => order.outcome === 'open')).to.equal(true);
    expect(timed.some(({ dayOffset, order }) => dayOffset <= 7 && order.outcome === 'open')).to.equal(true);
  });

  it('lets nothing happen to an order before its visit or after yesterday', () => {
    for (const { dayOffset, order } of timed) {
      const steps = [0, order.answeredAfterMinutes, order.decidedAfterMinutes].filter(
        (step) => step !== null,
      );
      expect(steps).to.deep.equal([...steps].sort((a, b) => a - b));
      expect(1060 + (steps.at(-1) ?? 0)).to.be.at.most(dayOffset * 1440 + 10);
    }
  });

  it('has nobody in two places at once, and rechecks made by somebody else', () => {
    const last = new Map<string, number>();
    for (const { inspector, dayOffset, minuteOfDay, minutes } of plan) {
      const day = `${inspector}/${dayOffset}`;
      expect(minuteOfDay).to.be.at.least(last.get(day) ?? 0);
      last.set(day, minuteOfDay + minutes);
    }
    for (const recheck of plan.filter(({ kind }) => kind === 'recheck')) {
      const first = plan.find(({ merchantKey }) => merchantKey === recheck.merchantKey);
      expect(first?.inspector).to.not.equal(recheck.inspector);
    }
  });

  it('keeps inspectors within the scopes that are given', () => {
    const inspectors = [
      {
        subdistricts: ['230104001', '230104002'],
        categories: ['convenience', 'catering', 'fruit-vegetable'],
      },
      { subdistricts: ['230104005'], categories: ['convenience', 'catering', 'fruit-vegetable'] },
      { categories: ['supermarket', 'wholesale-produce'] },
    ];
    for (const { inspector, merchantKey } of planVisits(makeRandom('scoped'), merchants, {
      ...options,
      inspectors,
    })) {
      const { subdistricts, categories } = inspectors[inspector] ?? {};
      const merchant = byKey.get(merchantKey);
      expect(categories).to.include(merchant?.category);
      if (subdistricts) expect(subdistricts).to.include(merchant?.subdistrict);
    }
  });
});
