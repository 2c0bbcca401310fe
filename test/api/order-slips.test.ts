// The printed slip: what is to be done, by when, and a code that opens the order.
import { expect } from 'chai';
import type { Merchant } from '../../models/merchant.ts';
import { OrderLinkModel } from '../../models/order.ts';
import { anybody, isProblem } from '../support/app.ts';
import { anOpenOrder, type ShownOrder } from '../support/orders.ts';
import { qrIn, textOf } from '../support/pdf.ts';
import { aDesk, aListedMerchant, aPerson, emptyWorld, layGround, type Person } from '../support/world.ts';

describe('the slip of an order', () => {
  let inspector: Person;
  let merchant: Merchant;
  let order: ShownOrder;

  before(async () => {
    await emptyWorld();
    await layGround();
    inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market', name: '李检查' });
    merchant = await aListedMerchant(await aDesk(), { name: '康宁药店（示例）' });
    order = await anOpenOrder(inspector, merchant._id);
  });

  async function printed(): Promise<Buffer> {
    const response = await inspector.api.post(`/orders/${order.id}/slip`).responseType('blob').expect(201);
    expect(response.headers).to.include({
      'content-type': 'application/pdf',
      'cache-control': 'no-store',
      'content-disposition': `attachment; filename=order-${order.id.slice(0, 8)}.pdf`,
    });
    return response.body as Buffer;
  }

  it('says on one page whose order it is, what is wrong and by when', async () => {
    const pages = await textOf(await printed());
    expect(pages).to.have.length(1);
    const local = new Date(new Date(order.due ?? 0).getTime() + 8 * 3_600_000).toISOString();
    for (const words of [
      '立行立改单',
      order.id,
      '康宁药店（示例）',
      merchant.doorCode,
      '提示扫码',
      '未张贴场所码',
      '李检查',
      `请在 ${local.slice(0, 10)} ${local.slice(11, 16)} 前改好`,
      '再过 3 天亮红牌',
    ])
      expect(pages[0]).to.include(words);
  });

  it('has a code that opens this order without an account, on each print another, none of them kept', async () => {
    const codes = [await qrIn(await printed()), await qrIn(await printed())];
    expect(new Set(codes).size).to.equal(2);
    for (const code of codes) {
      const [origin, token = ''] = code?.split('/f/') ?? [];
      expect(origin).to.match(/^http:\/\/127\.0\.0\.1:\d+$/);
      const { body } = await anybody().get(`/fix/${token}`).expect(200);
      expect(JSON.stringify(body)).to.include(order.id);
      expect(await OrderLinkModel.findById(token).lean()).to.equal(null);
    }
  });

  it('is no longer printed once the order is done with', async () => {
    const staff = await aPerson('staff');
    await staff.api.post(`/orders/${order.id}/cancel`).send({ note: '误开' }).expect(200);
    await inspector.api.post(`/orders/${order.id}/slip`).expect(isProblem(409, 'order-state'));
  });
});
