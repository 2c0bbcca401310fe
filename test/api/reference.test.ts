// Reference data written by an admin or loaded from a file, up to the first shop on the list of a district that began with nothing.
import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { AreaModel } from '../../models/area.ts';
import { AuditRecordModel } from '../../models/audit-record.ts';
import { CategoryModel } from '../../models/category.ts';
import { ChecklistModel } from '../../models/checklist.ts';
import { SiteModel } from '../../models/site.ts';
import { systemActor } from '../../server/domain/actor.ts';
import { loadReference, type ReferenceData } from '../../server/domain/load-reference.ts';
import { addUser } from '../../server/domain/users.ts';
import { demonstrationGround } from '../../server/seeds/ground-data.ts';
import { makeRandom } from '../../server/seeds/random.ts';
import { seedGround } from '../../server/seeds/seed-ground.ts';
import { signedInIn, tryLogin } from '../support/accounts.ts';
import { anybody, caller, isProblem, testConfig } from '../support/app.ts';
import { minutes, passTime, releaseClock } from '../support/desk.ts';
import {
  aDesk,
  aListedMerchant,
  aPerson,
  emptyWorld,
  layGround,
  type Person,
  testPassword,
} from '../support/world.ts';

const words = (zh: string, en = zh) => ({ zh, en });
const example = async () =>
  JSON.parse(await readFile('docs/reference.example.json', 'utf8')) as ReferenceData & {
    areas: NonNullable<ReferenceData['areas']>;
  };

const subdistrict = { name: '南市街道', level: 'subdistrict', parent: '230104' };
const category = { name: words('书店'), gbt4754: ['5243'], leadDepartment: '文旅局', taskForce: 'trade' };
const site = {
  kind: 'mall',
  name: '新商场（示例）',
  subdistrict: '230104001',
  address: '靖宇街2号',
  point: { type: 'Point', coordinates: [126.64, 45.78] },
};
const item = (key: string) => ({
  key,
  text: words(key),
  kind: 'outcome',
  severity: 'minor',
  photo: 'on-failure',
});

const bodyOf = ({ body }: { body: unknown }) => body;
const namesField = (field: string) => (response: { body: unknown }) => {
  const { errors } = response.body as { errors: { path: string }[] };
  expect(errors.map(({ path }) => path)).to.include(`/${field}`);
};
const trailOf = (record: string) => AuditRecordModel.find({ record }).sort({ at: 1 }).lean();

