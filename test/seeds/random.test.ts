// Seeded random numbers: equal seeds give equal streams, and streams do not disturb each other.
import { expect } from 'chai';
import fc from 'fast-check';
import { makeRandom } from '../../server/seeds/random.ts';

const draws = (seed: string): number[] => {
  const random = makeRandom(seed);
  return Array.from({ length: 20 }, () => random.next());
};

describe('seeded random numbers', () => {
  it('repeat for a seed and differ between seeds', () => {
    expect(draws('a')).to.deep.equal(draws('a'));
    expect(draws('a')).to.not.deep.equal(draws('b'));
  });

  it('are the same on every machine', () => {
    expect(makeRandom('mingdan').uuid()).to.equal('84b36f23-95d6-4718-8b68-45478c00efc0');
    expect(makeRandom('mingdan').int(0, 999_999)).to.equal(518330);
  });

  it('give a fork that does not depend on what was drawn before', () => {
    const used = makeRandom('a');
    used.next();
    expect(used.fork('x').next()).to.equal(makeRandom('a').fork('x').next());
    expect(used.fork('x').next()).to.not.equal(used.fork('y').next());
  });

  it('stay within their bounds', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: -50, max: 50 }), fc.nat(100), (seed, min, size) => {
        const random = makeRandom(seed);
        expect(random.int(min, min + size)).to.be.within(min, min + size);
        expect(random.next()).to.be.within(0, 1 - Number.EPSILON);
        expect(Math.abs(random.gauss())).to.be.at.most(3.5);
      }),
    );
  });

  it('shuffle keeps every element and leaves the array alone', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.integer()), (seed, items) => {
        const before = [...items];
        const shuffled = makeRandom(seed).shuffle(items);
        expect(items).to.deep.equal(before);
        expect([...shuffled].sort()).to.deep.equal(before.sort());
      }),
    );
  });

  it('weigh: a key without weight never comes up', () => {
    const random = makeRandom('weights');
    const counts = { often: 0, seldom: 0, never: 0 };
    for (let i = 0; i < 1000; i += 1) counts[random.weighted({ often: 9, seldom: 1, never: 0 })] += 1;
    expect(counts.never).to.equal(0);
    expect(counts.seldom).to.be.within(60, 140);
  });

  it('refuse to pick from nothing', () => {
    expect(() => makeRandom('a').pick([])).to.throw(RangeError);
    expect(() => makeRandom('a').weighted({})).to.throw(RangeError);
  });

  it('make UUIDs that are well formed and different', () => {
    const random = makeRandom('ids');
    const ids = Array.from({ length: 200 }, () => random.uuid());
    expect(new Set(ids).size).to.equal(200);
    for (const id of ids)
      expect(id).to.match(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/u);
  });
});
