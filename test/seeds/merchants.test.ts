// The sample merchants and sites: counted, well formed, inside the district, nobody real, the same each time.
import { expect } from 'chai';
import { isValidUscc } from '../../server/lib/uscc.ts';
import areas from '../../server/seeds/data/areas.json' with { type: 'json' };
import categoryData from '../../server/seeds/data/categories.json' with { type: 'json' };
import taskForceData from '../../server/seeds/data/task-forces.json' with { type: 'json' };
import { categoryProfiles } from '../../server/seeds/category-profiles.ts';
import type { SeedMerchant } from '../../server/seeds/merchants.ts';
import { generateMerchants } from '../../server/seeds/merchants.ts';
import type { DemoDistrict } from '../../server/seeds/places.ts';
import { DISTRICT_CODES, insideDistrict, metresBetween, placesOf } from '../../server/seeds/places.ts';
import { makeRandom } from '../../server/seeds/random.ts';
import { generateSites } from '../../server/seeds/sites.ts';

const districts: DemoDistrict[] = ['daowai', 'second'];
const merchantsOf = Object.fromEntries(
  districts.map((district) => [district, generateMerchants(makeRandom('test'), district)]),
) as Record<DemoDistrict, SeedMerchant[]>;
const daowai = merchantsOf.daowai;

const countBy = <T>(items: T[], key: (item: T) => string): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const item of items) counts[key(item)] = (counts[key(item)] ?? 0) + 1;
  return counts;
};

describe('the reference data', () => {
  it('has 23 categories with 6,029 merchants, each led by exactly one of seven task forces', () => {
    const { categories } = categoryData;
    const forces = taskForceData.taskForces.filter(({ kind }) => kind === 'task-force');
    expect(categories).to.have.length(23);
    expect(categories.reduce((sum, { count }) => sum + count, 0)).to.equal(6029);
    expect(forces).to.have.length(7);
    for (const { key, taskForce } of categories) {
      const leads = forces.filter((force) => force.categories.some((category) => category === key));
      expect(
        leads.map((force) => force.key),
        key,
      ).to.deep.equal([taskForce]);
    }
  });

  it('explains every class, and the profiles use no other', () => {
    const known = new Set(categoryData.classes.map(({ code }) => code));
    for (const { key, gbt4754 } of categoryData.categories) {
      const profile = categoryProfiles[key];
      const used = [...(profile?.trades ?? []), ...(profile?.stallTrades ?? [])].map(([, code]) => code);
      expect(used, key).to.not.be.empty;
      for (const code of used) expect(gbt4754, key).to.include(code);
      for (const code of gbt4754) expect(known.has(code), code).to.equal(true);
    }
  });

  it('lists areas whose parents exist, none twice', () => {
    const codes = areas.areas.map(({ code }) => code);
    expect(new Set(codes).size).to.equal(codes.length);
    expect(codes.filter((code) => /^230104\d{3}$/u.test(code))).to.have.length(29);
    for (const { parent } of areas.areas) if (parent !== null) expect(codes).to.include(parent);
  });
});

