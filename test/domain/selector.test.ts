// The selector grammar: what its filter finds in MongoDB is what a plain reading of {where, except} finds.
import { expect } from 'chai';
import fc from 'fast-check';
import { MerchantModel } from '../../models/merchant.ts';
import type { Condition, Selector } from '../../server/domain/selector.ts';
import { isPointInside } from '../../server/lib/geo.ts';
import { filterOf } from '../../server/domain/zone-grounds.ts';
import { squareAround } from '../support/zones.ts';
import { ZoneModel, type ZoneOutline } from '../../models/zone.ts';
import { emptyWorld } from '../support/world.ts';

const day = (n: number) => new Date(Date.UTC(2022, 10, n));
const pick = <T>(values: T[], n: number) => values[n % values.length] as T;

/** Every combination of a few values, so that each field matters. */
const shops = Array.from({ length: 120 }, (_, i) => ({
  _id: `shop-${i}`,
  status: pick(['listed', 'suspended', 'removed'] as const, i),
  areas: ['23', '2301', '230104', pick(['230104001', '230104005'], i >> 1)],
  subdistrict: pick(['230104001', '230104005'], i >> 1),
  category: pick(['pharmacy', 'supermarket', 'convenience'], i >> 2),
  taskForces: pick([['market'], ['trade'], ['market', 'trade']], i >> 3),
  site: pick([null, 'market-1', 'mall-1'], i >> 1),
  siteKind: pick([null, 'farm-market', 'mall'], i >> 1),
  mode: pick([['in-store'], ['delivery'], ['in-store', 'delivery']] as const, i >> 4),
  risk: pick([null, 'A', 'B'], i >> 2),
  openOrders: i % 5 === 0 ? 2 : 0,
  lastVisit: i % 4 === 0 ? null : { at: day(1 + (i % 28)), result: 'passed' },
  doorCode: `code-${i}`,
  district: '230104',
  uscc: null,
  registerNumber: null,
  // A street of shops through the zones, every seventh without a place.
  point:
    i % 7 === 0
      ? null
      : {
          type: 'Point' as const,
          coordinates: [126.6 + i / 1_500, 45.75 + (i % 11) / 150] as [number, number],
        },
}));
type Shop = (typeof shops)[number];

const zone = (_id: string, area: string, outline: ZoneOutline) => ({
  _id,
  name: { zh: _id, en: _id },
  area,
  areas: [area],
  outline,
  from: day(1),
  to: null,
  withdrawn: false,
});
/** A square, one that leans on it from the other subdistrict, and a thin one with a dent. */
const zones = [
  zone('square', '230104', squareAround([126.62, 45.78], 0.0303)),
  zone('leaning', '230104005', squareAround([126.64, 45.79], 0.0501)),
  zone('dented', '230104', {
    type: 'Polygon',
    coordinates: [
      [
        [126.601, 45.7511],
        [126.683, 45.7523],
        [126.643, 45.7701],
        [126.682, 45.8203],
        [126.603, 45.8107],
        [126.601, 45.7511],
      ],
    ],
  }),
];

const some = <T>(...values: T[]) =>
  fc.oneof(
    fc.constantFrom(...values),
    fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }),
  );
const condition: fc.Arbitrary<Condition> = fc.record(
  {
    status: some('listed' as const, 'suspended' as const, 'removed' as const),
    area: some('230104', '230104001', '230104005', '230199'),
    subdistrict: some('230104001', '230104005'),
    category: some('pharmacy', 'supermarket', 'convenience', 'other'),
    taskForce: some('market', 'trade', 'health'),
    site: some('market-1', 'mall-1'),
    'site.kind': some('farm-market', 'mall'),
    mode: some('in-store' as const, 'delivery' as const, 'pick-up' as const),
    risk: some('A', 'B'),
    id: some('shop-1', 'shop-2', 'shop-60'),
    doorCode: some('code-3', 'code-61'),
    hasOpenOrders: fc.boolean(),
    notVisitedSince: fc.integer({ min: 1, max: 28 }).map((n) => day(n).toISOString()),
    visitedSince: fc.integer({ min: 1, max: 28 }).map((n) => day(n).toISOString()),
    lastVisit: some('passed', 'orders', 'never'),
    zone: some('square', 'leaning', 'dented', 'nowhere'),
  },
  { requiredKeys: [] },
);