describe('reference data', () => {
  let admin: Person;
  const put = (path: string, body: object) => admin.api.put(path).send(body);

  beforeEach(async () => {
    await emptyWorld();
    await layGround();
    admin = await aPerson('admin');
  });

  afterEach(releaseClock);

  it('is added with 201 and changed with 200, both in the audit trail with before and after', async () => {
    const body = bodyOf(await put('/areas/230104006', subdistrict).expect(201));
    expect(body).to.deep.equal({
      ...subdistrict,
      code: '230104006',
      kind: null,
      path: ['23', '2301', '230104', '230104006'],
      centre: null,
    });
    await put('/areas/230104006', { ...subdistrict, name: '新名街道', centre: [126.6, 45.7] }).expect(200);
    const trail = await trailOf('230104006');
    expect(trail.map(({ action }) => action)).to.deep.equal(['area.added', 'area.changed']);
    expect(trail[1]?.before).to.include({ name: '南市街道' });
    expect(trail[1]?.after).to.include({ name: '新名街道' });
    expect(trail[1]?.areas).to.include('230104');
    expect(trail[1]?.by).to.include({ id: admin.user._id });
  });

  it('keeps the outline of an area that is written without one, and loses it by null', async () => {
    const outlineOf = async () => (await AreaModel.findById('230104006').lean())?.outline;
    const border = [
      [126, 45],
      [127, 45],
      [127, 46],
      [126, 45],
    ];
    await put('/areas/230104006', { ...subdistrict, outline: [[border]] }).expect(201);
    await put('/areas/230104006', { ...subdistrict, name: '新名街道' }).expect(200);
    expect(await outlineOf()).to.deep.equal([[border]]);
    await put('/areas/230104006', { ...subdistrict, outline: [[[[126, 45]]]] }).expect(
      isProblem(400, 'invalid-request'),
    );
    await put('/areas/230104006', { ...subdistrict, outline: null }).expect(200);
    expect(await outlineOf()).to.equal(null);
  });

  it('written again as it is answers 200, and leaves no trail', async () => {
    await put('/taskforces/culture', { name: words('文化专班') }).expect(201);
    const body = bodyOf(await put('/taskforces/culture', { name: words('文化专班') }).expect(200));
    expect(body).to.deep.equal({ key: 'culture', name: words('文化专班'), example: false });
    expect(await trailOf('culture')).to.have.length(1);
  });

  it('is shown by its list as it was written', async () => {
    for (const [list, id, body] of [
      ['categories', 'books', category],
      ['sites', 'mall-1', site],
    ] as const) {
      const written = await put(`/${list}/${id}`, body).expect(201);
      const { items } = (await admin.api.get(`/${list}`).expect(200)).body as { items: object[] };
      expect(items).to.deep.include(written.body);
    }
    expect((await SiteModel.findById('mall-1').lean())?.areas).to.deep.equal([
      '23',
      '2301',
      '230104',
      '230104001',
    ]);
  });

  it('that two write at once is added by one and changed by the other', async () => {
    const answers = await Promise.all(
      ['甲', '乙', '丙'].map((name) => put('/areas/230104007', { ...subdistrict, name })),
    );
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 200, 201]);
    expect(await trailOf('230104007')).to.have.length(3);
  });

  it('that refers to what is not on file is refused with the name of the field', async () => {
    for (const [path, body, field] of [
      ['/areas/230188001', { ...subdistrict, parent: '230188' }, 'parent'],
      ['/categories/books', { ...category, taskForce: 'culture' }, 'taskForce'],
      ['/sites/mall-1', { ...site, subdistrict: '230104099' }, 'subdistrict'],
      ['/sites/mall-1', { ...site, subdistrict: '230104' }, 'subdistrict'],
    ] as const)
      await put(path, body).expect(isProblem(422, 'unknown-reference')).expect(namesField(field));
    expect(await CategoryModel.exists({ _id: 'books' })).to.equal(null);
    expect(await SiteModel.exists({ _id: 'mall-1' })).to.equal(null);
  });

  it('keeps code, level and parent of an area in step', async () => {
    for (const [code, body, field] of [
      ['230199009', subdistrict, 'parent'],
      ['230104', { name: '区', level: 'district', parent: '23' }, 'parent'],
      ['2302', { name: '市', level: 'city', parent: null }, 'parent'],
      ['24', { name: '省', level: 'province', parent: '23' }, 'parent'],
      ['2301040', { ...subdistrict }, 'level'],
      ['230104008', { ...subdistrict, level: 'community' }, 'level'],
      ['230104001001', { name: '社区', level: 'community', parent: '230104' }, 'parent'],
    ] as const)
      await put(`/areas/${code}`, body).expect(isProblem(400, 'invalid-request')).expect(namesField(field));
    await put('/areas/22', { name: '吉林省', level: 'province', parent: null }).expect(201);
    await put('/areas/230104001001', { name: '社区', level: 'community', parent: '230104001' }).expect(201);
  });

  it('that merchants were written by does not change under them', async () => {
    await aListedMerchant(await aDesk(), { category: 'pharmacy', site: 'market-1' });
    const pharmacies = { ...category, name: words('药店'), taskForce: 'trade' };
    await put('/categories/pharmacy', pharmacies).expect(isProblem(409, 'in-use'));
    await put('/categories/pharmacy', { ...pharmacies, taskForce: 'market' }).expect(200);
    await put('/categories/supermarket', { ...category, taskForce: 'market' }).expect(200);
    await put('/sites/market-1', { ...site, kind: 'mall' }).expect(isProblem(409, 'in-use'));
    await put('/sites/market-1', { ...site, kind: 'farm-market', name: '改名早市' }).expect(200);
  });

  it('shows a new name to the public within a minute', async () => {
    const shop = await aListedMerchant(await aDesk());
    const organ = async () =>
      ((await anybody().get(`/status/${shop.doorCode}`).expect(200)).body as { organ: string }).organ;
    passTime(2 * minutes);
    expect(await organ()).to.equal('道外区');
    await put('/areas/230104', { name: '新名区', level: 'district', parent: '2301' }).expect(200);
    passTime(minutes);
    expect(await organ()).to.equal('新名区');
  });

  describe('of a checklist', () => {
    const checklist = { key: 'fire', title: words('消防'), items: [item('exit'), item('extinguisher')] };
    const add = (body: object) => admin.api.post('/checklists').send(body);

    it('is a next version each time, and earlier ones stay', async () => {
      const first = await add(checklist).expect(201);
      expect(first.body).to.include({ key: 'fire', version: 1 });
      const second = await add({ ...checklist, items: [item('exit')] }).expect(201);
      expect(second.body).to.include({ key: 'fire', version: 2 });
      expect((await admin.api.get('/checklists/fire/1').expect(200)).body).to.deep.equal(first.body);
      const { items } = (await admin.api.get('/checklists').expect(200)).body as { items: object[] };
      expect(items).to.deep.include(second.body);
      expect((await trailOf('fire/2'))[0]?.before)
        .to.have.property('items')
        .with.length(2);
    });

    it('by several at once: each version is one person’s, the others are told', async () => {
      const answers = await Promise.all(
        ['甲', '乙', '丙', '丁'].map((zh) => add({ ...checklist, title: words(zh) })),
      );
      const added = answers.filter(({ status }) => status === 201);
      for (const refused of answers.filter(({ status }) => status !== 201))
        isProblem(409, 'duplicate')(refused);
      expect(added.length).to.be.within(1, 3);
      expect(await ChecklistModel.countDocuments({ key: 'fire' })).to.equal(added.length);
    });

    it('sent again under its key is answered again', async () => {
      const once = () => add(checklist).set('Idempotency-Key', 'fire-1').expect(201);
      expect((await once()).body).to.deep.equal((await once()).body);
      expect(await ChecklistModel.countDocuments({ key: 'fire' })).to.equal(1);
    });

    it('names each item once', async () => {
      await add({ ...checklist, items: [item('exit'), item('exit')] })
        .expect(isProblem(400, 'invalid-request'))
        .expect(namesField('items/1/key'));
      await add({ ...checklist, items: [] }).expect(isProblem(400, 'invalid-request'));
    });
  });
});

