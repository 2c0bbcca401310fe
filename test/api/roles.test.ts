// Every route × every role × {none, own, within scope, beyond it}: held against the contract, from the route list itself.
import { expect } from 'chai';
import mongoose from 'mongoose';
import supertest from 'supertest';
import { allRoutes } from '../../routes/index.ts';
import type { Route } from '../../server/http/define-route.ts';
import { origin } from '../support/app.ts';
import { type Ask, type Trial, trials } from '../support/access/asks.ts';
import { type Caller, callerAs, type Standing } from '../support/access/callers.ts';
import { layPlaces, type PlaceName, placeNames, type Places, placesOf } from '../support/access/places.ts';
import {
  type Expected,
  expectedAccess,
  type Extent,
  type RoleName,
  roleNames,
} from '../support/access/table.ts';
import { emptyWorld, layGround } from '../support/world.ts';

const keyOf = ({ method, path }: Route) => `${method.toUpperCase()} ${path}`;

describe('access', () => {
  let places: Places;

  before(async () => {
    await emptyWorld();
    await layGround();
    places = await layPlaces();
  });

  it('is written down for every route there is, and for none that is not', () => {
    const routes = allRoutes.map(keyOf).sort();
    expect(Object.keys(expectedAccess).sort()).to.deep.equal(routes);
    expect(Object.keys(trials).sort()).to.deep.equal(routes);
  });

  for (const route of allRoutes) {
    const expected: Expected = expectedAccess[keyOf(route)] ?? {};
    const trial = trials[keyOf(route)];
    if (!trial) continue;
    describe(`to ${keyOf(route)}`, () => {
      for (const role of roleNames) {
        const extent = expected === 'public' ? 'any' : expected[role];
        it(sentence(role, extent), async () => {
          await (extent === undefined
            ? isTurnedAway(route, trial, role)
            : checks[extent](route, trial, role));
        });
      }
    });
  }

  function sentence(role: RoleName, extent: Extent | undefined): string {
    const who =
      role === 'nobody'
        ? 'somebody without a token'
        : role === 'link'
          ? 'the holder of a link'
          : `a person who is ${role}`;
    if (extent === undefined) return `is refused to ${who}`;
    const bounds = {
      any: '',
      scope: ' within the scope held now',
      own: ' for its own shops',
      order: ' for that one order',
    };
    return `is given to ${who}${bounds[extent]}`;
  }

  const checks: Record<Extent, (route: Route, trial: Trial, role: RoleName) => Promise<void>> = {
    async any(route, trial, role) {
      await isAdmitted(route, trial, await callerAs(role, 'home', places), 'home', [...placeNames]);
    },
    async scope(route, trial, role) {
      const standing: Standing = trial.byAreasOnly ? 'areas-of-home' : 'home';
      const reached: PlaceName[] = trial.byAreasOnly ? ['home', 'otherTaskForce'] : ['home'];
      for (const name of placeNames) {
        const check = reached.includes(name) ? isAdmitted : isDenied;
        await check(route, trial, await callerAs(role, standing, places), name, reached);
      }
      for (const name of ['home', 'otherDistrict'] as const)
        await isAdmitted(route, trial, await callerAs(role, 'everywhere', places), name, [...placeNames]);
      for (const nowhere of ['former', 'stranger'] as const)
        await isDenied(route, trial, await callerAs(role, nowhere, places), 'home', []);
    },
    async own(route, trial, role) {
      for (const standing of ['home', 'operator'] as const) {
        await isAdmitted(route, trial, await callerAs(role, standing, places), 'home', ['home']);
        for (const name of placeNames.filter((other) => other !== 'home'))
          await isDenied(route, trial, await callerAs(role, standing, places), name, ['home']);
      }
      await isDenied(route, trial, await callerAs(role, 'stranger', places), 'home', []);
    },
    async order(route, trial, role) {
      await isAdmitted(route, trial, await callerAs(role, 'home', places), 'home');
      const holder = await callerAs(role, 'home', places);
      for (const name of placeNames) await isDenied(route, trial, { ...holder, order: null }, name);
    },
  };

  async function isAdmitted(
    route: Route,
    trial: Trial,
    caller: Caller,
    name: PlaceName,
    reached: PlaceName[] = [],
  ): Promise<void> {
    const response = await send(route, caller, await trial.ask(places[name], caller));
    expect(response.status, `${caller.role} at ${name}: ${response.text}`).to.be.within(200, 399);
    if (!trial.list) return;
    const seen = await placesOf(trial.list(contentOf(response)));
    expect([...seen], `${caller.role} at ${name}`).to.include(name);
    expect(reached).to.include.members([...seen]);
    isCounted(contentOf(response));
  }

  /** Out of reach: a single record is not there, a list does not hold it; and nothing is changed. */
  async function isDenied(
    route: Route,
    trial: Trial,
    caller: Caller,
    name: PlaceName,
    reached: PlaceName[] = [],
  ): Promise<void> {
    const ask = await trial.ask(places[name], caller);
    const before = await fingerprint(route);
    const response = await send(route, caller, ask);
    const where = `${caller.role} at ${name}: ${response.text}`;
    expect(await fingerprint(route), where).to.deep.equal(before);
    if (!trial.list) {
      expect(response.status, where).to.equal(trial.denial ?? 404);
      return;
    }
    expect(response.status, where).to.equal(200);
    const seen = await placesOf(trial.list(contentOf(response)));
    expect([...seen], where).to.not.include(name);
    expect(reached).to.include.members([...seen]);
    isCounted(contentOf(response));
  }

  async function isTurnedAway(route: Route, trial: Trial, role: RoleName): Promise<void> {
    const caller = await callerAs(role, 'everywhere', places);
    const ask = await trial.ask(places.home, caller);
    const before = await fingerprint(route);
    const response = await send(route, caller, ask);
    expect(response.status, response.text).to.equal(role === 'nobody' ? 401 : 403);
    expect(await fingerprint(route)).to.deep.equal(before);
  }

  /** A total must not tell of what the items leave out. */
  function isCounted(body: unknown): void {
    if (typeof body === 'string') return;
    const { items, total, nextCursor } = body as {
      items: unknown[];
      total?: number;
      nextCursor?: string | null;
    };
    if (total !== undefined && nextCursor === null) expect(total).to.equal(items.length);
  }
});

