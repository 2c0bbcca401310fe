// Checklists over HTTP: found by category, previewed, written in versions, and answered with numbers and choices.
import { expect } from 'chai';
import { AuditRecordModel } from '../../models/audit-record.ts';
import { ChecklistModel } from '../../models/checklist.ts';
import { OrderModel } from '../../models/order.ts';
import { systemActor } from '../../server/domain/actor.ts';
import { loadReference } from '../../server/domain/load-reference.ts';
import { demonstrationGround } from '../../server/seeds/ground-data.ts';
import essential from '../../server/seeds/data/checklists.json' with { type: 'json' };
import { isProblem } from '../support/app.ts';
import { aPhoto, aVisit } from '../support/visits.ts';
import {
  aDesk,
  aListedMerchant,
  aPerson,
  emptyWorld,
  layGround,
  type Person,
  someFacts,
} from '../support/world.ts';

const words = (zh: string, en = zh) => ({ zh, en });
const outcome = { kind: 'outcome', severity: 'minor', photo: 'never' };
const item = (key: string) => ({ key, text: words(`${key} 项`, key), ...outcome });
const temperature = {
  key: 'courier-temperature',
  text: words('上岗体温', 'Temperature on shift'),
  kind: 'number',
  severity: 'critical',
  photo: 'on-failure',
  number: { unit: words('°C'), min: 30, max: 45, passes: { below: 37.3 } },
};
const register = {
  key: 'register',
  text: words('四类药品登记', 'Register of four medicines'),
  kind: 'choice',
  severity: 'major',
  photo: 'never',
  options: [
    { key: 'complete', text: words('齐全', 'complete'), fails: false },
    { key: 'gaps', text: words('有漏登', 'gaps'), fails: true },
  ],
};
const list = {
  key: 'shops',
  title: words('药店检查表', 'Pharmacies'),
  categories: ['pharmacy'],
  items: [item('mask'), temperature, register],
};
type Preview = {
  next: { version: number };
  present: number | null;
  problems: { path: string; message: string }[];
  difference: { added: string[]; changed: { item: string }[] };
  merchants: number;
};
type Lists = { items: { key: string; version: number }[] };

