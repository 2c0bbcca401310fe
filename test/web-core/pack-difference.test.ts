// The pack on the phone, brought up to date by a difference: what comes of it is the pack that the server has, whatever has changed.
import { expect } from 'chai';
import fc from 'fast-check';
import { differenceSince, partOf, smallLists, versionOf } from '../../server/domain/pack-versions.ts';
import type { Pack } from '../../web/src/inspect/core/contract.ts';
import {
  applied,
  isDifference,
  isPack,
  type PackDifference,
} from '../../web/src/inspect/core/pack-difference.ts';

const ids = Array.from(
  { length: 14 },
  (_, at) => `01930f2e-0000-7000-8000-0000000000${(at * 7 + 9).toString(16).padStart(2, '0')}`,
);
/** Some ids of the same part, too. */
const merchants = [...ids, ...ids.slice(0, 4).map((id) => id.replace('01930f2e', '01930f2f'))];

type Content = Parameters<typeof versionOf>[0];
const shop = fc.record({ name: fc.constantFrom('康宁药店', '松江鲜果行', '搬走的'), at: fc.nat(3) });
const aList = (low: string) =>
  fc
    .array(fc.record({ merchant: fc.constantFrom(...merchants), what: fc.nat(2) }), { maxLength: 12 })
    .map((all) => all.map((one, at) => ({ id: `${low}${at}`, ...one })).sort(byMerchant));
const byMerchant = (a: { merchant: string }, b: { merchant: string }) =>
  a.merchant === b.merchant ? 0 : a.merchant < b.merchant ? -1 : 1;
const few = fc.array(fc.nat(2), { maxLength: 2 });
const content: fc.Arbitrary<Content> = fc
  .record({
    shops: fc.array(fc.option(shop), { minLength: merchants.length, maxLength: merchants.length }),
    orders: aList('order'),
    visits: aList('visit'),
    lists: fc.record({
      areas: few,
      categories: few,
      checklists: few,
      keys: few,
      sites: few,
      taskForces: few,
      colleagues: few,
    }),
  })
  .map(({ shops, orders, visits, lists }) => ({
    ...lists,
    merchants: shops
      .flatMap((one, at) => (one ? [{ id: merchants[at] ?? '', ...one }] : []))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    orders,
    visits,
  }));

/** As the server sends it, through JSON. */
const sent = <T>(value: object): T => JSON.parse(JSON.stringify(value)) as T;
const wholeOf = (made: Content) => sent<Pack>({ madeAt: '', version: versionOf(made, '').text, ...made });
function differenceOf(made: Content, since: string | undefined): PackDifference {
  const version = versionOf(made, '');
  const difference = differenceSince(made, since ?? '', version);
  if (!difference) throw new Error('the server cannot tell');
  return sent({ madeAt: '', version: version.text, ...difference });
}

describe('the difference of a pack', function () {
  // Two hundred and more digests a version, some hundred versions a test.
  this.timeout(20_000);

  it('makes the new pack of the old one, whatever has changed', () => {
    fc.assert(
      fc.property(content, content, (before, after) => {
        const pack = wholeOf(before);
        const difference = differenceOf(after, pack.version);
        expect(isDifference(difference)).to.equal(true);
        expect(isPack(difference) && !isDifference(difference)).to.equal(false);
        expect(applied(pack, difference)).to.deep.equal(wholeOf(after));
      }),
      { numRuns: 200 },
    );
  });

  it('may be taken by steps, or with steps left out', () => {
    fc.assert(
      fc.property(content, fc.array(content, { minLength: 1, maxLength: 4 }), (first, later) => {
        const stepped = later.reduce<Pack>(
          (pack, made) => applied(pack, differenceOf(made, pack.version)) ?? pack,
          wholeOf(first),
        );
        expect(stepped).to.deep.equal(wholeOf(later.at(-1) ?? first));
      }),
    );
  });

  it('of nothing is nothing, and of one shop is that shop and its neighbours of the same part', () => {
    fc.assert(
      fc.property(content, fc.constantFrom(...merchants), (before, id) => {
        const version = versionOf(before, '').text;
        const nothing = differenceOf(before, version);
        expect(nothing.parts).to.deep.equal([]);
        expect(smallLists.some((list) => list in nothing)).to.equal(false);
        const others = before.merchants.filter((one) => one.id !== id);
        const changed = [...others, { id, name: '新的' }].sort((a, b) => (a.id < b.id ? -1 : 1));
        const after = { ...before, merchants: changed };
        const difference = differenceOf(after, version);
        expect(difference.parts).to.deep.equal([partOf(id)]);
        expect(difference.merchants.every((one) => partOf(one.id) === partOf(id))).to.equal(true);
      }),
    );
  });

  it('is not told from the version of another scope, of another make, or from no version at all', () => {
    fc.assert(
      fc.property(content, fc.string({ maxLength: 40 }), (made, typed) => {
        const version = versionOf(made, 'here');
        expect(differenceSince(made, versionOf(made, 'there').text, version)).to.equal(null);
        expect(differenceSince(made, typed, version)).to.equal(null);
        expect(differenceSince(made, version.text.slice(0, -8), version)).to.equal(null);
        expect(differenceSince(made, `B${version.text.slice(1)}`, version)).to.equal(null);
      }),
    );
  });

  it('is given up where the phone holds another pack than the server means', () => {
    fc.assert(
      fc.property(content, (made) => {
        const pack = wholeOf(made);
        const [lost] = pack.merchants;
        const without = { ...pack, merchants: pack.merchants.slice(1) };
        const outcome = applied(without, differenceOf(made, pack.version));
        expect(outcome === null).to.equal(lost !== undefined);
      }),
    );
  });

  it('has a version of about two kilobytes', () => {
    fc.assert(
      fc.property(content, (made) => {
        expect(versionOf(made, '').text).to.match(/^[A-Za-z0-9_-]{2000,2200}$/);
      }),
    );
  });
});
