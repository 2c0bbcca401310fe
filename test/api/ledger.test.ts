// The ledger as anybody may check it: signed headers and proofs from public data alone.
import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LedgerBlockModel } from '../../models/ledger.ts';
import type { Merchant } from '../../models/merchant.ts';
import { contentHash } from '../../server/lib/canonical.ts';
import { verifyMerklePath } from '../../server/lib/merkle.ts';
import { verifySignature } from '../../server/lib/signing.ts';
import { anybody, isProblem, origin } from '../support/app.ts';
import { enacted } from '../support/desk.ts';
import { aDesk, aPerson, type Desk, emptyWorld, layGround, listedMerchants } from '../support/world.ts';

type Header = {
  district: string;
  height: number;
  adjustment: string;
  setHash: string;
  count: number;
  root: string;
  at: string;
  prev: string;
  hash: string;
  keyId: string;
  signature: string;
};
type Proof = {
  doorCode: string;
  merchant: string;
  entries: { leaf: string; index: number; path: string[]; block: Header }[];
};
type Leaf = { merchant: string; n: number; to: string | null; effectiveFrom: string };
type Key = { kid: string; kty: string; crv: string; x: string };

describe('the public ledger', () => {
  let desk: Desk;
  let merchants: Merchant[];

  before(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    merchants = await listedMerchants(
      desk,
      Array.from({ length: 5 }, (_, i) => (i === 1 ? { subdistrict: '230104005' } : {})),
    );
    const [first, second, third] = merchants.map(({ _id }) => _id);
    await enacted(desk, { merchants: [first, second] });
    await enacted(desk, { to: 'listed', merchants: [second] });
    await enacted(desk, { to: 'removed', merchants: [third] });
  });

  const blocks = async (query = ''): Promise<Header[]> => {
    const { body } = await anybody().get(`/ledger/blocks?district=230104${query}`).expect(200);
    return (body as { items: Header[] }).items;
  };

  async function keys(): Promise<Map<string, Key>> {
    const response = await fetch(`${origin()}/.well-known/jwks.json`);
    const { keys: all } = (await response.json()) as { keys: Key[] };
    return new Map(all.map((key) => [key.kid, key]));
  }

  /** As a stranger computes it, from what the header shows. */
  function hashOf({ district, height, adjustment, setHash, count, root, at, prev }: Header): string {
    return contentHash({ district, height, adjustment, setHash, count, root, at, prev });
  }

  it('gives the signed headers of a district as a chain', async () => {
    const chain = await blocks();
    expect(chain.map(({ height }) => height)).to.deep.equal([1, 2, 3, 4]);
    const known = await keys();
    let prev = '0'.repeat(64);
    for (const header of chain) {
      expect(header.prev).to.equal(prev);
      expect(hashOf(header)).to.equal(header.hash);
      expect(verifySignature(known.get(header.keyId) ?? {}, header.hash, header.signature)).to.equal(true);
      prev = header.hash;
    }
  });

  it('gives them from a height on, and the last one of every district', async () => {
    expect((await blocks('&from=3')).map(({ height }) => height)).to.deep.equal([3, 4]);
    expect((await blocks('&from=2&limit=1')).map(({ height }) => height)).to.deep.equal([2]);
    const other = await aDesk(['230199']);
    await listedMerchants(other, [{ subdistrict: '230199001' }]);
    const { body } = await anybody().get('/ledger/heads').expect(200);
    const { items } = body as { items: Header[] };
    expect(items.map(({ district, height }) => [district, height])).to.deep.equal([
      ['230104', 4],
      ['230199', 1],
    ]);
  });

  it('proves one shop’s whole history with public data alone', async () => {
    const [, shop] = merchants;
    const { body } = await anybody().get(`/ledger/proof/${shop?.doorCode}`).expect(200);
    const proof = body as Proof;
    const known = await keys();
    expect(proof.entries).to.have.length(3);
    const leaves = proof.entries.map(({ leaf, index, path, block }) => {
      expect(hashOf(block)).to.equal(block.hash);
      expect(verifySignature(known.get(block.keyId) ?? {}, block.hash, block.signature)).to.equal(true);
      expect(verifyMerklePath(leaf, index, block.count, path, block.root)).to.equal(true);
      const forged = leaf.replace('suspended', 'listed').replace('"n":1', '"n":9');
      if (forged !== leaf)
        expect(verifyMerklePath(forged, index, block.count, path, block.root)).to.equal(false);
      return JSON.parse(leaf) as Leaf;
    });
    expect(leaves.map(({ merchant, n, to }) => [merchant, n, to])).to.deep.equal([
      [shop?._id, 1, 'listed'],
      [shop?._id, 2, 'suspended'],
      [shop?._id, 3, 'listed'],
    ]);
    const chain = await blocks();
    for (const { block } of proof.entries) expect(chain[block.height - 1]?.hash).to.equal(block.hash);
  });

  it('shows facts by their salted hash only', async () => {
    const [shop] = merchants;
    const { text } = await anybody().get(`/ledger/proof/${shop?.doorCode}`).expect(200);
    expect(text).not.to.include(shop?.name);
    expect(text).not.to.include(shop?.uscc);
    expect(text).to.match(/factsHash/);
  });

  it('knows no other code', async () => {
    await anybody().get('/ledger/proof/0000000000').expect(isProblem(404, 'merchant-not-found'));
    await anybody().get('/ledger/proof/%24gt').expect(isProblem(404, 'merchant-not-found'));
  });

  it('shows entries to the desk within scope: by merchant or by adjustment', async () => {
    const [shop] = merchants;
    const { body } = await desk.staff.api.get(`/ledger?merchant=${shop?._id}`).expect(200);
    const { items } = body as { items: { n: number; to: string; adjustment: string }[] };
    expect(items.map(({ n, to }) => [n, to])).to.deep.equal([
      [2, 'suspended'],
      [1, 'listed'],
    ]);
    const adjustment = items[0]?.adjustment ?? '';
    const { body: byAdjustment } = await desk.staff.api.get(`/ledger?adjustment=${adjustment}`).expect(200);
    expect((byAdjustment as { total: number }).total).to.equal(2);
    const { body: byBoth } = await desk.staff.api
      .get(`/ledger?merchant=${shop?._id}&adjustment=${adjustment}`)
      .expect(200);
    expect((byBoth as { items: { n: number }[] }).items.map(({ n }) => n)).to.deep.equal([2]);
    const [first, second] = merchants.map(({ _id }) => _id);
    const within: [scope: Parameters<typeof aPerson>[1], shops: unknown[]][] = [
      [{ areas: ['230104001'] }, [first]],
      [{ areas: ['230104'], taskForce: 'market' }, [first, second]],
      [{ areas: ['230104'], taskForce: 'trade' }, []],
    ];
    for (const [scope, shops] of within) {
      const some = await aPerson('staff', scope);
      const { body: found } = await some.api.get(`/ledger?adjustment=${adjustment}`).expect(200);
      const { items: seen, total } = found as { items: { merchant: string }[]; total: number };
      expect(seen.map((entry) => entry.merchant)).to.have.members(shops);
      expect(total).to.equal(shops.length);
    }
    const auditor = await aPerson('auditor', { areas: ['230199'] });
    const { body: none } = await auditor.api.get(`/ledger?merchant=${shop?._id}`).expect(200);
    expect((none as { items: unknown[] }).items).to.deep.equal([]);
    await desk.staff.api.get('/ledger').expect(isProblem(400, 'invalid-request'));
    await anybody().get(`/ledger?merchant=${shop?._id}`).expect(isProblem(401, 'not-signed-in'));
  });

  it('holds one block per enacted adjustment', async () => {
    const heights = await LedgerBlockModel.find({ district: '230104' }).sort({ height: 1 }).lean();
    expect(heights.map(({ count }) => count)).to.deep.equal([5, 2, 1, 1]);
  });

  it('is checked by an outsider with the script in docs and public addresses alone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mingdan-heads-'));
    const heads = join(folder, 'heads.jsonl');
    const check = async (doorCode: string | undefined) => {
      const args = ['docs/check-shop.mjs', origin(), doorCode ?? '', heads];
      return promisify(execFile)(process.execPath, args).then(
        ({ stdout }) => ({ code: 0, said: stdout }),
        ({ code, stderr }: { code: number; stderr: string }) => ({ code, said: stderr }),
      );
    };
    try {
      const [, relisted, removed] = merchants;
      expect(await check(relisted?.doorCode)).to.deep.include({ code: 0 });
      expect((await check(removed?.doorCode)).said)
        .to.match(/removed/)
        .and.to.match(/Everything holds/);
      const last = (await blocks()).length;
      const filter = { district: '230104', height: last };
      const kept = await LedgerBlockModel.findOne(filter).lean();
      await LedgerBlockModel.collection.updateOne(filter, { $set: { count: 99 } });
      const touched = await check(relisted?.doorCode);
      await LedgerBlockModel.collection.replaceOne(filter, kept as never);
      expect(touched.code).to.equal(1);
      expect(touched.said).to.include(`block ${last}`);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
