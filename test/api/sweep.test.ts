// What happens by itself: every due merchant moved once, whoever sweeps, and nothing that is broken holds up the rest.
import { expect } from 'chai';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { moveDueMerchants } from '../../server/domain/whitelist-clock.ts';
import { sweep } from '../../server/jobs/sweep.ts';
import { clock } from '../../server/lib/clock.ts';
import { makeDoorCode } from '../../server/lib/door-code.ts';
import { anybody } from '../support/app.ts';
import { enacted, hours, passTime, releaseClock } from '../support/desk.ts';
import { anOpenOrder, shownOrder } from '../support/orders.ts';
import { aDesk, aPerson, type Desk, emptyWorld, layGround, listedMerchants } from '../support/world.ts';

describe('the sweep', () => {
  let desk: Desk;

  beforeEach(async () => {
    releaseClock();
    await emptyWorld();
    await layGround();
    desk = await aDesk();
  });

  after(() => {
    releaseClock();
  });

  const plan = (merchants: Merchant[]) =>
    enacted(desk, {
      merchants: merchants.map(({ _id }) => _id),
      effectiveFrom: new Date(clock.now().getTime() + hours).toISOString(),
    });

  it('moves more merchants than fit into one turn, each once, with two sweeping at once', async () => {
    const merchants = await listedMerchants(
      desk,
      Array.from({ length: 1_100 }, () => ({})),
    );
    await plan(merchants);
    expect(await moveDueMerchants()).to.equal(0);
    passTime(hours);
    const moved = await Promise.all([moveDueMerchants(), moveDueMerchants()]);
    expect(moved[0] + moved[1]).to.equal(1_100);
    expect(await MerchantModel.countDocuments({ status: 'suspended', nextAt: null, rev: 3 })).to.equal(1_100);
    expect(await moveDueMerchants()).to.equal(0);
  }).timeout(60_000);

  it('brings corrected facts along when a layer begins', async () => {
    const [merchant] = await listedMerchants(desk, [{}]);
    await plan(merchant ? [merchant] : []);
    await desk.staff.api
      .patch(`/merchants/${merchant?._id}`)
      .set('If-Match', '"2"')
      .send({ name: '改名（示例）' })
      .expect(200);
    passTime(hours);
    await sweep();
    const stored = await MerchantModel.findById(merchant?._id ?? '').lean();
    expect(stored).to.include({ status: 'suspended', name: '改名（示例）', nextAt: null });
  });

  it('is not held up by a merchant that cannot be moved, nor by a step that fails', async () => {
    const merchants = await listedMerchants(desk, [{}, {}]);
    const [broken, sound] = merchants;
    const inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
    const order = await anOpenOrder(inspector, sound?._id ?? '');
    await plan(merchants);
    await MerchantModel.collection.updateOne({ _id: broken?._id as never }, { $set: { outlook: [] } });
    passTime(2 * hours);
    await sweep();
    expect((await MerchantModel.findById(sound?._id ?? '').lean())?.status).to.equal('suspended');
    expect(await shownOrder(inspector, order.id)).to.include({ level: 'yellow' });
  });
});

describe('the public status', () => {
  it('knows a register number that happens to look like a door code', async () => {
    await emptyWorld();
    await layGround();
    const registerNumber = makeDoorCode(Buffer.from('register'));
    const [merchant] = await listedMerchants(await aDesk(), [{ uscc: null, registerNumber }]);
    const { body } = await anybody().get(`/status/${registerNumber}`).expect(200);
    expect(body).to.include({ doorCode: merchant?.doorCode });
  });
});
