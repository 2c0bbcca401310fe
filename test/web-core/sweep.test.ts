// A sweep on the phone: which shop comes next, and that none comes twice a day.
import { expect } from 'chai';
import fc from 'fast-check';
import type { PackedVisit, Shop } from '../../web/src/inspect/core/contract.ts';
import { metresBetween } from '../../web/src/inspect/core/places.ts';
import { groundsOf, sweepOf, visitedShops } from '../../web/src/inspect/core/sweep.ts';
import { aShop } from './a-shop.ts';

const market = { kind: 'site' as const, key: 'market' };
const here = { lng: 126.64, lat: 45.78, accuracy: 8 };
/** So many metres to the north of here. */
const north = (metres: number): [number, number] => [here.lng, here.lat + metres / 111_195];
const stall = (id: string, changes: Partial<Shop> = {}) => aShop(id, { site: 'market', ...changes });
const nobody = { visited: new Set<string>(), putOff: [], here: null };
const idsOf = (shops: Shop[]) => shops.map(({ id }) => id);
const visit = (merchant: string, arrivedAt: string, kind: PackedVisit['kind'] = 'routine'): PackedVisit => ({
  ...{ id: `visit of ${merchant}`, merchant, kind, arrivedAt },
  ...{ result: 'passed', inspectors: ['别人'] },
});
const isToday = (at: string) => at.startsWith('2022-11-29');

describe('a sweep', () => {
  it('goes by the numbers of the stalls where no position is known', () => {
    const shops = ['10号', '9号', '2号'].map((number, at) =>
      stall(String(at), { address: `太古街${number}` }),
    );
    expect(idsOf(sweepOf(shops, market, nobody).left)).to.deep.equal(['2', '1', '0']);
  });

  it('goes to the nearest first, but by the numbers where the position says nothing', () => {
    const shops = [
      stall('far', { point: north(300), address: '太古街1号' }),
      stall('third', { point: north(3), address: '太古街30号' }),
      stall('second', { point: north(5), address: '太古街4号' }),
      stall('nowhere', { address: '太古街2号' }),
    ];
    const { left } = sweepOf(shops, market, { ...nobody, here });
    expect(idsOf(left)).to.deep.equal(['second', 'third', 'far', 'nowhere']);
  });

  it('counts all of the place, and offers those that are open for a visit and not visited yet', () => {
    const shops = [
      stall('a'),
      stall('b'),
      stall('gone', { status: 'removed' }),
      stall('suspended', { status: 'suspended' }),
      aShop('outside'),
      stall('elsewhere', { site: 'another' }),
    ];
    const { all, left } = sweepOf(shops, market, { ...nobody, visited: new Set(['b']) });
    expect(all).to.equal(3);
    expect(idsOf(left)).to.deep.equal(['a', 'suspended']);
  });

  it('comes last to what was put off, and to that in the same order', () => {
    const shops = ['1', '2', '3', '4'].map((id) => stall(id, { address: `太古街${id}号` }));
    const { left } = sweepOf(shops, market, { ...nobody, putOff: ['2', '1'] });
    expect(idsOf(left)).to.deep.equal(['3', '4', '2', '1']);
  });

  it('knows of a visit of today from the outbox, the pack, or the shop’s own last visit', () => {
    const shops = [
      aShop('a'),
      aShop('b', { lastVisit: { at: '2022-11-29T01:00:00.000Z', result: 'passed' } }),
      aShop('c', { lastVisit: { at: '2022-11-28T01:00:00.000Z', result: 'passed' } }),
    ];
    const visits = [
      visit('a', '2022-11-29T02:00:00.000Z'),
      visit('c', '2022-11-28T02:00:00.000Z'),
      visit('self', '2022-11-29T02:00:00.000Z', 'self'),
    ];
    const outbox = ['2022-11-29T03:00:00.000Z', '2022-11-28T03:00:00.000Z'].map((sealedAt, at) => ({
      sealedAt,
      shop: { id: `outbox ${at}`, code: '', name: '' },
    }));
    const visited = visitedShops({ merchants: shops, visits }, outbox, isToday);
    expect([...visited].sort()).to.deep.equal(['a', 'b', 'outbox 0']);
  });

  it('offers each shop once, in rings of the position’s error, whatever the market', () => {
    const shops = fc.uniqueArray(
      fc.record({
        id: fc.string({ minLength: 1, maxLength: 8 }),
        metres: fc.option(fc.integer({ min: 0, max: 900 })),
        number: fc.integer({ min: 1, max: 400 }),
        visited: fc.boolean(),
      }),
      { selector: ({ id }) => id, maxLength: 40 },
    );
    fc.assert(
      fc.property(shops, fc.integer({ min: 1, max: 80 }), (made, accuracy) => {
        const stalls = made.map(({ id, metres, number }) =>
          stall(id, { address: `太古街${number}号`, point: metres === null ? null : north(metres) }),
        );
        const visited = new Set(made.filter((one) => one.visited).map(({ id }) => id));
        const { all, left } = sweepOf(stalls, market, { visited, putOff: [], here: { ...here, accuracy } });
        expect(new Set(idsOf(left)).size).to.equal(left.length);
        expect(left.length + visited.size).to.equal(all);
        expect(idsOf(left).filter((id) => visited.has(id))).to.deep.equal([]);
        const away = left.map(({ point }) =>
          point ? metresBetween([here.lng, here.lat], point) : Number.MAX_VALUE,
        );
        // Nobody is sent past a shop that is nearer by more than the position may be off.
        away.slice(1).forEach((metres, at) => {
          expect(metres).to.be.at.least((away[at] ?? 0) - Math.max(10, accuracy));
        });
      }),
    );
  });
});

describe('the places to sweep', () => {
  const shops = [
    stall('a', { point: north(200) }),
    stall('b', { point: north(90) }),
    ...['c', 'd'].map((id) =>
      aShop(id, { address: `靖宇街${id}号`.replace(/[cd]/u, '7'), point: north(40) }),
    ),
    aShop('alone', { address: '承德街3号' }),
    aShop('removed', { address: '承德街5号', status: 'removed' }),
  ];
  const sites = [{ id: 'market', name: '靖宇早市' }];

  it('are markets, and streets with several shops outside of them, the nearest first', () => {
    const found = groundsOf({ merchants: shops, sites }, new Set(['a']), here);
    expect(found.map(({ kind, name, all, left }) => [kind, name, all, left])).to.deep.equal([
      ['street', '靖宇街', 2, 2],
      ['site', '靖宇早市', 2, 1],
    ]);
    expect(found[1]?.metres).to.be.closeTo(90, 1);
  });

  it('come last when all of them are visited', () => {
    const found = groundsOf({ merchants: shops, sites }, new Set(['c', 'd']), here);
    expect(found.map(({ name }) => name)).to.deep.equal(['靖宇早市', '靖宇街']);
  });
});
