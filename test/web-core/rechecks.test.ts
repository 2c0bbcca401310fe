// A recheck on the phone goes by the version of the checklist that the fault was found with.
import { expect } from 'chai';
import type { Checklist, Pack, PackedVisit, Shop } from '../../web/src/inspect/core/contract.ts';
import { shopsOf } from '../../web/src/inspect/core/shops.ts';

const list = (version: number): Checklist => ({
  key: 'essential',
  version,
  title: { zh: '检查表', en: 'Checklist' },
  items: [],
});
const shop: Shop = {
  id: 'shop',
  code: '0123456789',
  name: '中央药房',
  address: '靖宇街1号',
  category: 'pharmacy',
  subdistrict: '230104001',
  site: null,
  point: null,
  status: 'listed',
  lastVisit: null,
  text: '',
};
const visit = (result: PackedVisit['result'], checklist?: PackedVisit['checklist']): PackedVisit => ({
  id: result,
  merchant: 'shop',
  kind: 'routine',
  result,
  arrivedAt: '2022-11-29T02:00:00Z',
  inspectors: [],
  ...(checklist && { checklist }),
});

function versionFor(kind: 'routine' | 'recheck', visits: PackedVisit[], checklists = [list(2), list(1)]) {
  const pack: Pick<Pack, 'categories' | 'checklists' | 'merchants' | 'orders' | 'visits'> = {
    categories: [],
    checklists,
    merchants: [shop],
    orders: [],
    visits,
  };
  return shopsOf(pack).checklistFor(shop, kind)?.version;
}
const first = { key: 'essential', version: 1 };

describe('the checklist of a visit on the phone', () => {
  it('is that of the visit which found the fault, for a recheck', () => {
    expect(versionFor('recheck', [visit('no-entry'), visit('orders', first)])).to.equal(1);
  });

  it('is the newest for any other visit, and where nothing was found', () => {
    expect(versionFor('routine', [visit('orders', first)])).to.equal(2);
    expect(versionFor('recheck', [visit('passed', first)])).to.equal(2);
  });

  it('is the newest where the pack has not got, or does not say, the old one', () => {
    expect(versionFor('recheck', [visit('orders', first)], [list(2)])).to.equal(2);
    expect(versionFor('recheck', [visit('orders')])).to.equal(2);
  });
});
