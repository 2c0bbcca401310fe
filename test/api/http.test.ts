// What holds for every route: problems, languages, shapes of input, versions, headers, documentation.
import { expect } from 'chai';
import supertest from 'supertest';
import { catalogue, type ProblemCode } from '../../server/lib/problem.ts';
import { anybody, caller, isProblem, origin } from '../support/app.ts';
import {
  aDesk,
  aListedMerchant,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  type Person,
} from '../support/world.ts';
import type { Merchant } from '../../models/merchant.ts';

type ProblemBody = {
  type: string;
  title: string;
  status: number;
  detail?: string;
  code: ProblemCode;
  errors?: { path: string; message: string }[];
};
const problemIn = (response: { body: unknown }) => response.body as ProblemBody;
const pathsIn = (response: { body: unknown }) => problemIn(response).errors?.map(({ path }) => path);
const bare = () => supertest(origin());
const application = {
  name: '康宁药店（示例）',
  address: '靖宇街9号',
  category: 'pharmacy',
  subdistrict: '230104001',
};

describe('over HTTP', () => {
  let desk: Desk;
  let staff: Person;
  let merchant: Merchant;

  before(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    ({ staff } = desk);
    merchant = await aListedMerchant(desk);
  });

  describe('a refusal', () => {
    it('of an unknown address is a problem, with and without the prefix', async () => {
      await anybody().get('/nothing-here').expect(isProblem(404, 'not-found'));
      await bare().get('/nothing-here').expect(isProblem(404, 'not-found'));
      await bare().get('/api/v1').expect(isProblem(404, 'not-found'));
    });

    it('of an address that cannot be decoded is a problem', async () => {
      await anybody().get('/status/%E0%A4%A').expect(isProblem(404, 'not-found'));
    });

    it('of another method names those that are allowed', async () => {
      const list = await anybody().delete('/merchants').expect(isProblem(405, 'method-not-allowed'));
      expect(list.headers.allow).to.equal('GET, HEAD, POST');
      const photo = await anybody()
        .patch(`/photos/${'0'.repeat(64)}`)
        .expect(isProblem(405, 'method-not-allowed'));
      expect(photo.headers.allow).to.equal('HEAD, GET');
      // These look like the address of one record, too.
      for (const path of ['/merchants/facets', '/users/shops'])
        await anybody().patch(path).expect(isProblem(405, 'method-not-allowed'));
      await anybody().get('/adjustments/dry-run').expect(isProblem(405, 'method-not-allowed'));
      const health = await bare().post('/healthz').expect(isProblem(405, 'method-not-allowed'));
      expect(health.headers.allow).to.equal('GET, HEAD');
    });

    it('has the members of RFC 9457 and its type leads to a page that explains it', async () => {
      const response = await anybody().get('/merchants').expect(isProblem(401, 'not-signed-in'));
      const { type, title, status } = problemIn(response);
      expect({ title, status }).to.deep.equal({ title: catalogue['not-signed-in'].title.zh, status: 401 });
      expect(response.headers['www-authenticate']).to.equal('Bearer');
      const page = await bare().get(type.replace(/#.*/, '')).expect(200);
      expect(page.text).to.include(`id="${type.replace(/.*#/, '')}"`);
    });

    it('speaks Chinese unless English is preferred', async () => {
      const titleFor = async (languages?: string) => {
        const request = anybody().get('/merchants');
        if (languages !== undefined) request.set('Accept-Language', languages);
        const response = await request.expect(401);
        expect(response.headers.vary).to.include('Accept-Language');
        return problemIn(response).title;
      };
      const { zh, en } = catalogue['not-signed-in'].title;
      expect(await titleFor()).to.equal(zh);
      expect(await titleFor('fr')).to.equal(zh);
      expect(await titleFor('zh-CN,en;q=0.8')).to.equal(zh);
      expect(await titleFor('en-GB,en;q=0.9,zh;q=0.5')).to.equal(en);
    });

    it('says in the same language which parts of the request are wrong', async () => {
      const ask = (language: string) =>
        staff.api.get('/merchants?limit=0').set('Accept-Language', language).expect(400);
      expect(problemIn(await ask('en')).errors).to.deep.equal([
        { path: '/query/limit', message: 'must be >= 1' },
      ]);
      expect(problemIn(await ask('zh')).errors?.[0]?.message).to.match(/[一-鿿]/);
    });

    it('never names the stack, the driver or the framework', async () => {
      const response = await staff.api.post('/merchants').type('json').send('{"name":').expect(400);
      expect(response.text).to.not.match(/node_modules|\.ts:|Mongo|express|SyntaxError/i);
    });
  });

  describe('a body', () => {
    const post = () => staff.api.post('/merchants');

    it('that is not JSON is refused', async () => {
      await post().type('json').send('{"name": ').expect(isProblem(400, 'malformed-json'));
      await post()
        .type('json')
        .set('Content-Encoding', 'gzip')
        .send('{"name": 1}')
        .expect(isProblem(400, 'malformed-json'));
    });

    it('of another type is refused', async () => {
      await post().type('form').send('name=x').expect(isProblem(415, 'unsupported-media'));
      await post().type('text/plain').send('{}').expect(isProblem(415, 'unsupported-media'));
      await post()
        .set('Content-Type', 'application/json; charset=latin9')
        .send('{}')
        .expect(isProblem(415, 'unsupported-media'));
      await staff.api.post('/photos').send({}).expect(isProblem(415, 'unsupported-media'));
    });

    it('that is missing is refused by what it must hold', async () => {
      await post().expect(isProblem(400, 'invalid-request'));
    });

    it('over a megabyte is refused, but only of somebody who may send it', async () => {
      const large = { ...application, name: 'x'.repeat(1_100_000) };
      await post().send(large).expect(isProblem(413, 'too-large'));
      await anybody().post('/merchants').send(large).expect(isProblem(401, 'not-signed-in'));
    });

    it('with a field that is not known is refused, at any depth', async () => {
      const top = await post()
        .send({ ...application, status: 'listed' })
        .expect(isProblem(400, 'invalid-request'));
      expect(pathsIn(top)).to.deep.equal(['/status']);
      const deep = await post()
        .send({ ...application, contact: { name: '王某', phone: '1', email: 'x' } })
        .expect(400);
      expect(pathsIn(deep)).to.deep.equal(['/contact/email']);
    });

    it('with a key that means something to the database is refused, at any depth', async () => {
      const refused = async (part: string, path: string) => {
        const body = `{"name":"x","address":"y","category":"pharmacy","subdistrict":"230104001",${part}}`;
        expect(
          pathsIn(await post().type('json').send(body).expect(isProblem(400, 'invalid-request'))),
        ).to.deep.equal([path]);
      };
      await refused('"$where":"1"', '/$where');
      await refused('"contact":{"$ne":null}', '/contact/$ne');
      await refused('"point":{"coordinates":[{"$gt":0}]}', '/point/coordinates/0/$gt');
      await refused('"__proto__":{"role":"admin"}', '/__proto__');
      await refused('"a.b":1', '/a.b');
    });

    it('with NUL in a text is refused', async () => {
      expect(
        pathsIn(
          await post()
            .send({ ...application, name: 'a\0b' })
            .expect(400),
        ),
      ).to.deep.equal(['/name']);
    });

    it('with a text longer than its field is refused', async () => {
      expect(
        pathsIn(
          await post()
            .send({ ...application, name: 'x'.repeat(129) })
            .expect(400),
        ),
      ).to.deep.equal(['/name']);
    });

    it('nested without end is refused', async () => {
      const depth = 400_000;
      await post()
        .type('json')
        .send('['.repeat(depth) + ']'.repeat(depth))
        .expect(isProblem(400, 'invalid-request'));
    });

    it('with a point off the globe or a leap second is refused', async () => {
      const point = { type: 'Point', coordinates: [126.6, 91] };
      expect(
        pathsIn(
          await post()
            .send({ ...application, point })
            .expect(400),
        ),
      ).to.deep.equal(['/point/coordinates/1']);
      await staff.api.get('/merchants?asOf=2016-12-31T23:59:60Z').expect(isProblem(400, 'invalid-request'));
      await staff.api.get('/merchants?near=126.6,91').expect(isProblem(400, 'invalid-request'));
      await staff.api.get('/merchants?near=-180.0,90.0').expect(200);
    });
  });

  describe('an address', () => {
    it('with a parameter that is not known is refused', async () => {
      expect(pathsIn(await staff.api.get('/merchants?colour=red').expect(400))).to.deep.equal([
        '/query/colour',
      ]);
      expect(pathsIn(await anybody().get('/status?q=a&$where=1').expect(400))).to.deep.equal([
        '/query/$where',
      ]);
      expect(pathsIn(await staff.api.get('/merchants?q[$gt]=').expect(400))).to.deep.equal(['/query/q[$gt]']);
    });

    it('with a parameter of the wrong kind is refused', async () => {
      for (const query of [
        'limit=201',
        'limit=many',
        'limit=5&limit=6',
        'sort=colour',
        'asOf=yesterday',
        'status=open',
        'near=1',
      ])
        await staff.api.get(`/merchants?${query}`).expect(isProblem(400, 'invalid-request'));
    });

    it('with an id that is none, or with NUL, is refused', async () => {
      await staff.api.get('/merchants/1').expect(isProblem(400, 'invalid-request'));
      await staff.api.get('/merchants/%00').expect(isProblem(400, 'invalid-request'));
      await anybody().get('/status/%00').expect(isProblem(400, 'invalid-request'));
      await anybody().get('/status?q=%00').expect(isProblem(400, 'invalid-request'));
    });

    it('with a search that is too long is refused', async () => {
      await anybody()
        .get(`/status?q=${'a'.repeat(65)}`)
        .expect(isProblem(400, 'invalid-request'));
    });

    it('with a cursor that was not given out for this list is refused', async () => {
      const made = (content: unknown) => Buffer.from(JSON.stringify(content)).toString('base64url');
      const cursors = [
        'x',
        made(null),
        made({}),
        made({ s: 'id', value: { $gt: '' }, id: 'a' }),
        made({ s: 'name', value: 'a', id: 'a' }),
      ];
      for (const cursor of cursors)
        await staff.api.get(`/merchants?cursor=${cursor}`).expect(isProblem(400, 'invalid-cursor'));
      await staff.api.get(`/merchants?cursor=${'a'.repeat(1_001)}`).expect(isProblem(400, 'invalid-request'));
      for (const forged of [{ value: 'abc' }, { value: 3 }, { date: 1e300 }]) {
        const cursor = made({ s: '-openedAt', ...forged, id: 'x' });
        await staff.api.get(`/orders?cursor=${cursor}`).expect(isProblem(400, 'invalid-cursor'));
      }
    });

    it('with half a surrogate pair or a blank name is refused', async () => {
      await staff.api
        .post('/merchants')
        .send({ ...application, name: '康宁\ud800' })
        .expect(isProblem(400, 'invalid-request'));
      await staff.api
        .post('/merchants')
        .send({ ...application, name: ' 　' })
        .expect(isProblem(400, 'invalid-request'));
    });
  });

  describe('the status of a shop', () => {
    it('is answered with an ETag, and by 304 while nothing changed', async () => {
      const first = await anybody().get(`/status/${merchant.doorCode}`).expect(200);
      const etag = first.headers.etag ?? '';
      expect(etag).to.match(/^"[0-9a-f]+"$/);
      const again = await anybody()
        .get(`/status/${merchant.doorCode}`)
        .set('If-None-Match', etag)
        .expect(304);
      expect(again.text).to.equal('');
      expect(again.headers.etag).to.equal(etag);
      await anybody().get(`/status/${merchant.doorCode}`).set('If-None-Match', `"x", W/${etag}`).expect(304);
      await anybody().get(`/status/${merchant.doorCode}`).set('If-None-Match', '"x"').expect(200);
    });

    it('is answered to HEAD with the same headers and no body', async () => {
      const full = await anybody().get(`/status/${merchant.doorCode}`).expect(200);
      const head = await anybody().head(`/status/${merchant.doorCode}`).expect(200);
      expect(head.headers.etag).to.equal(full.headers.etag);
      expect(head.headers['content-length']).to.equal(full.headers['content-length']);
      expect(head.text).to.equal(undefined);
    });
  });

  describe('every answer', () => {
    const answers = () => [
      anybody().get(`/status/${merchant.doorCode}`),
      anybody().get('/merchants'),
      bare().get('/nothing'),
      bare().get('/docs'),
      bare().get('/openapi.json'),
      bare().get('/healthz'),
      bare().get(`/s/${merchant.doorCode}`),
      bare().get('/'),
    ];

    it('carries the security headers and does not say what made it', async () => {
      for (const asked of answers()) {
        const { headers } = await asked;
        expect(headers['x-content-type-options']).to.equal('nosniff');
        expect(headers['content-security-policy']).to.match(/frame-ancestors 'none'/);
        expect(headers['content-security-policy']).to.match(/default-src '(self|none)'/);
        expect(headers['referrer-policy']).to.equal('no-referrer');
        expect(headers['strict-transport-security']).to.match(/max-age=/);
        expect(headers).to.not.have.property('x-powered-by');
        expect(headers).to.not.have.property('server');
        expect(headers['x-request-id']).to.match(/^[\w-]{16}$/);
      }
    });

    it('to a signed-in caller is kept by nobody', async () => {
      const { headers } = await staff.api.get('/merchants').expect(200);
      expect(headers['cache-control']).to.equal('no-store');
    });

    it('opens nothing to pages of other origins', async () => {
      const { headers } = await staff.api.get('/merchants').set('Origin', 'https://example.org').expect(200);
      expect(headers).to.not.have.property('access-control-allow-origin');
    });
  });

  describe('a token', () => {
    it('that is malformed, forged or of another kind is no token', async () => {
      const [head, claims] = staff.token.split('.');
      const unsigned = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${claims ?? ''}.`;
      const tokens = ['x', `${head ?? ''}.${claims ?? ''}.x`, unsigned, 'fx_unknown', 'x'.repeat(5_000)];
      for (const token of tokens)
        await caller(token).get('/merchants').expect(isProblem(401, 'not-signed-in'));
      for (const header of ['Basic eDp5', 'Bearer', `Bearer ${staff.token} more`])
        await anybody()
          .get('/merchants')
          .set('Authorization', header)
          .expect(isProblem(401, 'not-signed-in'));
    });

    it('in a query or a cookie is not looked at', async () => {
      await anybody().get('/merchants').set('Cookie', `token=${staff.token}`).expect(401);
      await anybody().get(`/merchants?access_token=${staff.token}`).expect(401);
    });

    it('of one role does not become another by a header or a body', async () => {
      const inspector = await aPerson('inspector');
      await inspector.api
        .post('/merchants')
        .set('X-Role', 'staff')
        .send({ ...application, role: 'staff' })
        .expect(isProblem(403, 'forbidden'));
    });
  });
});
