// Statistics: a small world of known visits, in which each figure is known and equals the total of the rows that it names.
import { expect } from 'chai';
import type { Merchant } from '../../models/merchant.ts';
import { escalateDueOrders } from '../../server/domain/order-escalation.ts';
import { orderIdOf } from '../../server/domain/orders-of-visit.ts';
import { submitOrder, verifyOrder } from '../../server/domain/orders.ts';
import { amendVisit } from '../../server/domain/visit-amendments.ts';
import { submitVisit } from '../../server/domain/visits.ts';
import { sweep } from '../../server/jobs/sweep.ts';
import { localDay, localMidnight } from '../../server/lib/calendar.ts';
import { AreaModel } from '../../models/area.ts';
import { MerchantModel } from '../../models/merchant.ts';
import { clock } from '../../server/lib/clock.ts';
import { ids } from '../../server/lib/ids.ts';
import type { VisitAnswer, VisitBody } from '../../models/visit.ts';
import { isProblem } from '../support/app.ts';
import { days, hours, holdAt, releaseClock } from '../support/desk.ts';
import { watched, wholeScans } from '../support/plans.ts';
import { aVisit } from '../support/visits.ts';
import { aDesk, aPerson, emptyWorld, layGround, listedMerchants, type Person } from '../support/world.ts';

type Figure = { count: number; rows: string };
type Coverage = { listed: Figure; covered: Figure; uncovered: Figure; rate: number | null };
type Overview = {
  from: string;
  to: string;
  coverage: Coverage;
  days: ({ day: string } & Record<string, Figure>)[];
  items: ({ item: string; text: { zh: string }; passRate: number | null } & Record<string, Figure>)[];
} & Record<'visits' | 'noEntry' | 'passed' | 'faulty' | 'fixed' | 'overdue' | 'yellow' | 'red', Figure> &
  Record<'passRate' | 'fixedRate', number | null>;
type OrderStats = {
  inTimeRate: number | null;
  items: ({ item: string } & Record<string, Figure>)[];
} & Record<string, Figure>;

const photo = 'a'.repeat(64);
const pass = (item: string): VisitAnswer => ({ item, outcome: 'pass' });
const fixed = (item: string): VisitAnswer => ({
  item,
  outcome: 'fail',
  photos: [photo],
  fix: { kind: 'on-site', photos: [photo] },
});
const timed = (item: string): VisitAnswer => ({
  item,
  outcome: 'fail',
  photos: [photo],
  fix: { kind: 'timed' },
});
const unfixed = (item: string): VisitAnswer => ({ item, outcome: 'fail', photos: [photo], note: '商户不在' });

