// Who follows a shop belongs to the ledger: an outsider can prove it, and nobody can change it unseen.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { LedgerEntryModel } from '../../models/ledger.ts';
import type { Merchant } from '../../models/merchant.ts';
import { environment } from '../../server/domain/environment.ts';
import { verifyLedger } from '../../server/domain/verify-ledger.ts';
import { anybody, origin } from '../support/app.ts';
import { enacted } from '../support/desk.ts';
import { merging } from '../support/successions.ts';
import { collection } from '../support/tamperings.ts';
import { aDesk, aListedMerchant, emptyWorld, layGround } from '../support/world.ts';

describe('who follows a shop, in the ledger', () => {
  let duplicate: Merchant;
  let kept: Merchant;
  const verdict = () => verifyLedger({ keys: environment().keys, heads: [] });
  const filter = () => ({ merchant: duplicate._id, n: 2 });

  before(async () => {
    await emptyWorld();
    await layGround();
    const desk = await aDesk();
    kept = await aListedMerchant(desk);
    duplicate = await aListedMerchant(desk);
    await enacted(desk, merging(duplicate, kept));
  });

  it('belongs to the proof, which an outsider checks by the script in docs', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      'docs/check-shop.mjs',
      origin(),
      duplicate.doorCode,
    ]);
    expect(stdout)
      .to.match(/deregistered/)
      .and.match(/Everything holds/);
    const { body } = await anybody().get(`/ledger/proof/${duplicate.doorCode}`).expect(200);
    const leaves = (body as { entries: { leaf: string }[] }).entries.map(
      ({ leaf }) => JSON.parse(leaf) as object,
    );
    expect(leaves[0]).not.to.have.property('successor');
    expect(leaves[1]).to.deep.include({ successor: { kind: 'merged', merchant: kept._id } });
  });

  const tamperings: [what: string, where: string, by: () => object, why: string][] = [
    [
      'edited in its entry',
      'ledgerentries',
      () => ({ $set: { 'successor.merchant': duplicate._id } }),
      'Merkle root',
    ],
    [
      'made another kind',
      'ledgerentries',
      () => ({ $set: { 'successor.kind': 'handed-over' } }),
      'Merkle root',
    ],
    ['removed from its entry', 'ledgerentries', () => ({ $unset: { successor: 1 } }), 'Merkle root'],
    [
      'edited in the approved line',
      'adjustmentlines',
      () => ({ $set: { 'successor.kind': 'handed-over' } }),
      'adjustment was changed',
    ],
    [
      'removed from the approved line',
      'adjustmentlines',
      () => ({ $unset: { successor: 1 } }),
      'adjustment was changed',
    ],
    [
      'edited on the list',
      'merchants',
      () => ({ $set: { 'outlook.0.successor.merchant': duplicate._id } }),
      'present and planned',
    ],
    [
      'removed from the list',
      'merchants',
      () => ({ $unset: { 'outlook.0.successor': 1 } }),
      'present and planned',
    ],
  ];
  for (const [what, where, by, why] of tamperings)
    it(`is found when it is ${what}`, async () => {
      const entry = await LedgerEntryModel.findOne(filter()).lean();
      const of = {
        ledgerentries: filter(),
        adjustmentlines: { adjustment: entry?.adjustment },
        merchants: { _id: duplicate._id },
      }[where];
      await tampered(where, of ?? {}, by(), why);
    });

  it('is found when it is added where nobody follows', async () => {
    const successor = { kind: 'merged', merchant: duplicate._id };
    const entry = { merchant: kept._id, n: 1 };
    await tampered('ledgerentries', entry, { $set: { successor } }, 'Merkle root');
    await tampered(
      'merchants',
      { _id: kept._id },
      { $set: { 'outlook.0.successor': successor } },
      'present and planned',
    );
    const first = await LedgerEntryModel.findOne(entry).lean();
    await tampered(
      'adjustmentlines',
      { adjustment: first?.adjustment },
      { $set: { successor } },
      'adjustment was changed',
    );
  });

  async function tampered(name: string, of: object, by: object, why: string): Promise<void> {
    const found = await collection(name).findOne(of as never);
    if (!found) throw new Error('nothing to touch');
    try {
      await collection(name).updateOne({ _id: found._id }, by);
      const said = await verdict();
      expect(said.ok ? 'nothing was found' : said.what).to.include(why);
    } finally {
      await collection(name).replaceOne({ _id: found._id }, found);
    }
    expect(await verdict()).to.include({ ok: true });
  }
});
