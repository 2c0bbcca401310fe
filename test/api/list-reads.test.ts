// A page of a long list reads little more than what it shows, today and as of an instant: an index gives order, part and instant.
import { expect } from 'chai';
import { MerchantPeriodModel } from '../../models/merchant-period.ts';
import { MerchantModel } from '../../models/merchant.ts';
import { asOfFilter, presentFilter } from '../../server/domain/merchants.ts';
import { aDesk, type Desk, emptyWorld, layGround, listedMerchants } from '../support/world.ts';

const page = 10;
type Stats = { executionStats: { nReturned: number; totalDocsExamined: number } };

describe('a page of the list', () => {
  let desk: Desk;
  let asOf: Date;

  before(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    const subdistricts = ['230104005', '230104005', '230104005', '230104001'];
    const shops = Array.from({ length: 80 }, (_, i) => ({ subdistrict: subdistricts[i % 4] ?? '' }));
    await listedMerchants(desk, shops);
    asOf = new Date(Date.now() + 1_000);
  });

  for (const part of [{}, { subdistrict: '230104001' }, { subdistrict: '230104001', category: 'pharmacy' }])
    it(`reads what it shows: ${JSON.stringify(part)}`, async () => {
      const where = { ...part, status: 'listed' as const };
      const { actor } = desk.staff;
      const { filter } = await presentFilter(actor, { where });
      const present = MerchantModel.find(filter).sort({ _id: 1 }).limit(page);
      const past = MerchantPeriodModel.find(await asOfFilter(actor, { where }, asOf))
        .sort({ merchant: 1 })
        .limit(page);
      for (const query of [present, past]) {
        const { executionStats } = (await query.explain('executionStats')) as unknown as Stats;
        expect(executionStats).to.include({ nReturned: page, totalDocsExamined: page });
      }
    });
}).timeout(60_000);
