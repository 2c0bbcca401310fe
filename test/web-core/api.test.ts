// The phone's way to the server: what each answer means, one refresh for all who wait, and nothing believed that is no answer of ours.
import { expect } from 'chai';
import { createApi } from '../../web/src/shared/server/api.ts';
import { exifInstant } from '../../web/src/inspect/core/exif-time.ts';
import { createTransport } from '../../web/src/inspect/core/outbox/transport.ts';
import { aRecord } from './phone-model.ts';

type Asked = { path: string; headers: Headers; body: unknown };
type Answering = (asked: Asked) => Response | Promise<Response>;

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } });
const problem = (status: number, code: string, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify({ type: 'x', title: code, status, code, requestId: 'r' }), {
    status,
    headers: { 'Content-Type': 'application/problem+json; charset=utf-8', ...headers },
  });
const html = (status: number) =>
  new Response('<html>Welcome to our hotel</html>', { status, headers: { 'Content-Type': 'text/html' } });
const signedIn = (id = 'me', token = 'good') => json({ accessToken: token, expiresIn: 900, user: { id } });

/** A phone signed in as `me`, on a server that answers like this; refreshes are answered unless `refresh` says otherwise. */
function aPhone(answer: Answering, refresh: () => Response | Promise<Response> = () => signedIn()) {
  const asked: Asked[] = [];
  const time = { now: 0 };
  const api = createApi({
    fetch: async (input, init) => {
      const one = {
        path: (input as string).replace('/api/v1', ''),
        headers: new Headers(init?.headers),
        body: init?.body,
      };
      asked.push(one);
      return one.path === '/auth/refresh' ? refresh() : answer(one);
    },
    now: () => time.now,
    locks: { request: (_name, work) => work() },
    language: () => 'en',
    userId: () => 'me',
  });
  return { api, asked, time, paths: () => asked.map(({ path }) => path) };
}

describe('the way to the server', () => {
  it('refreshes once for all who ask at a cold start, and speaks the language of the page', async () => {
    const { api, asked, paths } = aPhone(() => json({}));
    await Promise.all([api.ask('/one'), api.ask('/two')]);
    await api.ask('/three');
    expect(paths()).to.deep.equal(['/auth/refresh', '/one', '/two', '/three']);
    expect(asked[1]?.headers.get('authorization')).to.equal('Bearer good');
    expect(asked[1]?.headers.get('accept-language')).to.equal('en');
  });

  it('refreshes after a 401 and asks once more, then gives up', async () => {
    let isOver = true;
    const { api, paths } = aPhone(() =>
      isOver ? ((isOver = false), problem(401, 'token-expired')) : json({}),
    );
    expect((await api.ask('/one')).kind).to.equal('ok');
    expect(paths()).to.deep.equal(['/auth/refresh', '/one', '/auth/refresh', '/one']);
    const hopeless = aPhone(() => problem(401, 'token-expired'));
    expect(await hopeless.api.ask('/one')).to.deep.equal({ kind: 'login' });
    expect(hopeless.paths()).to.have.length(4);
  });

  it('refreshes before a token ends rather than after', async () => {
    const { api, time, paths } = aPhone(() => json({}));
    await api.ask('/one');
    time.now = 841_000;
    await api.ask('/two');
    expect(paths()).to.deep.equal(['/auth/refresh', '/one', '/auth/refresh', '/two']);
  });

  it('has somebody log in where the session is over, or is that of another person', async () => {
    const over = aPhone(
      () => json({}),
      () => problem(401, 'session-ended'),
    );
    expect(await over.api.ask('/one')).to.deep.equal({ kind: 'login' });
    const other = aPhone(
      () => json({}),
      () => signedIn('somebody else'),
    );
    expect(await other.api.ask('/one')).to.deep.equal({ kind: 'login' });
    expect(other.paths()).to.deep.equal(['/auth/refresh']);
  });

  it('is away, not signed out, where the refresh does not get through', async () => {
    const { api } = aPhone(
      () => json({}),
      () => Promise.reject(new TypeError('Failed to fetch')),
    );
    expect((await api.ask('/one')).kind).to.equal('away');
    const hotel = aPhone(
      () => json({}),
      () => html(200),
    );
    expect((await hotel.api.ask('/one')).kind).to.equal('away');
  });

  const meanings: [string, () => Response, object][] = [
    [
      '503 with Retry-After',
      () => problem(503, 'unavailable', { 'Retry-After': '5' }),
      { kind: 'away', retryAfter: 5, isThrottled: false },
    ],
    [
      '429',
      () => problem(429, 'too-many-requests', { 'Retry-After': '90' }),
      { kind: 'away', retryAfter: 90, isThrottled: true },
    ],
    ['502 of a proxy', () => html(502), { kind: 'away', retryAfter: null, isThrottled: false }],
    ['500', () => problem(500, 'internal-error'), { kind: 'failed' }],
    ['507', () => problem(507, 'storage-full'), { kind: 'failed' }],
    ['413 of a proxy', () => html(413), { kind: 'failed' }],
    [
      '422',
      () => problem(422, 'photo-damaged'),
      { kind: 'refused', status: 422, problem: { code: 'photo-damaged', title: 'photo-damaged' } },
    ],
  ];
  for (const [name, answer, meaning] of meanings)
    it(`knows what ${name} means`, async () => {
      expect(await aPhone(answer).api.ask('/one')).to.deep.equal(meaning);
    });
});