describe('a file of reference data', () => {
  beforeEach(emptyWorld);

  const sums = async (data: ReferenceData) => {
    const { counts, refusals } = await loadReference(systemActor, data);
    const all = Object.values(counts);
    const sum = (outcome: 'added' | 'changed' | 'unchanged') =>
      all.reduce((total, one) => total + one[outcome], 0);
    return [sum('added'), sum('changed'), sum('unchanged'), refusals.length];
  };

  it('is loaded once: a second time nothing changes', async () => {
    expect(await sums(await example())).to.deep.equal([13, 0, 0, 0]);
    expect(await AuditRecordModel.countDocuments()).to.equal(13);
    expect(await sums(await example())).to.deep.equal([0, 0, 13, 0]);
    expect(await AuditRecordModel.countDocuments()).to.equal(13);
  });

  it('of the demonstration is what its list stands on', async () => {
    await seedGround(makeRandom('test'));
    const [added, changed, , refused] = await sums(demonstrationGround());
    expect([added, changed, refused]).to.deep.equal([0, 0, 0]);
    await emptyWorld();
    const [anew, ...rest] = await sums(demonstrationGround());
    expect(anew).to.be.greaterThan(60);
    expect(rest).to.deep.equal([0, 0, 0]);
  });

  it('names the place of each record that is refused, and loads the others', async () => {
    const { areas, ...rest } = await example();
    const twice = [...areas, { ...areas[0], name: '别名' }] as typeof areas;
    const without = twice.filter(({ code }) => code !== '230104005');
    const stray = { ...without[3], code: '230105001', parent: '230105' } as (typeof areas)[number];
    const { counts, refusals } = await loadReference(systemActor, { areas: [...without, stray], ...rest });
    expect(refusals.map(({ place, id, problem }) => [place, id, problem.code])).to.deep.equal([
      ['/areas/5', '23', 'duplicate'],
      ['/areas/6', '230105001', 'unknown-reference'],
    ]);
    expect(counts.areas.added).to.equal(5);
    expect(counts.checklists.added).to.equal(2);
  });

  describe('from the terminal', function () {
    this.timeout(60_000);

    it('says what it loaded, and what of it is wrong', async () => {
      expect(await run('docs/reference.example.json')).to.deep.include({ code: 0 });
      expect((await run('docs/reference.example.json')).said).to.include(
        'areas: 0 added, 0 changed, 6 unchanged',
      );
      const wrong = join(testConfig().dataDir, 'wrong.json');
      await writeFile(wrong, JSON.stringify({ areas: [{ code: '24', name: '', level: 'province' }] }));
      const { code, said } = await run(wrong);
      expect(code).to.equal(1);
      expect(said)
        .to.include('/areas/0/name')
        .and.include('/areas/0/parent')
        .and.include('Nothing was loaded');
      expect(await AreaModel.exists({ _id: '24' })).to.equal(null);
    });
  });
});