const valuesOf: Record<string, (shop: Shop) => readonly (string | null)[]> = {
  status: ({ status }) => [status],
  area: ({ areas }) => areas,
  subdistrict: ({ subdistrict }) => [subdistrict],
  category: ({ category }) => [category],
  taskForce: ({ taskForces }) => taskForces,
  site: ({ site }) => [site],
  'site.kind': ({ siteKind }) => [siteKind],
  mode: ({ mode }) => mode,
  risk: ({ risk }) => [risk],
  id: ({ _id }) => [_id],
  doorCode: ({ doorCode }) => [doorCode],
  lastVisit: ({ lastVisit }) => [lastVisit?.result ?? 'never'],
  zone: ({ point, areas }) =>
    zones
      .filter(
        ({ area, outline }) =>
          point !== null && areas.includes(area) && isPointInside([outline.coordinates], point.coordinates),
      )
      .map(({ _id }) => _id),
};

function matches(shop: Shop, wanted: Condition): boolean {
  return Object.entries(wanted).every(([field, value]) => {
    if (field === 'hasOpenOrders') return shop.openOrders > 0 === value;
    if (field === 'notVisitedSince')
      return shop.lastVisit === null || shop.lastVisit.at < new Date(String(value));
    if (field === 'visitedSince')
      return shop.lastVisit !== null && shop.lastVisit.at >= new Date(String(value));
    const alternatives: unknown[] = Array.isArray(value) ? value : [value];
    return valuesOf[field]?.(shop).some((one) => alternatives.includes(one)) ?? false;
  });
}

describe('a selector', () => {
  before(async () => {
    await emptyWorld();
    await MerchantModel.collection.insertMany(shops as never[]);
    await ZoneModel.insertMany(zones);
  });

  after(async () => {
    await emptyWorld();
  });

  async function found(selector: Selector): Promise<string[]> {
    const records = await MerchantModel.find(await filterOf(selector), { _id: 1 }).lean();
    return records.map(({ _id }) => _id).sort();
  }

  it('finds what a plain reading of where and except finds', async () => {
    const selector = fc.record({ where: condition, except: condition }, { requiredKeys: ['where'] });
    await fc.assert(
      fc.asyncProperty(selector, async ({ where, except }) => {
        const isEmpty = except === undefined || Object.keys(except).length === 0;
        const expected = shops
          .filter((shop) => matches(shop, where) && (isEmpty || !matches(shop, except)))
          .map(({ _id }) => _id)
          .sort();
        expect(await found({ where, ...(except && { except }) })).to.deep.equal(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('knows zones that hold some, but not all, and no shop without a place', async () => {
    for (const { _id } of zones) {
      const inside = await found({ where: { zone: _id } });
      expect(inside.length, _id).to.be.within(3, 100);
      expect(inside).to.not.include('shop-70');
    }
    expect(await found({ where: { zone: 'nowhere' } })).to.deep.equal([]);
  });

  it('leaves out only those who meet all of the exception at once', async () => {
    const where = { 'site.kind': 'mall' };
    const all = await found({ where });
    const open = await found({ where, except: { category: 'supermarket', risk: 'A' } });
    const kept = shops.filter(
      ({ _id, category, risk }) => all.includes(_id) && !(category === 'supermarket' && risk === 'A'),
    );
    expect(open).to.deep.equal(kept.map(({ _id }) => _id).sort());
    expect(await found({ where, except: {} })).to.deep.equal(all);
  });

  it('without any field finds everybody', async () => {
    expect(await found({ where: {} })).to.have.length(shops.length);
  });
});