describe('checklists', () => {
  let admin: Person;

  beforeEach(async () => {
    await emptyWorld();
    await layGround();
    admin = await aPerson('admin');
  });

  const add = (body: object) => admin.api.post('/checklists').send(body);
  const previewOf = async (body: object) =>
    (await admin.api.post('/checklists/preview').send(body).expect(200)).body as Preview;
  const found = async (query: string) =>
    ((await admin.api.get(`/checklists${query}`).expect(200)).body as Lists).items.map(
      ({ key, version }) => `${key}/${version}`,
    );

  it('of the first version read as they always did', async () => {
    const { body } = await admin.api.get('/checklists/essential/1').expect(200);
    expect(JSON.stringify(body)).to.equal(JSON.stringify(essential.checklists[0]));
  });

  it('are found by category: the newest that names it, else the usual one', async () => {
    expect(await found('?category=pharmacy')).to.deep.equal(['essential/1']);
    await add(list).expect(201);
    await add({ ...list, items: [item('mask')] }).expect(201);
    await add({ ...list, key: 'fire', categories: [] }).expect(201);
    expect(await found('?category=pharmacy')).to.deep.equal(['shops/2']);
    expect(await found('?category=convenience')).to.deep.equal(['essential/1']);
    await add({ ...list, categories: ['convenience'] }).expect(201);
    expect(await found('?category=pharmacy')).to.deep.equal(['essential/1']);
    expect(await found('?category=convenience&latest=true')).to.deep.equal(['shops/3']);
  });

  it('are listed by key, the newest version of each or all of them', async () => {
    await add(list).expect(201);
    await add({ ...list, key: 'another' }).expect(201);
    await add({ ...list, items: [item('mask')] }).expect(201);
    const newest = ['another/1', 'essential/1', 'shops/2'];
    expect(await found('')).to.deep.equal(newest);
    expect(await found('?latest=true')).to.deep.equal(newest);
    expect(await found('?latest=false')).to.deep.equal(['another/1', 'essential/1', 'shops/2', 'shops/1']);
  });

  it('of the demonstration are one for each of its categories', async () => {
    await emptyWorld();
    admin = await aPerson('admin');
    const ground = demonstrationGround();
    const { refusals } = await loadReference(systemActor, ground);
    expect(refusals).to.deep.equal([]);
    for (const { key } of ground.categories) {
      const { items } = (await admin.api.get(`/checklists?category=${key}`).expect(200)).body as {
        items: { categories: string[] }[];
      };
      expect(items, key).to.have.length(1);
      expect(items[0]?.categories).to.include(key);
    }
  });

  describe('before they are written', () => {
    it('show what would be: version, difference, and how many listed shops they are for; nothing is written', async () => {
      const desk = await aDesk();
      await aListedMerchant(desk);
      await aListedMerchant(desk, someFacts({ category: 'convenience' }));
      const before = await ChecklistModel.countDocuments();
      const trail = await AuditRecordModel.countDocuments();
      const first = await previewOf(list);
      expect(first).to.deep.include({ present: null, problems: [], merchants: 1 });
      expect(first.difference.added).to.deep.equal(['mask', 'courier-temperature', 'register']);
      expect((await previewOf({ ...list, categories: [] })).merchants).to.equal(2);
      expect(await ChecklistModel.countDocuments()).to.equal(before);
      expect(await AuditRecordModel.countDocuments()).to.equal(trail);
    });

    it('are then written exactly as shown', async () => {
      const untidy = {
        ...list,
        title: words(' 药店检查表 ', 'Pharmacies '),
        categories: ['supermarket', 'pharmacy'],
      };
      const { next } = await previewOf(untidy);
      expect((await add(untidy).expect(201)).body).to.deep.equal(next);
      expect((await admin.api.get('/checklists/shops/1').expect(200)).body).to.deep.equal(next);
      const again = await previewOf({
        ...list,
        items: [item('mask'), { ...temperature, severity: 'major' }],
      });
      expect(again).to.deep.include({ present: 1, problems: [] });
      expect(again.next.version).to.equal(2);
      expect(again.difference).to.deep.include({ added: [], removed: ['register'] });
      expect(again.difference.changed).to.deep.equal([
        { item: 'courier-temperature', fields: [{ field: 'severity', before: 'critical', after: 'major' }] },
      ]);
    });

    it('say in words what stands in the way, and are refused with the same', async () => {
      await add(list).expect(201);
      const wrong = {
        ...list,
        title: words('表', ''),
        items: [
          { ...item('courier-temperature') },
          { ...temperature, key: 'freezer', number: { ...temperature.number, passes: { below: 30 } } },
          item('mask'),
          item('mask'),
        ],
      };
      const { problems } = await previewOf(wrong);
      expect(problems.map(({ path }) => path)).to.have.members([
        '/title/en',
        '/items/0/kind',
        '/items/1/number/passes',
        '/items/3/key',
      ]);
      for (const { message } of problems) expect(message).to.match(/\p{Script=Han}.* \/ [a-z]/u);
      const refused = await add(wrong).expect(isProblem(400, 'invalid-request'));
      expect((refused.body as { errors: unknown }).errors).to.deep.equal(problems);
    });

    it('may only name categories that there are', async () => {
      const stray = { ...list, categories: ['pharmacy', 'casino'] };
      expect((await previewOf(stray)).problems.map(({ path }) => path)).to.deep.equal(['/categories']);
      await add(stray).expect(isProblem(422, 'unknown-reference'));
    });

    it('keep the version that was shown: another one written meanwhile is told', async () => {
      const { next } = await previewOf(list);
      await add({ ...list, title: words('别人的') }).expect(201);
      await add({ ...list, version: next.version }).expect(isProblem(409, 'duplicate'));
      await add({ ...list, version: 2 }).expect(201);
    });
  });

  it('by many admins at once are consecutive versions, each one person’s; the others are told', async () => {
    const titles = Array.from({ length: 12 }, (_, index) => `表 ${index}`);
    const answers = await Promise.all(titles.map((zh) => add({ ...list, title: words(zh) })));
    const added = answers.filter(({ status }) => status === 201);
    for (const refused of answers.filter(({ status }) => status !== 201))
      isProblem(409, 'duplicate')(refused);
    const versions = added.map(({ body }) => (body as { version: number }).version).sort((a, b) => a - b);
    expect(versions).to.deep.equal(versions.map((_, index) => index + 1));
    for (const { body } of added) {
      const { version } = body as { version: number };
      expect((await admin.api.get(`/checklists?latest=false`)).text).to.include(`"version":${version}`);
      const stored = await ChecklistModel.findById(`shops/${version}`).lean();
      expect(stored?.title).to.deep.equal((body as { title: object }).title);
    }
  });

  it('with numbers and choices are answered by a visit, and what fails becomes an order with its text', async () => {
    const { version } = (await add({ ...list, key: 'answered' }).expect(201)).body as { version: number };
    const merchant = await aListedMerchant(await aDesk());
    const inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
    const { sha256 } = await aPhoto();
    const timed = { kind: 'timed' as const };
    const visit = (temperatureAnswer: object, registerAnswer: object) => ({
      ...aVisit(merchant._id),
      checklist: { key: 'answered', version },
      answers: [
        { item: 'mask', outcome: 'pass' },
        { item: 'courier-temperature', ...temperatureAnswer },
        { item: 'register', ...registerAnswer },
      ],
    });
    const send = (body: object) => inspector.api.post('/visits').send(body);
    const failed = { outcome: 'fail', value: 37.6, photos: [sha256], fix: timed };

    const sound = visit(failed, { outcome: 'fail', value: 'gaps', fix: timed });
    const receipt = (await send(sound).expect(201)).body as { result: string; orders: { item: string }[] };
    expect(receipt.result).to.equal('orders');
    const orders = await OrderModel.find({ visit: sound.id }).sort({ item: 1 }).lean();
    expect(orders.map(({ item: key, itemText, severity }) => [key, itemText, severity])).to.deep.equal([
      ['courier-temperature', temperature.text, 'critical'],
      ['register', register.text, 'major'],
    ]);

    const passed = { outcome: 'pass', value: 36.6 };
    await send(visit(passed, { outcome: 'na' })).expect(201);
    for (const [first, second, path] of [
      [{ outcome: 'pass', value: 37.3 }, { outcome: 'na' }, '/answers/1/outcome'],
      [{ outcome: 'pass', value: 50 }, { outcome: 'na' }, '/answers/1/value'],
      [{ outcome: 'pass', value: '36.6' }, { outcome: 'na' }, '/answers/1/value'],
      [passed, { outcome: 'pass' }, '/answers/2/value'],
      [passed, { outcome: 'pass', value: 'gaps' }, '/answers/2/outcome'],
      [passed, { outcome: 'pass', value: 'lost' }, '/answers/2/value'],
    ] as const) {
      const refused = await send(visit(first, second)).expect(isProblem(400, 'invalid-request'));
      const { errors } = refused.body as { errors: { path: string }[] };
      expect(errors.map((error) => error.path)).to.deep.equal([path]);
    }
  });
});
