// Door codes on paper: a QR code that anybody can check without asking us, sheets to print, and papers that are no longer good.
import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import supertest from 'supertest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { AuditRecordModel } from '../../models/audit-record.ts';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { environment } from '../../server/domain/environment.ts';
import { verifyLedger } from '../../server/domain/verify-ledger.ts';
import { isGenuineMark } from '../../server/lib/door-mark.ts';
import type { PublicJwk } from '../../server/lib/signing.ts';
import { origin } from '../support/app.ts';
import {
  aDesk,
  aListedMerchant,
  type Desk,
  emptyWorld,
  layGround,
  listedMerchants,
} from '../support/world.ts';

// From its own files: by itself it would ask another host.
const reader = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(reader).buffer } });

describe('a door notice', () => {
  let desk: Desk;
  let shop: Merchant;

  before(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    shop = await aListedMerchant(desk, { name: '松江鲜果行（示例）' });
  });

  const keys = async () =>
    ((await supertest(origin()).get('/.well-known/jwks.json').expect(200)).body as { keys: PublicJwk[] })
      .keys;
  const openAt = (path: string) => supertest(origin()).get(path).set('Accept-Language', 'zh-CN');

  async function scanned(id: string): Promise<URL> {
    const picture = await desk.staff.api.get(`/merchants/${id}/qr?format=png`).expect(200);
    const [code, ...others] = await readBarcodes(new Uint8Array(picture.body as Buffer), {
      formats: ['QRCode'],
    });
    expect(others).to.deep.equal([]);
    return new URL(code?.text ?? '');
  }

  it('carries a code that a scanner reads and that proves itself without us', async () => {
    const { origin: host, pathname, searchParams } = await scanned(shop._id);
    expect(host).to.equal(origin());
    expect(pathname).to.equal(`/s/${shop.doorCode}`);
    const mark = searchParams.get('k') ?? '';
    const known = await keys();
    expect(isGenuineMark(known, shop.doorCode, mark)).to.equal(true);
    const other = await aListedMerchant(desk);
    expect(isGenuineMark(known, other.doorCode, mark), 'on another door').to.equal(false);
    for (let at = 0; at < mark.length; at += 1) {
      const changed = mark.slice(0, at) + (mark[at] === 'A' ? 'B' : 'A') + mark.slice(at + 1);
      expect(isGenuineMark(known, shop.doorCode, changed), `character ${at}`).to.equal(false);
    }
    expect(isGenuineMark([], shop.doorCode, mark), 'by no key').to.equal(false);
  });

  it('opens the page in silence, and a forged one under a warning', async () => {
    const { pathname, search } = await scanned(shop._id);
    const warning = '这张门牌可能是假的';
    expect((await openAt(pathname + search).expect(200)).text).not.to.include(warning);
    expect((await openAt(pathname).expect(200)).text).not.to.include(warning);
    const other = await aListedMerchant(desk);
    const forged = await openAt(`/s/${other.doorCode}${search}`).expect(200);
    expect(forged.text).to.include(warning).and.to.include(other.name);
    expect(Buffer.byteLength(forged.text)).to.be.below(14 * 1024);
    await openAt(`/s/${shop.doorCode}?k=`).expect(200);
  });

  it('is an A4 sheet, also as SVG, and a street’s in one run', async () => {
    const sheet = await desk.staff.api.get(`/merchants/${shop._id}/notice`).expect(200);
    expect(sheet.headers['content-type']).to.equal('application/pdf');
    expect(sheet.headers['content-disposition']).to.include(`door-${shop.doorCode}.pdf`);
    expect(pagesOf(sheet.body as Buffer)).to.deep.equal({ pages: 1, size: '595.28 841.89' });
    const svg = await desk.staff.api.get(`/merchants/${shop._id}/qr`).expect(200);
    expect(svg.headers['content-type']).to.match(/^image\/svg\+xml/);
    expect(String(svg.body)).to.match(/^<svg /);

    await listedMerchants(
      desk,
      Array.from({ length: 3 }, (_, i) => ({ category: 'convenience', address: `南勋街${i}号` })),
    );
    const run = await desk.staff.api
      .get('/merchants/notices?area=230104001&category=convenience')
      .expect(200);
    expect(pagesOf(run.body as Buffer).pages).to.equal(3);
    const none = await desk.staff.api.get('/merchants/notices?q=没有这样的店').expect(404);
    expect(none.body).to.include({ code: 'merchant-not-found' });
  });

  it('is no longer good once the code is renewed, and the new one is', async () => {
    const old = await scanned(shop._id);
    const { headers } = await desk.staff.api.get(`/merchants/${shop._id}`).expect(200);
    const renew = (version: string) =>
      desk.staff.api
        .post(`/merchants/${shop._id}/door-code`)
        .set('If-Match', version)
        .send({ reason: '门牌被人撕走' });
    await desk.staff.api.post(`/merchants/${shop._id}/door-code`).send({ reason: '丢失' }).expect(428);
    await renew('"0"').expect(412);
    const { doorCode } = (await renew(headers.etag ?? '').expect(201)).body as { doorCode: string };
    await renew(headers.etag ?? '').expect(412);

    expect((await openAt(old.pathname + old.search).expect(410)).text).to.include('门牌已作废');
    const gone = await supertest(origin()).get(`/api/v1/status/${shop.doorCode}`).expect(410);
    expect(gone.body).to.include({ code: 'door-code-renewed' });
    const fresh = await scanned(shop._id);
    expect(fresh.pathname).to.equal(`/s/${doorCode}`);
    await openAt(fresh.pathname + fresh.search).expect(200);

    const foundBy = async (code: string) =>
      ((await desk.staff.api.get(`/merchants?q=${code}`).expect(200)).body as { total: number }).total;
    expect(await foundBy(doorCode.toLowerCase())).to.equal(1);
    expect(await foundBy(shop.doorCode)).to.equal(0);
    const record = await MerchantModel.findById(shop._id).lean();
    expect(record).to.deep.include({ doorCode, formerDoorCodes: [shop.doorCode] });
    const trail = await AuditRecordModel.findOne({ action: 'merchant.door-code-renewed' }).lean();
    expect(trail).to.deep.include({ record: shop._id, before: { doorCode: shop.doorCode } });
    const verdict = await verifyLedger({ keys: environment().keys, heads: [] });
    expect(verdict).to.include({ ok: true });
  });
});

/** How many pages a PDF has, and the size of its first one in points. */
function pagesOf(pdf: Buffer): { pages: number; size: string | undefined } {
  const text = pdf.toString('latin1');
  return {
    pages: text.match(/\/Type \/Page\b(?!s)/g)?.length ?? 0,
    size: /\/MediaBox \[0 0 ([\d.]+ [\d.]+)\]/.exec(text)?.[1],
  };
}
