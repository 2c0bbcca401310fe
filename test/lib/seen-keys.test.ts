// What is remembered of very many keys in little room says the same as a map of them.
import { expect } from 'chai';
import fc from 'fast-check';
import { SeenKeys } from '../../server/lib/seen-keys.ts';

describe('seen keys', () => {
  it('tell the first number of each key, as a map does', () => {
    const keys = fc.array(fc.tuple(fc.string({ maxLength: 2 }), fc.integer({ min: 1, max: 2 ** 32 - 1 })));
    fc.assert(
      fc.property(keys, (added) => {
        const seen = new SeenKeys();
        const known = new Map<string, number>();
        for (const [key, number] of added) {
          expect(seen.get(key)).to.equal(known.get(key) ?? null);
          seen.add(key, number);
          if (!known.has(key)) known.set(key, number);
          expect(seen.get(key)).to.equal(known.get(key));
        }
      }),
    );
  });

  it('take little room however many they are', () => {
    const before = process.memoryUsage();
    const seen = new SeenKeys();
    for (let i = 1; i <= 200_000; i += 1) seen.add(`230104/uscc/92230104MA${i}/1`, i);
    const { arrayBuffers } = process.memoryUsage();
    expect(arrayBuffers - before.arrayBuffers).to.be.below(24 * 1_048_576);
    for (const i of [1, 777, 200_000]) expect(seen.get(`230104/uscc/92230104MA${i}/1`)).to.equal(i);
    expect(seen.has('230104/uscc/92230104MA0/1')).to.equal(false);
  });
});