/** What a list answers: JSON, or a table as text. */
const contentOf = ({ body, text, type }: Answered): unknown => (type.startsWith('text/') ? text : body);

type Answered = Pick<supertest.Response, 'status' | 'text' | 'type'> & { body: unknown };

function send(route: Route, { token }: Caller, ask: Ask): PromiseLike<Answered> {
  if (route.path === '/events') return beginningOf(ask.path, token);
  const request = supertest(origin())[route.method](`${route.bare ? '' : '/api/v1'}${ask.path}`);
  if (token !== undefined) request.set('Authorization', `Bearer ${token}`);
  request.set(ask.headers ?? {});
  if (ask.file) return request.attach('file', ask.file, 'a.csv');
  if (ask.photo) return request.attach('photo', ask.photo, 'a.jpg');
  return ask.body ? request.send(ask.body) : request;
}

/** A stream never ends by itself: its first event is answer enough. */
async function beginningOf(path: string, token: string | undefined): Promise<Answered> {
  const headers = token === undefined ? undefined : { Authorization: `Bearer ${token}` };
  const { status, body } = await fetch(`${origin()}/api/v1${path}`, headers && { headers });
  const reader = body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  await reader?.cancel();
  return { status, text: Buffer.from(value ?? []).toString(), type: '', body: {} };
}

const changeable = [
  'merchants',
  'adjustments',
  'imports',
  'orders',
  'users',
  'visits',
  'sessions',
  'orderlinks',
  'photoholdings',
  'ledgerentries',
  'areas',
  'categories',
  'taskforces',
  'sites',
  'checklists',
  'webhooks',
  'webhookdeliveries',
];

/** Counts and revisions of everything that an act could change, read at once. */
async function fingerprint({ method }: Route): Promise<unknown> {
  if (method === 'get' || method === 'head') return null;
  const sumsOf = (name: string) => ({
    $group: {
      _id: name,
      count: { $sum: 1 },
      revs: { $sum: '$rev' },
      revoked: { $sum: { $cond: [{ $eq: ['$revokedAt', null] }, 0, 1] } },
    },
  });
  const [first = '', ...others] = changeable;
  return mongoose.connection
    .collection(first)
    .aggregate([
      sumsOf(first),
      ...others.map((coll) => ({ $unionWith: { coll, pipeline: [sumsOf(coll)] } })),
      { $sort: { _id: 1 } },
    ])
    .toArray();
}
