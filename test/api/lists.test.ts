// Lists: every record met once by cursor in every order, totals, search, selector fields, nearness, and the list as of an instant.
import { expect } from 'chai';
import supertest from 'supertest';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { merchantSorts } from '../../server/domain/merchants.ts';
import { clock } from '../../server/lib/clock.ts';
import { makeUscc } from '../../server/lib/uscc.ts';
import { anybody, isProblem, origin } from '../support/app.ts';
import { enacted, minutes, passTime, releaseClock } from '../support/desk.ts';
import {
  aDesk,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  listedMerchants,
  type Person,
} from '../support/world.ts';

type Page<T> = { items: T[]; nextCursor: string | null; total: number; totalIsExact: boolean };
type Shown = { id: string; name: string; status: string; category: string };

const point = (lng: number, lat: number) => ({
  type: 'Point' as const,
  coordinates: [lng, lat] as [number, number],
});

describe('the list of merchants', () => {
  let desk: Desk;
  let inspector: Person;
  let merchants: Merchant[];

  before(async () => {
    releaseClock();
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
    merchants = await listedMerchants(desk, [
      { name: '康宁药店（示例）', uscc: makeUscc('92', '230104', 1), point: point(126.64, 45.78) },
      { name: '康宁药店（示例）', point: point(126.6401, 45.7801) },
      {
        name: '福满家超市（示例）',
        category: 'supermarket',
        subdistrict: '230104005',
        point: point(126.7, 45.8),
      },
      { name: '老王便利店（示例）', category: 'convenience', address: '南极街12号', point: null },
      { name: '10号粮油（示例）', category: 'supermarket', site: 'market-1' },
      { name: '9号粮油（示例）', category: 'supermarket', site: 'market-1', mode: ['delivery'] },
      { name: '𠮷野家便利店（示例）', category: 'convenience', subdistrict: '230104005', uscc: null },
      { name: 'ABC便利店（示例）', category: 'convenience', registerNumber: 'JY2301040001', uscc: null },
      { name: '阿明药房（示例）', mode: ['in-store', 'delivery'] },
    ]);
    const visited = [0, 3, 4, 5].map((index) => merchants[index]?._id ?? '');
    const at = new Date('2022-11-29T02:00:00Z');
    for (const _id of visited.slice(0, 3))
      await MerchantModel.updateOne({ _id }, { lastVisit: { at, result: 'passed' } });
    const later = new Date('2022-11-30T02:00:00Z');
    await MerchantModel.updateOne({ _id: visited[3] ?? '' }, { lastVisit: { at: later, result: 'orders' } });
    await MerchantModel.updateOne({ _id: visited[0] ?? '' }, { openOrders: 2, risk: 'B' });
    await enacted(desk, { merchants: [merchants[5]?._id] });
  });

  after(() => {
    releaseClock();
  });

  const get = async (query: string, person: Person = desk.staff): Promise<Page<Shown>> =>
    (await person.api.get(`/merchants?${query}`).expect(200)).body as Page<Shown>;
  const names = async (query: string, person: Person = desk.staff) =>
    (await get(query, person)).items.map(({ name }) => name.replace('（示例）', '')).sort();
  const q = (text: string) => names(`q=${encodeURIComponent(text)}`);

  async function paged(query: string): Promise<string[]> {
    const seen: string[] = [];
    let cursor = '';
    for (let pages = 0; pages < 20; pages++) {
      const page = await get(`${query}&limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.items.map(({ id }) => id));
      if (page.nextCursor === null) return seen;
      cursor = page.nextCursor;
    }
    throw new Error('the list has no end');
  }

  describe('paged by cursor', () => {
    for (const sort of merchantSorts)
      it(`meets each once by ${sort}, ties and empty fields included, in the order of the whole list`, async () => {
        const whole = (await get(`sort=${sort}`)).items.map(({ id }) => id);
        expect(new Set(whole).size).to.equal(9);
        expect(await paged(`sort=${sort}`)).to.deep.equal(whole);
      });

    for (const sort of ['id', '-id', 'name', '-name', 'since', '-since', 'category'])
      it(`does so as of an instant by ${sort}`, async () => {
        const asOf = `asOf=${clock.now().toISOString()}&sort=${sort}`;
        const whole = (await get(asOf)).items.map(({ id }) => id);
        expect(new Set(whole).size).to.equal(9);
        expect(await paged(asOf)).to.deep.equal(whole);
      });

    it('sorts names by pinyin and numbers by their value, both ways', async () => {
      const sorted = (await get('sort=name')).items.map(({ name }) => name.replace('（示例）', ''));
      expect(sorted.slice(0, 3)).to.deep.equal(['9号粮油', '10号粮油', '阿明药房']);
      expect(sorted.indexOf('福满家超市')).to.be.lessThan(sorted.indexOf('康宁药店'));
      const back = (await get('sort=-name')).items.map(({ name }) => name.replace('（示例）', ''));
      expect(back).to.deep.equal(sorted.toReversed());
    });

    it('misses nobody who was there all along when others come and go meanwhile', async () => {
      const first = await get('sort=name&limit=3');
      await listedMerchants(desk, [{ name: '啊啊临时店（示例）' }]);
      const rest = await get(`sort=name&cursor=${first.nextCursor}`);
      const seen = [...first.items, ...rest.items].map(({ id }) => id);
      expect(new Set(seen).size).to.equal(seen.length);
      for (const { _id } of merchants) expect(seen).to.include(_id);
      await MerchantModel.deleteOne({ name: '啊啊临时店（示例）' });
    });

    it('refuses a cursor that was made for another order, or not by us', async () => {
      const { nextCursor } = await get('sort=name&limit=2');
      await desk.staff.api
        .get(`/merchants?sort=since&cursor=${nextCursor}`)
        .expect(isProblem(400, 'invalid-cursor'));
      for (const forged of [
        'x',
        Buffer.from('{"s":"id","value":{"$gt":""},"id":"a"}').toString('base64url'),
        Buffer.from('{"s":"id","value":null,"id":{"$gt":""}}').toString('base64url'),
        Buffer.from('null').toString('base64url'),
      ])
        await desk.staff.api.get(`/merchants?cursor=${forged}`).expect(isProblem(400, 'invalid-cursor'));
    });

    it('says the total of the whole list, not of the page', async () => {
      expect(await get('limit=1')).to.include({ total: 9, totalIsExact: true });
      expect(await get('limit=1&category=pharmacy')).to.include({ total: 3 });
    });
  });

  describe('searched', () => {
    it('by part of a Chinese name', async () => {
      expect(await q('康宁')).to.deep.equal(['康宁药店', '康宁药店']);
      expect(await q('宁药')).to.deep.equal(['康宁药店', '康宁药店']);
      expect(await q('便利店')).to.deep.equal(['ABC便利店', '𠮷野家便利店', '老王便利店'].sort());
      expect(await q('福满家超市')).to.deep.equal(['福满家超市']);
      expect(await q('福满家药店')).to.deep.equal([]);
    });

    it('by pinyin and by initials', async () => {
      expect(await q('kangning')).to.deep.equal(['康宁药店', '康宁药店']);
      expect(await q('fmj')).to.deep.equal(['福满家超市']);
      expect(await q('laowang')).to.deep.equal(['老王便利店']);
      expect(await q('KANG NING')).to.deep.equal(['康宁药店', '康宁药店']);
      expect(await q('angnin')).to.deep.equal(['康宁药店', '康宁药店']);
      expect(await q('abcbianlidian')).to.deep.equal(['ABC便利店']);
    });

    it('by street, credit code, register number and door code', async () => {
      expect(await q('南极街')).to.deep.equal(['老王便利店']);
      expect(await q(merchants[0]?.uscc ?? '')).to.deep.equal(['康宁药店']);
      expect(await q('jy230104')).to.deep.equal(['ABC便利店']);
      // One gram over and over says less than the query.
      expect(await q('000000000000')).to.deep.equal([]);
      expect(await q(merchants[8]?.doorCode ?? '')).to.deep.equal(['阿明药房']);
    });

    it('by rare characters, single ones, and what means something elsewhere', async () => {
      expect(await q('𠮷野家')).to.deep.equal(['𠮷野家便利店']);
      expect(await q('药')).to.deep.equal(['康宁药店', '康宁药店', '阿明药房'].sort());
      expect(await q('.*')).to.have.length(9);
      expect(await q('$where')).to.deep.equal([]);
    });

    it('together with other fields, page by page', async () => {
      expect(await names(`q=${encodeURIComponent('便利店')}&subdistrict=230104005`)).to.deep.equal([
        '𠮷野家便利店',
      ]);
      const whole = (await get(`q=${encodeURIComponent('示例')}`)).items.map(({ id }) => id);
      expect(await paged(`q=${encodeURIComponent('示例')}`)).to.deep.equal(whole);
      expect(whole).to.have.length(9);
    });

    it('by everybody on the public register, where those off the list show as such', async () => {
      const { body } = await anybody()
        .get(`/status?q=${encodeURIComponent('粮油')}`)
        .expect(200);
      const { items } = body as { items: { name: string; status: string }[] };
      expect(items.map(({ status }) => status).sort()).to.deep.equal(['listed', 'suspended']);
    });

    it('on the register with one character wrong, missing or too many, from three characters on', async () => {
      const search = async (text: string) => {
        const { body } = await anybody()
          .get(`/status?q=${encodeURIComponent(text)}`)
          .expect(200);
        const { items, nearly } = body as { items: { name: string }[]; nearly: boolean };
        return { nearly, names: items.map(({ name }) => name.replace('（示例）', '')).sort() };
      };
      const both = ['康宁药店', '康宁药店'];
      expect(await search('康宁药店')).to.deep.equal({ nearly: false, names: both });
      for (const slip of ['康宇药店', '康宁店', '康康宁药店', '慷宁药店', 'kagning', 'kangming'])
        expect(await search(slip), slip).to.deep.equal({ nearly: true, names: both });
      expect((await search('康宁药dian')).names, 'more than one').to.deep.equal([]);
      expect(await search('福蛮家')).to.deep.equal({ nearly: true, names: ['福满家超市'] });
      expect(await search('康宇'), 'two characters mean too much').to.deep.equal({
        nearly: false,
        names: [],
      });
      const page = await supertest(origin())
        .get(`/?q=${encodeURIComponent('康宇药店')}`)
        .expect(200);
      expect(page.text).to.include('相近的有').and.to.include('只差一个字').and.to.include('康宁药店');
    });
  });

  describe('narrowed', () => {
    it('by each field of the selector, alternatives repeated', async () => {
      expect(await names('category=pharmacy')).to.have.length(3);
      expect(await names('category=pharmacy&category=convenience')).to.have.length(6);
      expect(await names('status=suspended')).to.deep.equal(['9号粮油']);
      expect(await names('subdistrict=230104005')).to.have.length(2);
      expect(await names('area=230104')).to.have.length(9);
      expect(await names('area=230104001&area=230104005')).to.have.length(9);
      expect(await names('site=market-1')).to.have.length(2);
      expect(await names('site.kind=farm-market')).to.have.length(2);
      expect(await names('mode=delivery')).to.deep.equal(['9号粮油', '阿明药房']);
      expect(await names('taskForce=trade')).to.have.length(3);
      expect(await names('risk=B')).to.deep.equal(['康宁药店']);
      expect(await names('hasOpenOrders=true')).to.deep.equal(['康宁药店']);
      expect(await names('hasOpenOrders=false')).to.have.length(8);
      expect(await names('notVisitedSince=2022-11-30T00:00:00Z')).to.have.length(8);
      expect(await names('notVisitedSince=2022-11-29T00:00:00Z')).to.have.length(5);
      expect(await names(`uscc=${merchants[0]?.uscc}`)).to.deep.equal(['康宁药店']);
      expect(await names(`doorCode=${merchants[2]?.doorCode}`)).to.deep.equal(['福满家超市']);
      expect(await names(`id=${merchants[2]?._id}&id=${merchants[3]?._id}`)).to.have.length(2);
      expect(await names('category=pharmacy&status=suspended')).to.deep.equal([]);
    });

    it('by nearness to a point', async () => {
      expect(await names('near=126.64,45.78&radius=50')).to.have.length(7);
      expect(await names('near=126.7,45.8&radius=10')).to.deep.equal(['福满家超市']);
      expect(await names('near=126.65,45.78&radius=10')).to.deep.equal([]);
      expect(await names(`near=126.64,45.78&radius=50&q=${encodeURIComponent('康宁')}`)).to.have.length(2);
      await desk.staff.api.get('/merchants?near=abc').expect(isProblem(400, 'invalid-request'));
    });

    it('to what the caller may see', async () => {
      expect(await names('', inspector)).to.deep.equal(
        ['ABC便利店', '康宁药店', '康宁药店', '老王便利店', '阿明药房'].sort(),
      );
      const own = await aPerson('merchant', { merchants: [merchants[2]?._id ?? ''] });
      expect(await names('', own)).to.deep.equal(['福满家超市']);
      const operator = await aPerson('merchant', { sites: ['market-1'] });
      expect(await names('sort=name', operator)).to.deep.equal(['10号粮油', '9号粮油'].sort());
      const elsewhere = await aDesk(['230199']);
      expect(await names('', elsewhere.staff)).to.deep.equal([]);
      expect(await names('area=230104', elsewhere.staff)).to.deep.equal([]);
    });

    it('as of an instant by the same fields, but not by what only the present has', async () => {
      const before = new Date(clock.now().getTime() + minutes).toISOString();
      passTime(5 * minutes);
      await enacted(desk, { to: 'removed', merchants: [merchants[2]?._id] });
      const then = `asOf=${before}`;
      expect(await names(`${then}&status=listed&category=supermarket`)).to.deep.equal([
        '10号粮油',
        '福满家超市',
      ]);
      expect(await names('status=listed&category=supermarket')).to.deep.equal(['10号粮油']);
      expect(await names(`${then}&q=fmj`)).to.deep.equal(['福满家超市']);
      expect(await names(`${then}&near=126.7,45.8&radius=10`)).to.deep.equal(['福满家超市']);
      expect(await names(`${then}&site.kind=farm-market&mode=delivery`)).to.deep.equal(['9号粮油']);
      for (const field of [
        'hasOpenOrders=true',
        'risk=B',
        'notVisitedSince=2022-11-30T00:00:00Z',
        'sort=lastVisit',
      ])
        await desk.staff.api.get(`/merchants?${then}&${field}`).expect(isProblem(400, 'invalid-request'));
    });
  });
});
