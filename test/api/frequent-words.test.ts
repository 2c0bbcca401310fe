// Searching a long list: words that very many names share neither hide a shop nor are read to their end.
import { expect } from 'chai';
import { anybody } from '../support/app.ts';
import { aDesk, type Desk, emptyWorld, layGround, listedMerchants, merchantsLike } from '../support/world.ts';

describe('a search among very many like names', () => {
  let desk: Desk;

  before(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    for (const name of ['康宁药店（示例）', '安宁药房（示例）']) {
      const [shop] = await listedMerchants(desk, [{ name }]);
      if (shop) await merchantsLike(shop, 1_001);
    }
    await listedMerchants(desk, [{ name: '康宁药房玄武湖路口' }]);
  });

  const namesFor = async (q: string) => {
    const { body } = await anybody().get('/status').query({ q }).expect(200);
    return (body as { items: { name: string }[] }).items.map(({ name }) => name);
  };

  it('finds the one, with and without a slip, though each part of its name is one of a thousand', async () => {
    for (const q of ['康宁药房', '康宁药房玄武湖路口', '康宁药房玄武湖陆口'])
      expect(await namesFor(q), q).to.deep.equal(['康宁药房玄武湖路口']);
  });
}).timeout(60_000);