describe('the transport of the queue', () => {
  const receipt = {
    id: 'visit',
    state: 'received',
    result: 'passed',
    missingPhotos: ['a'],
    flags: [],
    orders: [],
    receivedAt: 'then',
  };
  const transportOf = (answer: Answering) => {
    const phone = aPhone(answer);
    const bytes = new TextEncoder().encode('picture').buffer;
    const bytesOf = (sha256: string) => Promise.resolve(sha256 === 'gone' ? undefined : bytes);
    return { ...phone, transport: createTransport({ api: phone.api, device: 'phone-1', bytesOf }) };
  };

  it('hands the sealed body in as it is, with the name of the phone, and reads the receipt', async () => {
    const { transport, asked } = transportOf(() => json(receipt, 201));
    const record = aRecord('visit', ['a']);
    expect(await transport.submit(record)).to.deep.equal({ kind: 'ok', body: receipt });
    expect(asked[1]?.path).to.equal('/visits');
    expect(asked[1]?.headers.get('x-device')).to.equal('phone-1');
    expect(JSON.parse(String(asked[1]?.body))).to.deep.equal(record.body);
  });

  it('believes no success but a receipt of this very visit', async () => {
    for (const answer of [html(200), json({}), json({ ...receipt, id: 'another' }), json([])])
      expect((await transportOf(() => answer).transport.submit(aRecord('visit'))).kind).to.equal('away');
  });

  it('sends a photo as multipart, and takes it as sent only when its hash comes back', async () => {
    const { transport, asked } = transportOf(() => json([{ sha256: 'a' }], 201));
    expect(await transport.sendPhoto('a')).to.deep.equal({ kind: 'ok', body: null });
    const form = asked[1]?.body as FormData;
    expect(await (form.get('photo') as File).text()).to.equal('picture');
    expect((await transport.sendPhoto('b')).kind).to.equal('away');
  });

  it('says of a photo whose bytes are gone that it cannot be sent', async () => {
    const { transport, asked } = transportOf(() => json([]));
    expect(await transport.sendPhoto('gone')).to.deep.include({ kind: 'refused' });
    expect(asked).to.deep.equal([]);
  });

  it('reads the answer to an amendment as a receipt', async () => {
    const amendment = { id: 'amendment', version: 1, reason: '更正', sealedAt: 'then', visit: {} };
    const { missingPhotos: _none, ...rest } = receipt;
    const photos = [
      { sha256: 'a', present: false },
      { sha256: 'b', present: true },
    ];
    const { transport, paths } = transportOf(() => json({ ...rest, photos, version: 2 }, 201));
    expect(await transport.submit(aRecord('visit', [], { amendment }))).to.deep.equal({
      kind: 'ok',
      body: receipt,
    });
    expect(paths()[1]).to.equal('/visits/visit/amendments');
  });
});

describe('the time in a picture', () => {
  it('is China’s', () => {
    expect(exifInstant('2022:11:29 10:00:00')).to.equal('2022-11-29T02:00:00.000Z');
  });
  it('is none where none was written', () => {
    for (const written of [undefined, null, 7, '', '0000:00:00 00:00:00', '    :  :     :  :  '])
      expect(exifInstant(written)).to.equal(null);
  });
});
