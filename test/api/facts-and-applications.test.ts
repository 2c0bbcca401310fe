// Facts corrected under If-Match, kept as versions, and shops that apply for a place on the list.
import { expect } from 'chai';
import { LedgerEntryModel } from '../../models/ledger.ts';
import { CategoryModel } from '../../models/category.ts';
import { SiteModel } from '../../models/site.ts';
import { MerchantFactsModel } from '../../models/merchant-facts.ts';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { clock } from '../../server/lib/clock.ts';
import { makeUscc } from '../../server/lib/uscc.ts';
import { anybody, isProblem } from '../support/app.ts';
import { approved, enacted, minutes, passTime, releaseClock, shownIn, undone } from '../support/desk.ts';
import { aDesk, aListedMerchant, aPerson, type Desk, emptyWorld, layGround } from '../support/world.ts';

type Shown = { id: string; name: string; category: string; subdistrict: string; rev: number; status: string };

describe('correcting facts', () => {
  let desk: Desk;
  let merchant: Merchant;

  beforeEach(async () => {
    await emptyWorld();
    await layGround();
    releaseClock();
    desk = await aDesk();
    merchant = await aListedMerchant(desk);
  });

  after(() => {
    releaseClock();
  });

  const correct = (changes: object, rev = 1, id = merchant._id) =>
    desk.staff.api.patch(`/merchants/${id}`).set('If-Match', `"${rev}"`).send(changes);

  it('needs the version that was seen', async () => {
    await desk.staff.api
      .patch(`/merchants/${merchant._id}`)
      .send({ name: '新名' })
      .expect(isProblem(428, 'precondition-required'));
    const { body, headers } = await correct({ name: '新名（示例）' }).expect(200);
    expect(body).to.include({ name: '新名（示例）', rev: 2 });
    expect(headers.etag).to.equal('"2"');
    const { body: refused } = await correct({ name: '旧手（示例）' }).expect(isProblem(412, 'stale-version'));
    expect((refused as { present: unknown }).present).to.deep.equal({ rev: 2 });
  });

  it('by two at once: one wins, the other is told the present version', async () => {
    const answers = await Promise.all(['甲（示例）', '乙（示例）'].map((name) => correct({ name })));
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 412]);
    const refused = answers.find(({ status }) => status === 412)?.body as { present: unknown };
    expect(refused.present).to.deep.equal({ rev: 2 });
  });

  it('keeps the facts of then for the list as of an instant', async () => {
    const before = clock.now().toISOString();
    passTime(minutes);
    const changed = await correct({ name: '春光便利店（示例）', category: 'convenience' }).expect(202);
    await approved(desk.approver, shownIn(changed));
    passTime(minutes);
    const listed = async (query: string) => {
      const { body } = await desk.staff.api.get(`/merchants?${query}`).expect(200);
      return (body as { items: Shown[] }).items.map(({ name }) => name);
    };
    expect(await listed(`asOf=${before}`)).to.deep.equal([merchant.name]);
    expect(await listed(`asOf=${before}&category=pharmacy`)).to.deep.equal([merchant.name]);
    expect(await listed(`asOf=${before}&category=convenience`)).to.deep.equal([]);
    expect(await listed('category=convenience')).to.deep.equal(['春光便利店（示例）']);
    expect(await listed(`q=${encodeURIComponent('春光')}`)).to.deep.equal(['春光便利店（示例）']);
    expect(await listed(`asOf=${before}&q=${encodeURIComponent('春光')}`)).to.deep.equal([]);
    expect(await listed(`q=${encodeURIComponent('康宁')}`)).to.deep.equal([]);
  });

  it('of codes keeps their normal form', async () => {
    const uscc = makeUscc('92', '230104', 777_002);
    const { body } = await correct({ uscc: uscc.toLowerCase(), registerNumber: ' 药字1号 ' }).expect(200);
    expect(body).to.include({ uscc, registerNumber: '药字1号' });
  });

  it('refuses characters that nobody sees, and a market of another district', async () => {
    for (const name of ['康宁\u200b药店', '\u202e店药', '\u2066药店', '  '])
      await correct({ name }).expect(isProblem(400, 'invalid-request'));
    await SiteModel.create({
      _id: 'elsewhere',
      district: '230199',
      areas: ['23', '2301', '230199', '230199001'],
      kind: 'mall',
      name: '示例商场',
      subdistrict: '230199001',
      address: '示例街1号',
      point: { type: 'Point', coordinates: [126.64, 45.78] },
    });
    await correct({ site: 'elsewhere' }).expect(isProblem(422, 'unknown-reference'));
  });

  it('counts its versions on where earlier ones were purged, and does not ask for what they named', async () => {
    await CategoryModel.create({
      _id: 'gone',
      name: { zh: '示例', en: 'gone' },
      gbt4754: [],
      leadDepartment: '示例',
      taskForce: 'market',
    });
    const old = await aListedMerchant(desk, { category: 'gone' });
    const changed = await correct({ category: 'pharmacy' }, 1, old._id).expect(202);
    await approved(desk.approver, shownIn(changed));
    passTime(minutes);
    await CategoryModel.deleteOne({ _id: 'gone' });
    await correct({ capacity: 3 }, 2, old._id).expect(200);
    passTime(minutes);
    await MerchantFactsModel.deleteOne({ _id: `${old._id}/2` });
    await approved(desk.approver, shownIn(await correct({ capacity: 4 }, 3, old._id).expect(202)));
    expect((await MerchantModel.findById(old._id).lean())?.factsVersion).to.equal(4);
  });

  it('is an entry of its own in the ledger, with the salted hash of the new facts', async () => {
    await correct({ address: '靖宇街99号' }).expect(200);
    const entry = await LedgerEntryModel.findOne({ merchant: merchant._id, n: 2 }).lean();
    expect(entry).to.include({ to: null, facts: 2 });
    const version = await MerchantFactsModel.findById(`${merchant._id}/2`).lean();
    expect(version?.hash).to.equal(entry?.factsHash);
    expect(version?.facts.address).to.equal('靖宇街99号');
    const { body } = await anybody().get(`/status/${merchant.doorCode}`).expect(200);
    expect(body).to.include({ status: 'listed', address: '靖宇街99号', since: merchant.since.toISOString() });
  });

  it('leaves status and planned layers alone, which bring the corrected facts along', async () => {
    const at = new Date(clock.now().getTime() + 5 * minutes).toISOString();
    await enacted(desk, { merchants: [merchant._id], effectiveFrom: at });
    await correct({ name: '改名（示例）' }, 2).expect(200);
    passTime(6 * minutes);
    const { body } = await anybody().get(`/status/${merchant.doorCode}`).expect(200);
    expect(body).to.include({ status: 'suspended', name: '改名（示例）' });
  });

  it('is undone like any other adjustment', async () => {
    await correct({ name: '写错了（示例）' }).expect(200);
    const entry = await LedgerEntryModel.findOne({ merchant: merchant._id, n: 2 }).lean();
    await undone(desk, { id: entry?.adjustment ?? '' });
    expect((await MerchantModel.findById(merchant._id).lean())?.name).to.equal(merchant.name);
  });

  it('refuses a code that another shop has, also when an undoing would bring it back', async () => {
    const own = merchant.uscc ?? '';
    const fresh = makeUscc('92', '230104', 777_001);
    await correct({ uscc: fresh }).expect(200);
    const other = await aListedMerchant(desk, { uscc: own });
    await correct({ uscc: fresh }, 1, other._id).expect(isProblem(409, 'duplicate'));
    const entry = await LedgerEntryModel.findOne({ merchant: merchant._id, n: 2 }).lean();
    const undo = shownIn(
      await desk.staff.api
        .post(`/adjustments/${entry?.adjustment}/undo`)
        .send({ reason: '测试' })
        .expect(201),
    );
    await desk.staff.api.post(`/adjustments/${undo.id}/submit`).expect(200);
    await desk.approver.api
      .post(`/adjustments/${undo.id}/approve`)
      .send({ setHash: undo.setHash })
      .expect(isProblem(409, 'duplicate'));
  });

  it('refuses what does not exist, another district, and a place out of reach', async () => {
    await correct({ category: 'nothing' }).expect(isProblem(422, 'unknown-reference'));
    await correct({ uscc: '92230104MA1BX0K301' }).expect(isProblem(422, 'invalid-uscc'));
    await correct({ subdistrict: '230199001' }).expect(isProblem(403, 'forbidden'));
    const city = await aDesk(['2301']);
    await city.staff.api
      .patch(`/merchants/${merchant._id}`)
      .set('If-Match', '"1"')
      .send({ subdistrict: '230199001' })
      .expect(isProblem(400, 'invalid-request'));
    const local = await aDesk(['230104001']);
    await local.staff.api
      .patch(`/merchants/${merchant._id}`)
      .set('If-Match', '"1"')
      .send({ subdistrict: '230104005' })
      .expect(isProblem(403, 'forbidden'));
    expect((await MerchantModel.findById(merchant._id).lean())?.rev).to.equal(1);
  });

  it('beyond twenty a day waits for a second person, and is not lost', async () => {
    for (let rev = 1; rev <= 20; rev++) await correct({ address: `靖宇街${rev}号` }, rev).expect(200);
    const { state } = shownIn(await correct({ address: '靖宇街21号' }, 21).expect(202));
    expect(state).to.equal('submitted');
    const { body } = await desk.approver.api.get('/adjustments?state=submitted').expect(200);
    const [waiting] = (body as { items: ReturnType<typeof shownIn>[] }).items;
    if (!waiting) throw new Error('nothing waits');
    await approved(desk.approver, waiting);
    expect((await MerchantModel.findById(merchant._id).lean())?.address).to.equal('靖宇街21号');
  });
});