/** The command as a process of its own, on the database of the tests. */
async function run(...args: string[]): Promise<{ code: number | null; said: string }> {
  const { jwtSecret = '', signingKey = '', dataDir } = testConfig();
  const keys = { JWT_SECRET: jwtSecret, SIGNING_KEY: signingKey, DATA_DIR: join(dataDir, 'of-commands') };
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/commands/reference.ts', ...args], {
    env: { ...process.env, ...keys },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, said };
}

describe('a district that begins with nothing', () => {
  before(emptyWorld);

  async function signIn(username: string) {
    const { accessToken } = signedInIn(await tryLogin(username).expect(200));
    return caller(accessToken);
  }

  it('comes from its first admin to a shop that the public finds on the list', async () => {
    await addUser(systemActor, {
      username: 'first-admin',
      name: '管理员',
      role: 'admin',
      password: testPassword,
      scopes: [],
      merchants: [],
      sites: [],
    });
    const admin = await signIn('first-admin');
    const { areas, taskForces = [], categories = [] } = await example();
    for (const { code, ...area } of areas) await admin.put(`/areas/${code}`).send(area).expect(201);
    for (const { key, ...rest } of taskForces) await admin.put(`/taskforces/${key}`).send(rest).expect(201);
    for (const { key, ...rest } of categories) await admin.put(`/categories/${key}`).send(rest).expect(201);
    const scopes = [{ areas: ['230104'], taskForce: null }];
    await admin
      .post('/users')
      .send({ username: 'clerk', name: '工作人员', role: 'staff', password: testPassword, scopes })
      .expect(201);

    const staff = await signIn('clerk');
    const shop = { name: '第一药店', address: '靖宇街8号', category: 'pharmacy', subdistrict: '230104001' };
    const { id } = (await staff.post('/merchants').send(shop).expect(201)).body as { id: string };
    const applying = bodyOf(await staff.get(`/merchants/${id}`).expect(200));
    const { doorCode } = applying as { doorCode: string };
    await anybody().get(`/status/${doorCode}`).expect(isProblem(404, 'merchant-not-found'));
    const steps = [{ to: 'verifying' }, { to: 'listed', ground: 'verified' }];
    for (const step of steps) {
      const draft = await staff
        .post('/adjustments')
        .send({ ...step, reason: '核验', merchants: [id] })
        .expect(201);
      const { id: adjustment } = draft.body as { id: string };
      const body = bodyOf(await staff.post(`/adjustments/${adjustment}/submit`).expect(200));
      expect(body).to.include({ state: 'enacted' });
    }
    const body = bodyOf(await anybody().get(`/status/${doorCode}`).expect(200));
    expect(body).to.include({ name: '第一药店', status: 'listed', onList: true, organ: '道外区' });
  });
});