describe('statistics', () => {
  let staff: Person;
  let shops: Merchant[];
  const today = localMidnight(new Date());
  const daysAgo = (n: number, hour = 10) => new Date(localMidnight(today, -n).getTime() + hour * hours);

  /** Handed in at that instant, by somebody of that task force. */
  async function visited(
    by: Person,
    shop: number,
    at: Date,
    changes: Partial<VisitBody>,
  ): Promise<VisitBody> {
    holdAt(at);
    const body = aVisit(shops[shop]?._id ?? '', {
      arrivedAt: new Date(at.getTime() - 60_000).toISOString(),
      sealedAt: at.toISOString(),
      ...changes,
    });
    await submitVisit(by.actor, body);
    return body;
  }

  before(async () => {
    releaseClock();
    await emptyWorld();
    await layGround();
    const desk = await aDesk();
    staff = desk.staff;
    shops = await listedMerchants(desk, [
      {},
      {},
      { subdistrict: '230104005' },
      { category: 'supermarket' },
      { category: 'supermarket', subdistrict: '230104005' },
    ]);
    const elsewhere = await listedMerchants(await aDesk(['230199']), [{ subdistrict: '230199001' }]);
    shops.push(...elsewhere);
    const market = await aPerson('inspector', { areas: ['230104'], taskForce: 'market' });
    const trade = await aPerson('inspector', { areas: ['230104'], taskForce: 'trade' });
    const far = await aPerson('inspector', { areas: ['230199'] });
    const owner = await aPerson('merchant', { merchants: [shops[0]?._id ?? ''] });

    // Before the span.
    await visited(market, 2, daysAgo(20), { answers: [timed('mask'), pass('scan')] });
    await visited(market, 0, daysAgo(3, 0), { answers: [pass('mask'), pass('scan'), pass('temperature')] });
    await visited(market, 0, daysAgo(3, 23.9), { answers: [fixed('mask'), pass('scan')] });
    const answered = await visited(market, 1, daysAgo(2), { answers: [timed('scan'), fixed('mask')] });
    holdAt(daysAgo(2, 10.5));
    const order = orderIdOf(answered.id, 'scan');
    await submitOrder(market.actor, order, {});
    await verifyOrder(staff.actor, order, {});
    await visited(trade, 3, daysAgo(1), { answers: [timed('scan'), pass('mask')] });
    await visited(trade, 3, daysAgo(1, 11), { answers: [unfixed('mask'), pass('scan')] });
    await visited(market, 1, daysAgo(1, 12), { answers: [], noEntry: 'closed' });
    await visited(owner, 0, daysAgo(1, 13), { kind: 'self', answers: [timed('mask')] });
    await visited(far, 5, daysAgo(1), { answers: [timed('mask')] });
    // Corrected: the fault at the masks was none.
    const wrong = await visited(market, 0, daysAgo(1, 14), { answers: [fixed('mask'), pass('scan')] });
    await amendVisit(market.actor, wrong.id, {
      id: ids.uuid(),
      version: 1,
      reason: '填错了',
      sealedAt: wrong.sealedAt,
      visit: { ...wrong, answers: [pass('mask'), pass('scan')] },
    });
    releaseClock();
    await escalateDueOrders();
    await sweep();
  });
  after(releaseClock);

  const overview = async (query = '', by = staff) =>
    (await by.api.get(`/stats/overview${query}`).expect(200)).body as Overview;

  /** Every figure anywhere in an answer. */
  function figuresIn(value: unknown): Figure[] {
    if (typeof value !== 'object' || value === null) return [];
    if ('rows' in value) return [value as Figure];
    return Object.values(value).flatMap(figuresIn);
  }

  async function holdsAgainstRows(answer: unknown, by = staff): Promise<void> {
    const figures = figuresIn(answer);
    expect(figures).to.not.be.empty;
    for (const { count, rows } of figures) {
      const { body } = await by.api.get(rows).expect(200);
      expect((body as { total: number }).total, rows).to.equal(count);
    }
  }

  it('tell what became of the visits of the last fourteen days', async () => {
    const shown = await overview();
    expect(new Date(shown.from)).to.deep.equal(localMidnight(today, -13));
    expect(new Date(shown.to)).to.deep.equal(localMidnight(today, 1));
    const counts = Object.fromEntries(
      Object.entries(shown).flatMap(([name, value]) =>
        typeof value === 'object' && value !== null && 'count' in value ? [[name, value.count]] : [],
      ),
    );
    expect(counts).to.deep.equal({
      visits: 6,
      noEntry: 1,
      passed: 2,
      faulty: 4,
      fixed: 1,
      overdue: 2,
      yellow: 1,
      red: 1,
    });
    expect(shown.passRate).to.equal(2 / 6);
    expect(shown.fixedRate).to.equal(1 / 4);
    expect(shown.coverage.listed.count).to.equal(5);
    expect(shown.coverage.covered.count).to.equal(3);
    expect(shown.coverage.rate).to.equal(3 / 5);
  });

  it('tell it day by day in Shanghai, each day once, and those without visits too', async () => {
    const { days: shown } = await overview();
    expect(shown.map(({ day }) => day)).to.deep.equal(
      Array.from({ length: 14 }, (_, i) => localDay(localMidnight(today, i - 13))),
    );
    const counts = ({ passed, fixed: onSpot, orders, 'no-entry': missed }: Record<string, Figure>) =>
      [passed, onSpot, orders, missed].map((figure) => figure?.count);
    expect(shown.slice(-4).map(counts)).to.deep.equal([
      [1, 1, 0, 0],
      [0, 0, 1, 0],
      [1, 0, 2, 1],
      [0, 0, 0, 0],
    ]);
  });

  it('tell what was found at each item, in its words, as the visit says now', async () => {
    const { items } = await overview();
    const counts = items.map(({ item, faults, onSite, timed: late, unfixed: left, passed }) => [
      item,
      ...[faults, onSite, late, left, passed].map((figure) => figure?.count),
    ]);
    expect(counts).to.deep.equal([
      ['mask', 3, 2, 0, 1, 3],
      ['scan', 2, 0, 2, 0, 4],
      ['temperature', 0, 0, 0, 0, 1],
    ]);
    expect(items[0]?.text.zh).to.equal('规范佩戴口罩');
    expect(items[0]?.passRate).to.equal(1 / 2);
  });

  it('are each the total of the rows that they name', async () => {
    await holdsAgainstRows(await overview());
    await holdsAgainstRows(await overview('?taskForce=trade&area=230104001'));
    const from = daysAgo(3, 5).toISOString();
    const to = daysAgo(1, 10.5).toISOString();
    await holdsAgainstRows(await overview(`?from=${from}&to=${to}`));
    for (const by of ['subdistrict', 'taskForce', 'category'])
      for (const more of ['', '&taskForce=market', '&area=230104005'])
        await holdsAgainstRows((await staff.api.get(`/stats/coverage?by=${by}${more}`).expect(200)).body);
    await holdsAgainstRows((await staff.api.get('/stats/orders').expect(200)).body);
    await holdsAgainstRows(
      (await staff.api.get(`/stats/orders?taskForce=market&from=${from}&to=${to}`).expect(200)).body,
    );
  });

  it('begin and end within a day where the span does', async () => {
    const from = daysAgo(3, 5).toISOString();
    const to = daysAgo(1, 10.5).toISOString();
    const { days: shown, visits } = await overview(`?from=${from}&to=${to}`);
    expect(visits.count).to.equal(3);
    expect(shown).to.have.length(3);
    expect(shown[0]?.passed?.rows).to.include(encodeURIComponent(from));
    expect(shown[2]?.passed?.rows).to.include(encodeURIComponent(to));
  });

  it('tell coverage by subdistrict, task force and category', async () => {
    const by = async (group: string) => {
      const { body } = await staff.api.get(`/stats/coverage?by=${group}`).expect(200);
      const { items } = body as { items: (Coverage & { value: string })[] };
      return items.map(({ value, listed, covered }) => [value, covered.count, listed.count]);
    };
    expect(await by('subdistrict')).to.deep.equal([
      ['230104001', 3, 3],
      ['230104005', 0, 2],
    ]);
    expect(await by('taskForce')).to.deep.equal([
      ['market', 2, 3],
      ['trade', 1, 2],
    ]);
    expect(await by('category')).to.deep.equal([
      ['pharmacy', 2, 3],
      ['supermarket', 1, 2],
    ]);
  });

  it('tell where the shops stand, those close together as one place, and what lies around them', async () => {
    type CoverageMap = { places: number[][]; unplaced: number; outlines: number[][][][] };
    const map = async (query = '', by = staff) =>
      (await by.api.get(`/stats/coverage/map${query}`).expect(200)).body as CoverageMap;
    const border = [
      [126, 45],
      [127, 45],
      [127, 46],
      [126, 45],
    ];
    await AreaModel.updateOne({ _id: '230104' }, { outline: [[border]] });
    const [first, second, ...others] = await MerchantModel.find({ areas: '230104', status: 'listed' }).sort({
      lastVisit: -1,
    });
    const stands = async (id: string | undefined, coordinates: number[] | null) =>
      MerchantModel.updateOne({ _id: id }, { point: coordinates && { type: 'Point', coordinates } });
    await stands(first?._id, [126.64001, 45.78001]);
    await stands(second?._id, [126.64003, 45.78002]);
    for (const { _id } of others) await stands(_id, null);

    const shown = await map();
    expect(shown).to.deep.include({ unplaced: 3, outlines: [[border]] });
    expect(shown.places).to.deep.equal([[126.64, 45.78, 2, 2]]);
    expect((await map('?area=230104005')).places).to.deep.equal([]);
    expect((await map('?area=230104005')).outlines, 'what it lies in').to.deep.equal([[border]]);
    const trade = await aPerson('auditor', { areas: ['230104'], taskForce: 'trade' });
    expect((await map('', trade)).unplaced + (await map('', trade)).places.length).to.be.at.most(2);
    const beyond = await map('', await aPerson('auditor', { areas: ['230199001'] }));
    expect([beyond.places.length + beyond.unplaced, beyond.outlines]).to.deep.equal([1, []]);
  });

  it('tell what became of the orders that were opened', async () => {
    const { body } = await staff.api.get('/stats/orders').expect(200);
    const shown = body as OrderStats;
    const count = (name: string) => shown[name]?.count;
    expect(['opened', 'onSite', 'timed', 'open', 'closed', 'closedInTime'].map(count)).to.deep.equal([
      5, 3, 2, 1, 1, 1,
    ]);
    expect(shown.inTimeRate).to.equal(1);
    expect(
      shown.items.map(({ item, opened, unsettled }) => [item, opened?.count, unsettled?.count]),
    ).to.deep.equal([
      ['mask', 3, 0],
      ['scan', 2, 1],
    ]);
  });

  it('are of one’s own scope, and so are their rows', async () => {
    const trade = await aPerson('auditor', { areas: ['230104'], taskForce: 'trade' });
    const own = await overview('', trade);
    expect([own.visits.count, own.coverage.listed.count, own.overdue.count]).to.deep.equal([2, 2, 1]);
    await holdsAgainstRows(own, trade);
    const other = await aPerson('approver', { areas: ['230199'] });
    const beyond = await overview('', other);
    expect([beyond.visits.count, beyond.coverage.listed.count]).to.deep.equal([1, 1]);
    expect((await overview('?area=230104', other)).visits.count).to.equal(0);
    const nobody = await aPerson('staff', { scopes: [] });
    const empty = await overview('', nobody);
    expect([empty.visits.count, empty.passRate, empty.coverage.rate]).to.deep.equal([0, null, null]);
  });

  it('are refused to those whose desk it is not, and for spans that are none', async () => {
    for (const role of ['inspector', 'merchant', 'admin'] as const)
      await (await aPerson(role)).api.get('/stats/overview').expect(isProblem(403, 'forbidden'));
    const day = (n: number) => new Date(clock.now().getTime() - n * days).toISOString();
    for (const query of [`from=${day(1)}&to=${day(2)}`, `from=${day(400)}`, `to=${day(-1)}&from=${day(366)}`])
      await staff.api.get(`/stats/overview?${query}`).expect(isProblem(400, 'invalid-request'));
    await staff.api.get('/stats/coverage').expect(isProblem(400, 'invalid-request'));
  });

  it('read indexes, each collection once', async () => {
    const operations = await watched(() => overview());
    expect(wholeScans(operations).filter(({ ns }) => !ns.endsWith('.checklists'))).to.deep.equal([]);
    const visits = operations.filter(({ ns }) => ns.endsWith('.visits'));
    expect(visits.map(({ planSummary }) => planSummary)).to.deep.equal([
      'IXSCAN { areas: 1, receivedAt: -1, _id: -1 }',
    ]);
  });

  describe('of the ledger', () => {
    it('count entries by the day on which they take effect, within scope', async () => {
      const asked = `from=${daysAgo(1).toISOString()}&to=${localMidnight(today, 1).toISOString()}`;
      const by = async (person: Person) =>
        ((await person.api.get(`/ledger/days?${asked}`).expect(200)).body as { items: unknown }).items;
      expect(await by(staff)).to.deep.equal([{ day: localDay(today), entries: 5 }]);
      expect(await by(await aPerson('auditor', { areas: ['230199'] }))).to.deep.equal([
        { day: localDay(today), entries: 1 },
      ]);
      expect(await by(await aPerson('staff', { areas: ['230104001'], taskForce: 'trade' }))).to.deep.equal([
        { day: localDay(today), entries: 1 },
      ]);
      expect(await by(await aPerson('staff', { scopes: [] }))).to.deep.equal([]);
      const scope = { taskForce: null, from: new Date(0), to: null };
      const both = [
        { ...scope, areas: ['230199'] },
        { ...scope, areas: ['230104'], taskForce: 'market' },
      ];
      expect(await by(await aPerson('staff', { scopes: both }))).to.deep.equal([
        { day: localDay(today), entries: 4 },
      ]);
      const operations = await watched(() => by(staff), 'ledgerentries');
      expect(operations[0]?.planSummary).to.equal('IXSCAN { effectiveFrom: 1, district: 1, merchant: 1 }');
    });

    it('say how many moved from one status to another between two instants, beyond what is shown', async () => {
      const asked = `from=${daysAgo(1).toISOString()}&to=${localMidnight(today, 1).toISOString()}&limit=2`;
      const { body } = await staff.api.get(`/ledger/diff?${asked}`).expect(200);
      const { items, total, moves } = body as { items: unknown[]; total: number; moves: unknown };
      expect([items.length, total]).to.deep.equal([2, 5]);
      expect(moves).to.deep.equal([{ from: null, to: 'listed', count: 5 }]);
    });
  });
});