describe('an application', () => {
  let desk: Desk;

  before(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
  });

  const shop = (changes: object = {}) => ({
    name: '新春超市（示例）',
    address: '靖宇街8号',
    category: 'supermarket',
    subdistrict: '230104001',
    contact: { name: '王小明', phone: '10000001234' },
    ...changes,
  });

  it('by staff stands on the list as applying, and is unknown to the public', async () => {
    const uscc = makeUscc('92', '230104', 888_001);
    const { body } = await desk.staff.api.post('/merchants').send(shop({ uscc })).expect(201);
    const { id } = body as { id: string };
    expect(body).to.include({ status: 'applying' });
    const merchant = await MerchantModel.findById(id).lean();
    const { body: unknown } = await anybody().get('/status/0000000000').expect(404);
    for (const code of [merchant?.doorCode, uscc]) {
      const { body: refused } = await anybody()
        .get(`/status/${code}`)
        .expect(isProblem(404, 'merchant-not-found'));
      expect({ ...(refused as object), requestId: '' }).to.deep.equal({
        ...(unknown as object),
        requestId: '',
      });
    }
    await anybody().get(`/ledger/proof/${merchant?.doorCode}`).expect(isProblem(404, 'merchant-not-found'));
    const { body: found } = await anybody()
      .get(`/status?q=${encodeURIComponent('新春超市')}`)
      .expect(200);
    expect(found).to.deep.equal({ items: [], nearly: false });
  });

  it('goes on to verification and onto the list, or is rejected and may apply again', async () => {
    const { body } = await desk.staff.api.post('/merchants').send(shop()).expect(201);
    const { id } = body as { id: string };
    const step = (to: string) =>
      enacted(desk, { to, ground: to === 'listed' ? 'verified' : undefined, merchants: [id] });
    await step('verifying');
    await step('rejected');
    await step('applying');
    await step('verifying');
    await step('listed');
    const merchant = await MerchantModel.findById(id).lean();
    expect(merchant).to.include({ status: 'listed', entries: 6 });
    await anybody().get(`/status/${merchant?.doorCode}`).expect(200);
  });

  it('by a merchant is then his own', async () => {
    const applicant = await aPerson('merchant');
    const stranger = await aPerson('merchant');
    const { body } = await applicant.api.post('/merchants').send(shop()).expect(201);
    const { id } = body as { id: string };
    const { body: own } = await applicant.api.get(`/merchants/${id}`).expect(200);
    expect(own).to.include({ status: 'applying' });
    await stranger.api.get(`/merchants/${id}`).expect(isProblem(404, 'merchant-not-found'));
  });

  it('waits in line: a merchant’s account has five open at most', async () => {
    const applicant = await aPerson('merchant');
    const apply = () => applicant.api.post('/merchants').send(shop());
    const answers = await Promise.all(Array.from({ length: 7 }, apply));
    expect(answers.filter(({ status }) => status === 201)).to.have.length(5);
    await apply().expect(isProblem(409, 'too-many-applications'));
    const [first] = answers.filter(({ status }) => status === 201);
    const { id } = first?.body as { id: string };
    await enacted(desk, { to: 'verifying', ground: undefined, merchants: [id] });
    await apply().expect(201);
  });

  it('is refused outside one’s area, and in a market that is not one’s own', async () => {
    await desk.staff.api
      .post('/merchants')
      .send(shop({ subdistrict: '230199001' }))
      .expect(isProblem(403, 'forbidden'));
    const applicant = await aPerson('merchant');
    await applicant.api
      .post('/merchants')
      .send(shop({ site: 'market-1' }))
      .expect(isProblem(403, 'forbidden'));
  });

  it('for a code that stands on the list already is refused, also when two come at once', async () => {
    const twice = shop({ uscc: makeUscc('92', '230104', 888_002) });
    const answers = await Promise.all([1, 2, 3].map(() => desk.staff.api.post('/merchants').send(twice)));
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 409, 409]);
    await desk.staff.api.post('/merchants').send(twice).expect(isProblem(409, 'duplicate'));
  });
});
