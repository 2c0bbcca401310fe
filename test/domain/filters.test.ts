// Filters of selectors and of scopes, as they are made: what they say to MongoDB, and what they let through in memory.
import { expect } from 'chai';
import type { Role, Scope } from '../../models/user.ts';
import { Problem } from '../../server/lib/problem.ts';
import {
  joined,
  may,
  requireAbility,
  requireRole,
  rolesWith,
  scopeFilter,
} from '../../server/domain/abilities.ts';
import { type Actor, linkActor, publicActor, systemActor } from '../../server/domain/actor.ts';
import { type Condition, selectorFilter, zonesNamed } from '../../server/domain/selector.ts';
import { clock } from '../../server/lib/clock.ts';
import { matches } from '../support/matches.ts';
import { squareAround } from '../support/zones.ts';

describe('the filter of a selector', () => {
  const plain: [Condition, object][] = [
    [{}, {}],
    [{ id: 'a' }, { _id: 'a' }],
    [{ status: 'listed' }, { status: 'listed' }],
    [{ status: ['listed', 'suspended'] }, { status: { $in: ['listed', 'suspended'] } }],
    [{ status: ['listed'] }, { status: 'listed' }],
    [{ area: '230104' }, { areas: '230104' }],
    [{ subdistrict: '230104001' }, { $and: [{ areas: '230104001' }, { subdistrict: '230104001' }] }],
    [{ category: 'pharmacy' }, { category: 'pharmacy' }],
    [{ taskForce: 'market' }, { taskForces: 'market' }],
    [{ site: 's' }, { site: 's' }],
    [{ 'site.kind': 'mall' }, { siteKind: 'mall' }],
    [{ mode: 'delivery' }, { mode: 'delivery' }],
    [{ risk: 'A' }, { risk: 'A' }],
    [{ uscc: 'u' }, { uscc: 'u' }],
    [{ doorCode: 'd' }, { doorCode: 'd' }],
    [{ hasOpenOrders: true }, { openOrders: { $gt: 0 } }],
    [{ hasOpenOrders: false }, { openOrders: 0 }],
    [
      { notVisitedSince: '2022-11-01T00:00:00Z' },
      { $or: [{ lastVisit: null }, { 'lastVisit.at': { $lt: new Date('2022-11-01T00:00:00Z') } }] },
    ],
    [
      { visitedSince: '2022-11-01T00:00:00Z' },
      { 'lastVisit.at': { $gte: new Date('2022-11-01T00:00:00Z') } },
    ],
    [{ lastVisit: ['orders', 'never'] }, { 'lastVisit.result': { $in: ['orders', null] } }],
    [{ category: 'pharmacy', risk: 'A' }, { $and: [{ category: 'pharmacy' }, { risk: 'A' }] }],
  ];
  for (const [where, filter] of plain)
    it(`of ${JSON.stringify(where)} says just that`, () => {
      expect(selectorFilter({ where }, [])).to.deep.equal(filter);
      expect(selectorFilter({ where, except: {} }, [])).to.deep.equal(filter);
    });

  it('leaves out who meets all of the exception', () => {
    const except = { category: 'supermarket', risk: 'A' };
    const filter = selectorFilter({ where: { 'site.kind': 'mall' }, except }, []);
    const shop = (category: string, risk: string, siteKind = 'mall') => ({ category, risk, siteKind });
    expect(matches(shop('supermarket', 'A'), filter)).to.equal(false);
    expect(matches(shop('supermarket', 'B'), filter)).to.equal(true);
    expect(matches(shop('pharmacy', 'A'), filter)).to.equal(true);
    expect(matches(shop('pharmacy', 'A', 'park'), filter)).to.equal(false);
  });

  describe('that names zones', () => {
    const ground = (_id: string, area: string, lng: number) => ({
      _id,
      area,
      outline: squareAround([lng, 45.78], 0.01),
    });
    const zones = [
      ground('a', '230104', 126.6),
      ground('b', '230104001', 126.7),
      ground('c', '230104', 126.8),
    ];
    const within = (index: number) => ({
      areas: zones[index]?.area,
      point: { $geoWithin: { $geometry: zones[index]?.outline } },
    });

    it('means what lies in the zone’s outline and its area', () => {
      expect(selectorFilter({ where: { zone: 'b' } }, zones)).to.deep.equal(within(1));
      expect(selectorFilter({ where: { zone: ['b'] } }, zones)).to.deep.equal(within(1));
      expect(selectorFilter({ where: { zone: 'b', risk: 'A' } }, zones)).to.deep.equal({
        $and: [{ risk: 'A' }, within(1)],
      });
    });

    it('means what lies in any of several', () => {
      const either = { $or: [within(0), within(2)] };
      expect(selectorFilter({ where: { zone: ['a', 'c'] } }, zones)).to.deep.equal(either);
    });

    it('means nobody where the zone is not on file', () => {
      const nobody = { _id: { $in: [] } };
      expect(selectorFilter({ where: { zone: 'gone' } }, zones)).to.deep.equal(nobody);
      expect(selectorFilter({ where: { zone: 'a' } }, [])).to.deep.equal(nobody);
      expect(selectorFilter({ where: { zone: ['gone', 'b'] } }, zones)).to.deep.equal(within(1));
    });

    it('leaves out those of its exception', () => {
      expect(selectorFilter({ where: {}, except: { zone: 'c' } }, zones)).to.deep.equal({
        $nor: [{ $and: [within(2)] }],
      });
    });

    it('says which', () => {
      expect(zonesNamed({ where: {} })).to.deep.equal([]);
      expect(zonesNamed({ where: { zone: 'a' }, except: { risk: 'A' } })).to.deep.equal(['a']);
      expect(zonesNamed({ where: { zone: ['a', 'b'] }, except: { zone: 'c' } })).to.deep.equal([
        'a',
        'b',
        'c',
      ]);
    });
  });
});

