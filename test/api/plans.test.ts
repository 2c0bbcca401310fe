// Every list and look-up reads an index: what MongoDB's profiler saw while the real requests were served.
import { expect } from 'chai';
import type { Merchant } from '../../models/merchant.ts';
import { reviewCycles } from '../../server/domain/cycle-proposals.ts';
import { sequenceChanges } from '../../server/domain/feed-sequencer.ts';
import { sweepPhotos } from '../../server/domain/photo-sweep.ts';
import { reviewZones } from '../../server/domain/zone-proposals.ts';
import { sweep } from '../../server/jobs/sweep.ts';
import { clock } from '../../server/lib/clock.ts';
import { makeDoorCode } from '../../server/lib/door-code.ts';
import { anybody } from '../support/app.ts';
import { enacted } from '../support/desk.ts';
import { anOpenOrder, type ShownOrder } from '../support/orders.ts';
import { type Operation, watched, wholeScans } from '../support/plans.ts';
import {
  aDesk,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  listedMerchants,
  type Person,
} from '../support/world.ts';

const long_ago = new Date('2022-01-01T00:00:00Z');

describe('what the database reads', () => {
  let desk: Desk;
  let inspector: Person;
  let owner: Person;
  let merchants: Merchant[];
  let order: ShownOrder;

  before(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
    merchants = await listedMerchants(
      desk,
      Array.from({ length: 400 }, (_, i) => ({ name: `康宁药店示例${1_000 + i}` })),
    );
    const [merchant] = merchants;
    owner = await aPerson('merchant', { merchants: [merchant?._id ?? ''], sites: ['market-1'] });
    order = await anOpenOrder(inspector, merchant?._id ?? '');
    await enacted(desk, { merchants: [merchants[1]?._id] });
    await sequenceChanges();
  });

  const ok = (person: Pick<Person, 'api'> | null, path: string) => () =>
    (person?.api ?? anybody()).get(path).expect(200);
  const found = (operations: Operation[]) =>
    operations.map(({ op, ns, planSummary, command }) => ({ op, ns, planSummary, filter: command?.filter }));

  const scans: [string, () => () => PromiseLike<unknown>][] = [
    ['the list of an area by status', () => ok(desk.staff, '/merchants?area=230104001&status=listed')],
    ['the list as an inspector sees it', () => ok(inspector, '/merchants')],
    ['the list as a merchant sees it', () => ok(owner, '/merchants')],
    ['the list as a merchant sees it, by name', () => ok(owner, '/merchants?sort=name')],
    ['the list by name', () => ok(desk.staff, '/merchants?status=listed&sort=name')],
    ['the list by newest change', () => ok(desk.staff, '/merchants?sort=-since')],
    [
      'a second page',
      () => async () => {
        const { body } = await desk.staff.api.get('/merchants?sort=name&limit=10').expect(200);
        const { nextCursor } = body as { nextCursor: string };
        await desk.staff.api.get(`/merchants?sort=name&limit=10&cursor=${nextCursor}`).expect(200);
      },
    ],
    ['a search at the desk', () => ok(desk.staff, `/merchants?q=${encodeURIComponent('康宁药店示例1277')}`)],
    ['a search of the register', () => ok(null, `/status?q=${encodeURIComponent('药店')}`)],
    ['shops near a point', () => ok(inspector, '/merchants?near=126.64,45.78&radius=100')],
    [
      'the list as of an instant',
      () => ok(desk.staff, `/merchants?asOf=${clock.now().toISOString()}&status=listed`),
    ],
    ['the feed from its beginning', () => ok(inspector, '/merchants/changes')],
    [
      'what has changed since',
      () => async () => {
        const { body } = await inspector.api.get('/merchants/changes?limit=10').expect(200);
        await inspector.api.get(`/merchants/changes?since=${(body as { next: string }).next}`).expect(200);
      },
    ],
    ['a door scan', () => ok(null, `/status/${merchants[0]?.doorCode}`)],
    ['a look-up by credit code', () => ok(null, `/status/${merchants[0]?.uscc}`)],
    [
      'a code that nobody has',
      () => () =>
        anybody()
          .get(`/status/${makeDoorCode(Buffer.alloc(8, 7))}`)
          .expect(404),
    ],
    ['one merchant', () => ok(inspector, `/merchants/${merchants[0]?._id}`)],
    ['its timeline', () => ok(inspector, `/merchants/${merchants[0]?._id}/timeline`)],
    ['its entries', () => ok(desk.staff, `/ledger?merchant=${merchants[0]?._id}`)],
    ['its proof', () => ok(null, `/ledger/proof/${merchants[0]?.doorCode}`)],
    ['blocks', () => ok(null, '/ledger/blocks?district=230104')],
    ['heads', () => ok(null, '/ledger/heads')],
    [
      'a difference of two instants',
      () => ok(desk.staff, `/ledger/diff?from=2022-01-01T00:00:00Z&to=${clock.now().toISOString()}`),
    ],
    ['orders', () => ok(inspector, '/orders')],
    ['orders by state and due', () => ok(inspector, '/orders?state=open&sort=due')],
    ['overdue orders', () => ok(desk.staff, '/orders?overdue=true')],
    ['a merchant’s own orders', () => ok(owner, '/orders')],
    ['one order', () => ok(inspector, `/orders/${order.id}`)],
    ['visits', () => ok(inspector, '/visits')],
    ['visits to be reviewed', () => ok(desk.staff, '/visits?needsReview=true')],
    ['visits that nobody has matched', () => ok(desk.staff, '/visits?unmatched=true')],
    ['adjustments', () => ok(desk.staff, '/adjustments?state=submitted&state=draft')],
    ['a photo', () => ok(inspector, `/photos/${order.history[0]?.photos[0]?.sha256}?size=320`)],
    ['the sweep', () => () => sweep()],
    ['the sweep of photos', () => () => sweepPhotos()],
    ['overdue cycles', () => () => reviewCycles()],
    ['zones that begin and end', () => () => reviewZones()],
    ['the list of a zone', () => ok(desk.staff, '/merchants?zone=jingyu')],
  ];

  for (const [what, deed] of scans)
    it(`for ${what} is no whole collection`, async () => {
      const operations = await watched(deed());
      expect(operations.length).to.be.greaterThan(0);
      expect(found(wholeScans(operations))).to.deep.equal([]);
    });

  it('for a search is bounded by the rarest of its grams', async () => {
    const search = encodeURIComponent('康宁药店示例1277');
    for (const deed of [ok(desk.staff, `/merchants?q=${search}`), ok(null, `/status?q=${search}`)]) {
      const operations = await watched(deed, 'merchants');
      const read = operations.filter(({ op }) => op === 'query');
      expect(read).to.have.length(1);
      expect(read[0]?.planSummary).to.match(/^IXSCAN \{ grams: 1/);
      // A gram that fifty have is rare enough: the shops' codes may hold it, too.
      expect(read[0]?.docsExamined).to.be.at.most(50);
    }
  });

  it('for a search that forgives a slip looks at a bounded number of merchants', async () => {
    const search = encodeURIComponent('康宁药店示伢1277');
    const operations = await watched(ok(null, `/status?q=${search}`), 'merchants');
    const looked = operations.filter(({ planSummary }) => planSummary?.startsWith('IXSCAN { grams: 1'));
    expect(looked.length).to.be.at.least(2);
    for (const { docsExamined } of looked) expect(docsExamined).to.be.at.most(1_000);
    expect(found(wholeScans(operations))).to.deep.equal([]);
  });

  it('weighs grams without reading a single document', async () => {
    const search = encodeURIComponent('康宁药店示例');
    const operations = await watched(ok(null, `/status?q=${search}`), 'merchants');
    const weighing = operations.filter(({ op }) => op === 'command');
    expect(weighing.length).to.be.within(1, 4);
    for (const { docsExamined, keysExamined } of weighing) {
      expect(docsExamined).to.equal(0);
      expect(keysExamined).to.be.at.most(1_001);
    }
  });

  it('comes in order from an index, newest first or by name: nothing is sorted in memory', async () => {
    const lists: [string, string][] = [
      ['/merchants?sort=name', 'merchants'],
      ['/merchants?sort=-since', 'merchants'],
      ['/merchants?sort=id&status=listed', 'merchants'],
      ['/visits', 'visits'],
      ['/orders', 'orders'],
      ['/orders?state=open&sort=due', 'orders'],
      ['/adjustments', 'adjustments'],
    ];
    for (const [path, collection] of lists) {
      const pages = (await watched(ok(desk.staff, path), collection)).filter(({ op }) => op === 'query');
      expect(pages, path).to.have.length(1);
      expect(pages[0]?.hasSortStage, path).to.equal(undefined);
    }
  });

  it('is one page of the feed, in order from the index of areas, however many scopes there are', async () => {
    const scope = (areas: string[], taskForce: string | null) => ({
      areas,
      taskForce,
      from: long_ago,
      to: null,
    });
    const scopes = [scope(['230104001', '230199'], 'market'), scope(['230104005'], null)];
    for (const person of [inspector, desk.staff, await aPerson('staff', { scopes })]) {
      const operations = await watched(ok(person, '/merchants/changes?limit=10'), 'feedentries');
      expect(operations).to.have.length(1);
      const [page] = operations;
      expect(page?.hasSortStage).to.equal(undefined);
      expect(page?.planSummary).to.match(/^IXSCAN \{ places\.areas: 1, seq: 1 \}/);
      expect(page?.docsExamined).to.be.at.most(12);
    }
  });

  it('is what began or ended in between, for a difference of two instants', async () => {
    const span = 'from=2022-01-01T00:00:00Z&to=2022-01-02T00:00:00Z';
    for (const person of [desk.staff, await aPerson('staff', { areas: ['230104001', '230104005'] })]) {
      const operations = await watched(ok(person, `/ledger/diff?${span}`), 'merchantperiods');
      const [difference] = operations;
      expect(difference?.planSummary).to.equal('IXSCAN { from: 1 }, IXSCAN { to: 1 }');
      expect(difference?.keysExamined).to.equal(0);
    }
  });

  it('is one page and one count for a list, whatever its length', async () => {
    const operations = await watched(ok(inspector, '/merchants?limit=10'), 'merchants');
    const pages = operations.filter(({ op }) => op === 'query');
    expect(pages).to.have.length(1);
    expect(pages[0]?.nreturned).to.equal(11);
    expect(pages[0]?.docsExamined).to.be.at.most(11);
  });
});
