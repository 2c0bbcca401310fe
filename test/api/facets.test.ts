// Facets: each count is the total of the list with that value chosen in place of the field's own filter.
import { expect } from 'chai';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { facetNames, type Facets } from '../../server/domain/facets.ts';
import { clock } from '../../server/lib/clock.ts';
import { isProblem } from '../support/app.ts';
import { enacted, minutes, passTime, releaseClock } from '../support/desk.ts';
import { watched, wholeScans } from '../support/plans.ts';
import {
  aDesk,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  listedMerchants,
  type Person,
} from '../support/world.ts';

describe('facets of the list', () => {
  let desk: Desk;
  let merchants: Merchant[];
  let earlier: string;

  before(async () => {
    releaseClock();
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    merchants = await listedMerchants(desk, [
      { name: '康宁药店（示例）' },
      { name: '康乐药店（示例）', subdistrict: '230104005' },
      { name: '福满家超市（示例）', category: 'supermarket', site: 'market-1', mode: ['delivery'] },
      { name: '老王超市（示例）', category: 'supermarket', subdistrict: '230104005' },
      { name: '老王便利店（示例）', category: 'convenience' },
      { name: '康福便利店（示例）', category: 'convenience', point: null },
    ]);
    await listedMerchants(await aDesk(['230199']), [{ subdistrict: '230199001' }]);
    const at = new Date('2022-11-29T02:00:00Z');
    const set = async (index: number, changes: object) => {
      await MerchantModel.updateOne({ _id: merchants[index]?._id ?? '' }, changes);
    };
    await set(0, { lastVisit: { at, result: 'passed' } });
    await set(2, { lastVisit: { at, result: 'orders' }, openOrders: 2 });
    await set(3, { lastVisit: { at, result: 'passed' } });
    // One that two task forces look after.
    await set(4, { taskForces: ['market', 'trade'] });
    earlier = new Date(clock.now().getTime() + minutes).toISOString();
    passTime(5 * minutes);
    await enacted(desk, { merchants: [merchants[1]?._id] });
  });
  after(releaseClock);

  const facets = async (query = '', by = desk.staff) =>
    (await by.api.get(`/merchants/facets?${query}`).expect(200)).body as Facets;
  const asRecord = (values: { value: string; count: number }[]) =>
    Object.fromEntries(values.map(({ value, count }) => [value, count]));

  async function total(query: string, by: Person): Promise<number> {
    const { body } = await by.api.get(`/merchants?limit=1&${query}`).expect(200);
    return (body as { total: number }).total;
  }

  async function holdsAgainstTheList(query: string, by = desk.staff): Promise<void> {
    const found = await facets(query, by);
    expect(found.total, query).to.equal(await total(query, by));
    for (const name of facetNames)
      for (const { value, count } of found.facets[name]) {
        const others = new URLSearchParams(query);
        others.delete(name);
        others.append(name, value);
        expect(await total(others.toString(), by), `${query}: ${name}=${value}`).to.equal(count);
      }
  }

  it('count every value of the fields that the list is narrowed by', async () => {
    const { total: whole, facets: found } = await facets();
    expect(whole).to.equal(6);
    expect(asRecord(found.status)).to.deep.equal({ listed: 5, suspended: 1 });
    expect(found.category.map(({ value }) => value)).to.deep.equal([
      'convenience',
      'pharmacy',
      'supermarket',
    ]);
    expect(asRecord(found.subdistrict)).to.deep.equal({ '230104001': 4, '230104005': 2 });
    expect(asRecord(found.taskForce)).to.deep.equal({ market: 4, trade: 3 });
    expect(asRecord(found.lastVisit)).to.deep.equal({ never: 3, passed: 2, orders: 1 });
    expect(asRecord(found.hasOpenOrders)).to.deep.equal({ false: 5, true: 1 });
  });

  it('leave out their own filter and keep all the others', async () => {
    const { total: left, facets: found } = await facets('status=listed&category=pharmacy');
    expect(left).to.equal(1);
    expect(asRecord(found.status)).to.deep.equal({ listed: 1, suspended: 1 });
    expect(asRecord(found.category)).to.deep.equal({ convenience: 2, pharmacy: 1, supermarket: 2 });
    expect(asRecord(found.subdistrict)).to.deep.equal({ '230104001': 1 });
  });

  it('are what the list would hold with that value, whatever else narrows it', async () => {
    for (const query of [
      '',
      'status=listed',
      'status=listed&status=suspended&category=pharmacy',
      'taskForce=trade&lastVisit=never',
      'hasOpenOrders=false&subdistrict=230104001',
      'lastVisit=passed&lastVisit=never',
      'mode=delivery',
      'site.kind=farm-market&status=listed',
      'notVisitedSince=2022-11-30T00:00:00Z',
      'visitedSince=2022-11-29T00:00:00Z&category=supermarket',
      `q=${encodeURIComponent('老王')}`,
      `q=${encodeURIComponent('康')}&category=pharmacy`,
      'near=126.64,45.78&radius=50',
    ])
      await holdsAgainstTheList(query);
  });

  it('are of one’s own scope', async () => {
    const inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
    expect((await facets('', inspector)).total).to.equal(3);
    await holdsAgainstTheList('status=listed', inspector);
    const owner = await aPerson('merchant', { merchants: [merchants[3]?._id ?? ''], sites: ['market-1'] });
    expect((await facets('', owner)).total).to.equal(2);
    await holdsAgainstTheList('', owner);
    expect((await facets('area=230104', await aPerson('staff', { areas: ['230199'] }))).total).to.equal(0);
  });

  it('of the list as of an instant are those of then', async () => {
    const { total: whole, facets: found } = await facets(`asOf=${earlier}`);
    expect(whole).to.equal(6);
    expect(asRecord(found.status)).to.deep.equal({ listed: 6 });
    expect(asRecord(found.taskForce)).to.deep.equal({ market: 4, trade: 2 });
    expect([found.lastVisit, found.hasOpenOrders]).to.deep.equal([[], []]);
    for (const query of ['', '&category=pharmacy&status=listed', `&q=${encodeURIComponent('老王')}`])
      await holdsAgainstTheList(`asOf=${earlier}${query}`);
    await desk.staff.api
      .get(`/merchants/facets?asOf=${earlier}&lastVisit=never`)
      .expect(isProblem(400, 'invalid-request'));
  });

  it('read an index once, the one of grams where a search finds few', async () => {
    const plain = await watched(() => facets('status=listed'), 'merchants');
    expect(wholeScans(plain)).to.deep.equal([]);
    expect(plain).to.have.length(1);
    const searched = await watched(() => facets(`q=${encodeURIComponent('老王')}`), 'merchants');
    expect(searched.at(-1)?.planSummary).to.match(/^IXSCAN \{ grams: 1/);
    const past = await watched(() => facets(`asOf=${earlier}`), 'merchantperiods');
    expect(wholeScans(past)).to.deep.equal([]);
  });

  it('refuse what the list refuses, and a page of them', async () => {
    for (const query of ['limit=5', 'cursor=x', 'sort=name', 'lastVisit=unknown', 'status=open'])
      await desk.staff.api.get(`/merchants/facets?${query}`).expect(isProblem(400, 'invalid-request'));
  });
});
