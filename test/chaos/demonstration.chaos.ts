// The demonstration list as a whole: exact counts, a ledger that verifies, and the same to the last byte when it is begun anew.
import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import type { Model } from 'mongoose';
import { AdjustmentModel } from '../../models/adjustment.ts';
import { DeploymentModel } from '../../models/deployment.ts';
import { LedgerBlockModel } from '../../models/ledger.ts';
import { MerchantPeriodModel } from '../../models/merchant-period.ts';
import { MerchantModel, statuses } from '../../models/merchant.ts';
import { OrderModel } from '../../models/order.ts';
import { PhotoBlobModel } from '../../models/photo.ts';
import { VisitModel } from '../../models/visit.ts';
import { headsFileOf } from '../../server/assemble.ts';
import { environment } from '../../server/domain/environment.ts';
import { openHeads, readHeads } from '../../server/domain/heads.ts';
import { verifyLedger } from '../../server/domain/verify-ledger.ts';
import { contentHash } from '../../server/lib/canonical.ts';
import { isValidUscc } from '../../server/lib/uscc.ts';
import { seedDemo } from '../../server/seeds/demo.ts';
import { testConfig } from '../support/app.ts';
import { emptyWorld } from '../support/world.ts';

const now = new Date('2022-11-29T08:00:00Z');
const headsOf = (name: string) => `${headsFileOf(testConfig())}.${name}`;
const seed = () => seedDemo({ now, password: undefined, say: () => undefined });

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

describe('the demonstration list', () => {
  before(async () => {
    await emptyWorld();
    await openHeads(headsOf('seeded'));
    expect(await seed()).to.deep.equal({ seeded: true, accounts: [] });
  });

  after(async () => {
    await emptyWorld();
    await openHeads(headsFileOf(testConfig()));
  });

  it('has exactly 6,029 listed merchants in Daowai, and others in every state', async () => {
    const counts: [string, number][] = [];
    for (const status of statuses.filter((one) => one !== 'deregistered'))
      counts.push([status, await MerchantModel.countDocuments({ areas: '230104', status })]);
    expect(Object.fromEntries(counts)).to.deep.equal({
      listed: 6029,
      applying: 36,
      verifying: 24,
      suspended: 45,
      removed: 30,
      rejected: 10,
    });
    expect(await MerchantModel.countDocuments({ areas: '230110', status: 'listed' })).to.be.greaterThan(50);
  });

  it('changes nothing of that by itself later', async () => {
    expect(await MerchantModel.countDocuments({ nextAt: { $ne: null } })).to.equal(0);
  });

  it('gives valid codes, and none to some stalls', async () => {
    const coded = await MerchantModel.find({ uscc: { $ne: null } }, { uscc: 1 }).lean();
    expect(coded.filter(({ uscc }) => uscc !== null && !isValidUscc(uscc))).to.deep.equal([]);
    expect(await MerchantModel.countDocuments({ uscc: null, registerNumber: null })).to.be.greaterThan(100);
  });

  it('tells a month of 1,500 visits with 600 distinct photos, all arrived', async () => {
    expect(await VisitModel.countDocuments({ areas: '230104' })).to.equal(1500);
    expect(await VisitModel.countDocuments({ state: { $ne: 'complete' } })).to.equal(0);
    expect(await PhotoBlobModel.countDocuments()).to.equal(600);
  });

  it('has orders in every state and level', async () => {
    expect(await OrderModel.distinct('state')).to.have.members(['open', 'submitted', 'closed', 'cancelled']);
    expect(await OrderModel.distinct('level')).to.have.members(['none', 'yellow', 'red']);
  });

  it('verifies, against its heads file too', async () => {
    const heads = readHeads(await readFile(headsOf('seeded'), 'utf8'));
    expect(heads).to.have.length(await LedgerBlockModel.countDocuments());
    const verdict = await verifyLedger({ keys: environment().keys, heads });
    expect(verdict).to.include({ ok: true });
  });

  it('is not filled a second time', async () => {
    expect(await seed()).to.deep.equal({ seeded: false, accounts: [] });
  });

  it('is begun anew where its filling was killed, and is the same again', async () => {
    const first = await prints();
    await DeploymentModel.updateOne({ _id: 'demo' }, { state: 'seeding' });
    await openHeads(headsOf('again'));
    expect(await seed()).to.deep.equal({ seeded: true, accounts: [] });
    expect(await prints()).to.deep.equal(first);
  });
});