describe('the filter of a scope', () => {
  const day = 86_400_000;
  const scope = (
    areas: string[],
    taskForce: string | null = null,
    from = -day,
    to: number | null = null,
  ): Scope => ({
    areas,
    taskForce,
    from: new Date(clock.now().getTime() + from),
    to: to === null ? null : new Date(clock.now().getTime() + to),
  });
  const user = (role: Role, parts: Partial<Actor> = {}): Actor => ({
    ...publicActor,
    kind: 'user',
    id: 'u',
    name: 'u',
    role,
    ...parts,
  });
  const record = (parts: object = {}) => ({
    _id: 'r',
    areas: ['23', '2301', '230104', '230104001'],
    taskForces: ['market'],
    merchant: 'shop',
    site: 'site',
    ...parts,
  });
  /** In memory and as a filter, which must say the same. */
  function reaches(
    actor: Actor,
    of = record(),
    ability: 'order.read' | 'order.submit' = 'order.read',
  ): boolean {
    const inMemory = may(actor, ability, of);
    expect(matches(of, scopeFilter(actor, ability))).to.equal(inMemory);
    return inMemory;
  }

  it('needs an area and, where one is named, the task force', () => {
    const inspector = (...scopes: Scope[]) => user('inspector', { scopes });
    expect(reaches(inspector(scope(['230104'])))).to.equal(true);
    expect(reaches(inspector(scope(['230199', '230104001'])))).to.equal(true);
    expect(reaches(inspector(scope(['230199'])))).to.equal(false);
    expect(reaches(inspector(scope(['230104'], 'market')))).to.equal(true);
    expect(reaches(inspector(scope(['230104'], 'trade')))).to.equal(false);
    expect(reaches(inspector(scope(['230199']), scope(['230104'], 'trade')))).to.equal(false);
    expect(reaches(inspector(scope(['230199']), scope(['230104'], 'market')))).to.equal(true);
    expect(reaches(inspector())).to.equal(false);
  });

  it('counts from the instant it begins to the one it ends', () => {
    const held = (from: number, to: number | null) =>
      reaches(user('staff', { scopes: [scope(['23'], null, from, to)] }));
    expect(held(-day, null)).to.equal(true);
    expect(held(-day, day)).to.equal(true);
    expect(held(day, null)).to.equal(false);
    expect(held(-2 * day, -day)).to.equal(false);
  });

  it('of a merchant is its shops and the markets it operates', () => {
    const owner = (merchants: string[], sites: string[]) => user('merchant', { merchants, sites });
    expect(reaches(owner(['shop'], []))).to.equal(true);
    expect(reaches(owner(['other'], []))).to.equal(false);
    expect(reaches(owner([], ['site']))).to.equal(true);
    expect(reaches(owner([], ['elsewhere']))).to.equal(false);
    expect(reaches(owner(['shop'], []), record({ merchant: null, site: null }))).to.equal(false);
    expect(reaches(owner([], []), record({ merchant: null, site: null }))).to.equal(false);
  });

  it('of a merchant’s own record is judged by its id', () => {
    const shop = { _id: 'shop', areas: ['23'], taskForces: [], site: null };
    const owner = user('merchant', { merchants: ['shop'] });
    expect(may(owner, 'merchant.read', shop)).to.equal(true);
    expect(matches(shop, scopeFilter(owner, 'merchant.read', '_id'))).to.equal(true);
    expect(may(owner, 'merchant.read', { ...shop, _id: 'other' })).to.equal(false);
  });

  it('of a link is its one order', () => {
    expect(reaches(linkActor('r'), record(), 'order.submit')).to.equal(true);
    expect(reaches(linkActor('other'), record(), 'order.submit')).to.equal(false);
    expect(reaches({ ...linkActor('r'), order: null }, record(), 'order.submit')).to.equal(false);
    expect(reaches(linkActor('r'))).to.equal(false);
  });

  it('holds everything for the system and nothing for the public', () => {
    expect(reaches(systemActor)).to.equal(true);
    expect(scopeFilter(systemActor, 'order.read')).to.deep.equal({});
    expect(reaches(publicActor)).to.equal(false);
    expect(scopeFilter(user('admin'), 'reference.manage')).to.deep.equal({});
  });

  it('says no more than it needs to', () => {
    const filterOf = (...scopes: Scope[]) => scopeFilter(user('staff', { scopes }), 'order.read');
    expect(filterOf(scope(['230104']))).to.deep.equal({ areas: '230104' });
    expect(filterOf(scope(['a', 'b'], 'market'))).to.deep.equal({
      areas: { $in: ['a', 'b'] },
      taskForces: 'market',
    });
    expect(filterOf(scope(['a']), scope(['b']))).to.deep.equal({ $or: [{ areas: 'a' }, { areas: 'b' }] });
    expect(joined([])).to.deep.equal({});
    expect(joined([{ a: 1 }])).to.deep.equal({ a: 1 });
    expect(joined([{ a: 1 }, { b: 2 }])).to.deep.equal({ $and: [{ a: 1 }, { b: 2 }] });
  });

  it('lacking is said as `forbidden`, and to nobody signed in as `not-signed-in`', () => {
    const codeOf = (work: () => void) => {
      try {
        work();
        return null;
      } catch (error) {
        if (error instanceof Problem) return error.code;
        throw error;
      }
    };
    const inspector = user('inspector', { scopes: [scope(['230104'])] });
    expect(
      codeOf(() => {
        requireRole(inspector, 'order.verify');
      }),
    ).to.equal(null);
    expect(
      codeOf(() => {
        requireRole(inspector, 'order.cancel');
      }),
    ).to.equal('forbidden');
    expect(
      codeOf(() => {
        requireRole(publicActor, 'order.read');
      }),
    ).to.equal('not-signed-in');
    expect(
      codeOf(() => {
        requireRole(systemActor, 'order.cancel');
      }),
    ).to.equal(null);
    expect(
      codeOf(() => {
        requireAbility(inspector, 'order.verify', record());
      }),
    ).to.equal(null);
    expect(
      codeOf(() => {
        requireAbility(inspector, 'order.verify', record({ areas: ['x'] }));
      }),
    ).to.equal('forbidden');
    expect(rolesWith('order.extend')).to.deep.equal(['staff']);
  });
});
