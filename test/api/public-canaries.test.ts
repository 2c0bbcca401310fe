// What the public must never read, planted everywhere it is kept and looked for in the answer of every public route.
import { expect } from 'chai';
import supertest from 'supertest';
import { allRoutes } from '../../routes/index.ts';
import { MerchantModel } from '../../models/merchant.ts';
import { origin } from '../support/app.ts';
import { enacted } from '../support/desk.ts';
import { anOpenLink } from '../support/links.ts';
import { aVisit } from '../support/visits.ts';
import { aDesk, aPerson, emptyWorld, layGround, listedMerchants } from '../support/world.ts';

const canaries = {
  phone: '13900007777',
  contact: '金丝雀联系人',
  inspector: '金丝雀检查员',
  staff: '金丝雀经办人',
  note: '金丝雀内部备注',
  met: '金丝雀接待人',
  reason: '金丝雀不公开的理由',
};

describe('the public', () => {
  /** Addresses of every public route that is read, by its method and path; several where what it answers differs. */
  let addresses: Record<string, string[]>;

  before(async () => {
    await emptyWorld();
    await layGround();
    const desk = await aDesk();
    desk.staff = await aPerson('staff', { areas: ['230104'], name: canaries.staff });
    const inspector = await aPerson('inspector', {
      areas: ['230104001'],
      taskForce: 'market',
      name: canaries.inspector,
    });
    const contact = { name: canaries.contact, phone: canaries.phone };
    const [listed, suspended, applying] = await listedMerchants(desk, [
      { contact },
      { contact },
      { contact },
    ]);
    if (!listed || !suspended || !applying) throw new Error('no merchants');
    await enacted(desk, {
      merchants: [suspended._id],
      reason: canaries.reason,
      notice: '道外通告〔2022〕9号',
    });
    await inspector.api
      .post('/visits')
      .send(aVisit(listed._id, { note: canaries.note, personMet: canaries.met }))
      .expect(201);
    const { path } = await anOpenLink(inspector, listed);
    const token = path.replace('/f/', '');
    const codes = [listed, suspended].map(({ doorCode }) => doorCode);
    const searches = ['示例', '康宇药店', ...Object.values(canaries)].map(encodeURIComponent);
    addresses = {
      'GET /': ['/', ...searches.map((q) => `/?q=${q}`), '/?q=示例&lang=en'],
      'GET /status': searches.map((q) => `/api/v1/status?q=${q}`),
      'GET /status/{code}': [...codes, String(listed.uscc), 'X'].map((code) => `/api/v1/status/${code}`),
      'GET /s/{code}': [...codes, 'X'].flatMap((code) => [`/s/${code}`, `/s/${code}?lang=en&k=forged`]),
      'GET /f/{token}': [`/f/${token}`, '/f/forged'],
      'GET /fix/{token}': [`/api/v1/fix/${token}`],
      'GET /ledger/blocks': ['/api/v1/ledger/blocks?district=230104'],
      'GET /ledger/heads': ['/api/v1/ledger/heads'],
      'GET /ledger/proof/{code}': codes.map((code) => `/api/v1/ledger/proof/${code}`),
      'GET /.well-known/jwks.json': ['/.well-known/jwks.json'],
      'GET /healthz': ['/healthz'],
      'GET /readyz': ['/readyz'],
      'GET /metrics': ['/metrics'],
    };
  });

  it('reads no telephone, name of a person, internal note or unpublished reason in any answer', async () => {
    const read = allRoutes.filter(({ method, permission }) => method === 'get' && permission === 'public');
    const routes = read.map(({ path }) => `GET ${path}`).sort();
    expect(Object.keys(addresses).sort(), 'every public route is read').to.deep.equal(routes);
    for (const [route, own] of Object.entries(addresses))
      for (const address of own) {
        const { text } = await supertest(origin()).get(address).set('Accept-Language', 'zh-CN');
        // What was asked for is said again by the search: that alone tells nothing.
        const asked = decodeURIComponent(new URL(address, origin()).searchParams.get('q') ?? '');
        for (const [kind, canary] of Object.entries(canaries))
          if (canary !== asked) expect(text, `${kind} at ${route}: ${address}`).not.to.include(canary);
      }
  });

  it('finds nobody by what it may not read', async () => {
    for (const canary of Object.values(canaries)) {
      const { body } = await supertest(origin())
        .get(`/api/v1/status?q=${encodeURIComponent(canary)}`)
        .expect(200);
      expect(body, canary).to.deep.equal({ items: [], nearly: false });
    }
    expect(await MerchantModel.countDocuments({ text: /金丝雀|13900007777/ })).to.equal(0);
  });
});
