// The demonstration list as a whole: exact counts, and a ledger that verifies.
import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { LedgerBlockModel } from '../../models/ledger.ts';
import { MerchantModel, statuses } from '../../models/merchant.ts';
import { OrderModel } from '../../models/order.ts';
import { PhotoBlobModel } from '../../models/photo.ts';
import { VisitModel } from '../../models/visit.ts';
import { headsFileOf } from '../../server/assemble.ts';
import { environment } from '../../server/domain/environment.ts';
import { openHeads, readHeads } from '../../server/domain/heads.ts';
import { verifyLedger } from '../../server/domain/verify-ledger.ts';
import { isValidUscc } from '../../server/lib/uscc.ts';
import { seedDemo } from '../../server/seeds/demo.ts';
import { testConfig } from '../support/app.ts';
import { emptyWorld } from '../support/world.ts';

const now = new Date('2022-11-29T08:00:00Z');
const seed = () => seedDemo({ now, password: undefined, say: () => undefined });

describe('the demonstration list', function () {
  this.timeout(120_000);

  before(async () => {
    await emptyWorld();
    await openHeads(`${headsFileOf(testConfig())}.seeded`);
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
    const heads = readHeads(await readFile(`${headsFileOf(testConfig())}.seeded`, 'utf8'));
    expect(heads).to.have.length(await LedgerBlockModel.countDocuments());
    const verdict = await verifyLedger({ keys: environment().keys, heads });
    expect(verdict).to.include({ ok: true });
  });

  it('is not filled a second time', async () => {
    expect(await seed()).to.deep.equal({ seeded: false, accounts: [] });
  });
});
