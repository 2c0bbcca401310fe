// History touched directly in the database: every kind of it is found, and the place is named.
import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import type { Merchant } from '../../models/merchant.ts';
import { headsFileOf } from '../../server/assemble.ts';
import { isOurMark } from '../../server/domain/door-notices.ts';
import { environment, provideEnvironment } from '../../server/domain/environment.ts';
import { followHeads, type Head, openHeads, readHeads } from '../../server/domain/heads.ts';
import { type Verdict, verifyLedger } from '../../server/domain/verify-ledger.ts';
import { doorMark } from '../../server/lib/door-mark.ts';
import { createSigningKey, loadSigner } from '../../server/lib/signing.ts';
import { sweep } from '../../server/jobs/sweep.ts';
import { testConfig } from '../support/app.ts';
import { enacted, hours, passTime, releaseClock } from '../support/desk.ts';
import { blocks, collection, kept, placeOfBlock, type Stored, tamperings } from '../support/tamperings.ts';
import { aDesk, type Desk, emptyWorld, layGround, listedMerchants } from '../support/world.ts';

describe('a ledger that was touched', () => {
  let desk: Desk;
  let shops: Merchant[];
  let backup: Map<string, Stored[]>;
  let early: Map<string, Stored[]>;
  let heads: Head[];
  const headsFile = () => `${headsFileOf(testConfig())}.tampering`;

  const copy = async () => {
    const all = new Map<string, Stored[]>();
    for (const name of kept) all.set(name, await collection(name).find().toArray());
    return all;
  };
  const restore = async (all: Map<string, Stored[]>) => {
    for (const [name, documents] of all) {
      await collection(name).deleteMany({});
      if (documents.length > 0) await collection(name).insertMany(documents);
    }
  };
  const id = (index: number) => shops[index]?._id ?? '';
  const verify = (against: Head[] = heads): Promise<Verdict> =>
    verifyLedger({ keys: environment().keys, heads: against });

  before(async () => {
    releaseClock();
    await emptyWorld();
    await openHeads(headsFile());
    await layGround();
    desk = await aDesk();
    shops = await listedMerchants(
      desk,
      Array.from({ length: 4 }, () => ({})),
    );
    await enacted(desk, { merchants: [id(0), id(1)] });
    early = await copy();
    await enacted(desk, { to: 'listed', merchants: [id(1)] });
    await desk.staff.api
      .patch(`/merchants/${id(2)}`)
      .set('If-Match', '"1"')
      .send({ name: '改名（示例）' })
      .expect(200);
    const later = new Date(Date.now() + hours).toISOString();
    await enacted(desk, { merchants: [id(3)], effectiveFrom: later });
    await followHeads();
    heads = readHeads(await readFile(headsFile(), 'utf8'));
    backup = await copy();
  });

  afterEach(async () => {
    releaseClock();
    await restore(backup);
  });

  after(async () => {
    await openHeads(headsFileOf(testConfig()));
  });

  it('is sound as long as nobody touched it, before and after planned layers have begun', async () => {
    expect(heads).to.have.length(5);
    expect(await verify()).to.deep.equal({ ok: true, blocks: 5, entries: 9, merchants: 4 });
    passTime(2 * hours);
    expect(await verify()).to.include({ ok: true });
    await sweep();
    expect(await verify()).to.include({ ok: true });
  });

  it('is checked as of one moment, while the bureau works on', async () => {
    const work = (async () => {
      for (let i = 0; i < 5; i++) {
        await enacted(desk, { merchants: [id(1)] });
        await enacted(desk, { to: 'listed', merchants: [id(1)] });
      }
    })();
    for (let i = 0; i < 10; i++) expect(await verify()).to.include({ ok: true });
    await work;
  });

  for (const { what, touch, place, why } of tamperings(id, () => restore(early)))
    it(`is found when ${what}`, async () => {
      await touch();
      const verdict = await verify();
      if (verdict.ok) throw new Error('nothing was found');
      expect(verdict.place).to.equal(place());
      expect(verdict.what).to.include(why);
    });

  it('is sound after its key was replaced, and found where the old key signs on', async () => {
    const before = environment();
    const other = loadSigner(createSigningKey().privatePem);
    const rotated = { ...before, signer: other, keys: [...before.keys, other.publicJwk] };
    try {
      provideEnvironment(rotated);
      await enacted(desk, { merchants: [id(1)] });
      expect(await verify()).to.include({ ok: true, blocks: 6 });
      expect(isOurMark(shops[0]?.doorCode ?? '', doorMark(before.signer, shops[0]?.doorCode ?? ''))).to.equal(
        true,
      );
      provideEnvironment({ ...rotated, signer: before.signer });
      await enacted(desk, { to: 'listed', merchants: [id(1)] });
      expect(await verify()).to.deep.equal({
        ok: false,
        place: placeOfBlock(7),
        what: 'is signed by a key that was replaced before',
      });
    } finally {
      provideEnvironment(before);
    }
  });

  it('is found without the heads file too, but for a whole roll-back', async () => {
    await blocks().deleteOne({ height: 5 });
    expect(await verify([])).to.deep.include({ ok: false, place: placeOfBlock(5) });
    await restore(early);
    expect(await verify([])).to.include({ ok: true });
  });
});
