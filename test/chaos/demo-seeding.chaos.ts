// The demonstration begun anew after a kill: the same to the last byte, under the same instant.
import { expect } from 'chai';
import type { Model } from 'mongoose';
import { AdjustmentModel } from '../../models/adjustment.ts';
import { DeploymentModel } from '../../models/deployment.ts';
import { LedgerBlockModel } from '../../models/ledger.ts';
import { MerchantPeriodModel } from '../../models/merchant-period.ts';
import { MerchantModel } from '../../models/merchant.ts';
import { OrderModel } from '../../models/order.ts';
import { PhotoBlobModel } from '../../models/photo.ts';
import { VisitModel } from '../../models/visit.ts';
import { headsFileOf } from '../../server/assemble.ts';
import { openHeads } from '../../server/domain/heads.ts';
import { contentHash } from '../../server/lib/canonical.ts';
import { seedDemo } from '../../server/seeds/demo.ts';
import { testConfig } from '../support/app.ts';
import { emptyWorld } from '../support/world.ts';

const now = new Date('2022-11-29T08:00:00Z');

/** One hash of everything a collection holds. */
async function printOf(model: unknown): Promise<string> {
  const records = await (model as Model<unknown>).find().sort({ _id: 1 }).lean();
  return contentHash(JSON.parse(JSON.stringify(records)));
}

async function prints() {
  const all = {
    MerchantModel,
    MerchantPeriodModel,
    AdjustmentModel,
    VisitModel,
    OrderModel,
    PhotoBlobModel,
    LedgerBlockModel,
  };
  const pairs: [string, string][] = [];
  for (const [name, model] of Object.entries(all)) pairs.push([name, await printOf(model)]);
  return Object.fromEntries(pairs);
}

describe('a demonstration whose filling was killed', () => {
  const seed = async (heads: string) => {
    await openHeads(`${headsFileOf(testConfig())}.${heads}`);
    return seedDemo({ now, password: undefined, say: () => undefined });
  };

  after(async () => {
    await emptyWorld();
    await openHeads(headsFileOf(testConfig()));
  });

  it('is begun anew, and is the same again', async () => {
    await emptyWorld();
    expect(await seed('first')).to.deep.equal({ seeded: true, accounts: [] });
    const first = await prints();
    await DeploymentModel.updateOne({ _id: 'demo' }, { state: 'seeding' });
    expect(await seed('again')).to.deep.equal({ seeded: true, accounts: [] });
    expect(await prints()).to.deep.equal(first);
  });
});