describe('the sample merchants', () => {
  it('are 6,029 listed ones in Daowai, by category as in the table', () => {
    const listed = daowai.filter(({ fate }) => fate === 'listed');
    const table = Object.fromEntries(categoryData.categories.map(({ key, count }) => [key, count]));
    expect(listed).to.have.length(6029);
    expect(countBy(listed, ({ category }) => category)).to.deep.equal(table);
  });

  it('have the other fates in the numbers meant', () => {
    expect(countBy(daowai, ({ fate }) => fate)).to.deep.equal({
      listed: 6029,
      applying: 36,
      verifying: 24,
      suspended: 45,
      removed: 30,
      rejected: 10,
    });
    expect(merchantsOf.second.filter(({ fate }) => fate === 'listed').length).to.be.within(110, 140);
  });

  it('are the same for the same seed, and others for another', () => {
    expect(generateMerchants(makeRandom('test'), 'daowai')).to.deep.equal(daowai);
    expect(generateMerchants(makeRandom('other'), 'second')).to.not.deep.equal(merchantsOf.second);
  });

  for (const district of districts) {
    const merchants = merchantsOf[district];
    const sites = new Map(generateSites(makeRandom('test'), district).map((site) => [site.key, site]));

    it(`of ${district} are named, registered and placed once each`, () => {
      const codes = merchants.filter(({ uscc }) => uscc).map(({ uscc, outlet }) => `${uscc}/${outlet}`);
      const numbers = merchants.flatMap(({ registerNumber }) => registerNumber ?? []);
      for (const values of [
        codes,
        numbers,
        merchants.map(({ key }) => key),
        merchants.map(({ name }) => name),
        merchants.map(({ point }) => point.join()),
        merchants.map(({ contact }) => contact.phone),
      ]) {
        expect(new Set(values).size).to.equal(values.length);
      }
    });

    it(`of ${district} have well-formed codes, 91 or 92, or a register number, or neither`, () => {
      for (const { uscc, outlet, registerNumber } of merchants) {
        if (uscc !== null) expect(isValidUscc(uscc), uscc).to.equal(true);
        if (uscc !== null) expect(uscc).to.match(/^9[12]/u);
        expect(outlet).to.be.at.least(1);
        expect(uscc === null || registerNumber === null).to.equal(true);
      }
    });

    it(`of ${district} stand inside the outline, in a subdistrict of it, at the site they name`, () => {
      const places = new Map(placesOf(district).map((place) => [place.code, place]));
      for (const { key, point, subdistrict, community, site } of merchants) {
        expect(insideDistrict(district, point), key).to.equal(true);
        expect(places.has(subdistrict)).to.equal(true);
        expect(subdistrict.startsWith(DISTRICT_CODES[district])).to.equal(true);
        if (community !== null) expect(places.get(subdistrict)?.communities).to.include(community);
        if (site === null) continue;
        const home = sites.get(site);
        expect(home?.subdistrict).to.equal(subdistrict);
        expect(home && metresBetween(point, home.point), key).to.be.below(600);
      }
    });

    it(`of ${district} have telephone numbers that reach nobody and contacts that are nobody`, () => {
      for (const { contact } of merchants) {
        expect(contact.phone).to.match(/^1040\d{7}$/u);
        expect(contact.name).to.match(/示例$/u);
      }
    });
  }

  it('stay in the old town where their subdistrict is no town', () => {
    const towns = new Set(
      placesOf('daowai')
        .filter(({ town }) => town)
        .map(({ code }) => code),
    );
    for (const { point, subdistrict, site } of daowai) {
      if (towns.has(subdistrict) || site !== null) continue;
      expect(point[0]).to.be.within(126.62, 126.72);
      expect(point[1]).to.be.within(45.765, 45.81);
    }
  });

  it('include chains with outlets numbered from 1, stalls without a code, and pharmacies with a register number', () => {
    const banks = daowai.filter(({ category, fate }) => category === 'bank' && fate === 'listed');
    expect(banks.filter(({ outlet }) => outlet > 1).length).to.be.above(30);
    const chains = new Map<string, number[]>();
    for (const { uscc, outlet } of daowai) if (uscc) chains.set(uscc, [...(chains.get(uscc) ?? []), outlet]);
    for (const outlets of chains.values())
      expect(outlets.sort((a, b) => a - b)).to.deep.equal(outlets.map((_, i) => i + 1));
    const stalls = daowai.filter(({ name }) => /区\d+号 .记/u.test(name));
    expect(
      stalls.filter(({ uscc, registerNumber }) => !uscc && !registerNumber).length / stalls.length,
    ).to.be.above(0.7);
    expect(daowai.filter(({ category, registerNumber }) => category === 'pharmacy' && registerNumber)).to.not
      .be.empty;
  });

  it('include shops registered elsewhere, abolished districts among them', () => {
    const homes = new Set(daowai.map(({ uscc }) => uscc?.slice(2, 8)));
    for (const code of ['230104', '230105', '230106', '230107', '230102'])
      expect(homes.has(code), code).to.equal(true);
  });
});

describe('the sample sites', () => {
  const sites = generateSites(makeRandom('test'), 'daowai');

  it('are five malls, six parks by name, and a market for each operator', () => {
    expect(countBy(sites, ({ kind }) => kind)).to.deep.equal({
      mall: 5,
      'logistics-park': 6,
      'farm-market': 38,
    });
    const parks = sites.filter(({ kind }) => kind === 'logistics-park').map(({ name }) => name.slice(0, 2));
    expect(parks).to.have.members(['禧龙', '神吉', '传化', '中顺', '华都', '锦诚']);
    const operators = daowai.filter(({ category }) => category === 'market-operator').map(({ site }) => site);
    expect(new Set(operators).size).to.equal(38);
  });

  it('hold a listed supermarket in each mall with other shops beside it, and dozens of stalls in several markets', () => {
    for (const { key } of sites.filter(({ kind }) => kind === 'mall')) {
      const inside = daowai.filter(({ site }) => site === key);
      const supermarkets = inside.filter(
        ({ category, fate }) => category === 'supermarket' && fate === 'listed',
      );
      expect(supermarkets, key).to.have.length(1);
      expect(inside.length, key).to.be.above(10);
    }
    const stalls = countBy(
      daowai.filter(({ site }) => site?.includes('farm-market')),
      ({ site }) => site ?? '',
    );
    expect(Object.values(stalls).filter((count) => count >= 24).length).to.be.above(8);
  });
});
