// One reach, told twice: as a filter for lists and in memory for single records. Random scopes and records hold the two equal.
import { expect } from 'chai';
import fc from 'fast-check';
import mongoose from 'mongoose';
import { type Role, roles, type Scope } from '../../models/user.ts';
import {
  abilities,
  type Ability,
  may,
  type Scoped,
  scopeFilter,
  scopesAt,
} from '../../server/domain/abilities.ts';
import { type Actor, linkActor, publicActor, systemActor } from '../../server/domain/actor.ts';
import { clock } from '../../server/lib/clock.ts';

const areaPaths = [
  ['23', '2301', '230104', '230104001'],
  ['23', '2301', '230104', '230104005'],
  ['23', '2301', '230104'],
  ['23', '2301', '230199', '230199001'],
  ['23', '2302', '230202', '230202001'],
  [],
];
const areaCodes = [...new Set(areaPaths.flat())];
const taskForces = ['market', 'trade', 'health'];
const shops = ['shop-1', 'shop-2', 'shop-3'];
const sites = ['site-1', 'site-2'];
const dayMillis = 86_400_000;

const some = <T>(values: readonly T[], maxLength = 3) =>
  fc.uniqueArray(fc.constantFrom(...values), { maxLength });

/** Days before and after today at which a scope begins and ends: held, over, or yet to come. */
const scope: fc.Arbitrary<Scope> = fc
  .record({
    areas: some(areaCodes),
    taskForce: fc.option(fc.constantFrom(...taskForces)),
    begins: fc.constantFrom(-20, -1, 1),
    ends: fc.option(fc.constantFrom(-10, 2)),
  })
  .map(({ begins, ends, ...rest }) => {
    const day = (days: number) => new Date(clock.now().getTime() + days * dayMillis);
    return { ...rest, from: day(begins), to: ends === null ? null : day(ends) };
  });

const user: fc.Arbitrary<Actor> = fc
  .record({
    role: fc.constantFrom<Role>(...roles),
    scopes: fc.array(scope, { maxLength: 4 }),
    merchants: some(shops),
    sites: some(sites),
  })
  .map((parts) => ({ ...publicActor, ...parts, kind: 'user' as const, id: 'u', name: 'u' }));

const actor: fc.Arbitrary<Actor> = fc.oneof(
  { weight: 8, arbitrary: user },
  { weight: 1, arbitrary: fc.constantFrom('record-1', 'record-2').map(linkActor) },
  { weight: 1, arbitrary: fc.constantFrom(publicActor, systemActor) },
);

const keys = {
  areas: fc.constantFrom(...areaPaths),
  taskForces: some(taskForces, 2),
  site: fc.option(fc.constantFrom(...sites)),
};
/** A visit, an order: it names its merchant, or none while nobody knows it. */
const follower = fc.record({ ...keys, merchant: fc.option(fc.constantFrom(...shops)) });
/** A merchant: its own id is the merchant. */
const shop = fc.record(keys);

function named<T extends object>(records: T[], prefix: string): (T & { _id: string })[] {
  return records.map((record, index) => ({ ...record, _id: `${prefix}-${index + 1}` }));
}

describe('the reach of an ability', () => {
  const collection = () => mongoose.connection.collection<Scoped>('abilityprobe');

  after(async () => {
    await collection().drop();
  });

  async function foundBy(caller: Actor, ability: Ability, key: '_id' | 'merchant'): Promise<string[]> {
    const found = await collection()
      .find(scopeFilter(caller, ability, key), { projection: { _id: 1 } })
      .toArray();
    return found.map(({ _id }) => _id).sort();
  }

  async function holdsAlike(records: Scoped[], callers: Actor[], key: '_id' | 'merchant'): Promise<void> {
    await collection().deleteMany({});
    await collection().insertMany(records);
    for (const caller of callers)
      for (const ability of abilities) {
        const reached = records.filter((record) => may(caller, ability, record)).map(({ _id }) => _id);
        expect(await foundBy(caller, ability, key), `${caller.role} ${ability}`).to.deep.equal(
          reached.sort(),
        );
      }
  }

  const runs = { numRuns: 15 };
  const callers = fc.array(actor, { minLength: 4, maxLength: 6 });

  it('is the same as a filter and in memory, for records that name a merchant', async () => {
    const records = fc.array(follower, { minLength: 10, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(records, callers, (some, who) => holdsAlike(named(some, 'record'), who, 'merchant')),
      runs,
    );
  });

  it('is the same as a filter and in memory, for merchants themselves', async () => {
    const records = fc.array(shop, { minLength: 10, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(records, callers, (some, who) => holdsAlike(named(some, 'shop'), who, '_id')),
      runs,
    );
  });

  it('of a scope ends with it, and begins not before it', () => {
    fc.assert(
      fc.property(user, (caller) => {
        const now = clock.now();
        const held = scopesAt(caller, now);
        const idle = caller.scopes.filter((one) => !held.includes(one));
        for (const one of held) expect(one.from <= now && (one.to === null || one.to > now)).to.be.true;
        for (const one of idle) expect(one.from > now || (one.to !== null && one.to <= now)).to.be.true;
      }),
    );
  });

  it('judges evidence by the scopes it is given, not only by those held now', () => {
    const record: Scoped = {
      _id: 'x',
      areas: ['23', '2301', '230104'],
      taskForces: ['market'],
      merchant: 'shop-1',
      site: null,
    };
    const over: Scope = { areas: ['230104'], taskForce: 'market', from: new Date(0), to: new Date(1) };
    const inspector: Actor = {
      ...publicActor,
      kind: 'user',
      role: 'inspector',
      id: 'u',
      name: 'u',
      scopes: [over],
    };
    expect(may(inspector, 'visit.submit', record)).to.be.false;
    expect(may(inspector, 'visit.submit', record, [over])).to.be.true;
  });

  it('holds nothing for the public, and everything for the system', () => {
    const record: Scoped = { _id: 'x', areas: [], taskForces: [] };
    for (const ability of abilities) {
      expect(may(publicActor, ability, record), ability).to.be.false;
      expect(may(systemActor, ability, record), ability).to.be.true;
    }
  });
});
