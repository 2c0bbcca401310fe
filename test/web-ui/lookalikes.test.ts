// Which shops the desk points out as perhaps the same one.
import { expect } from 'chai';
import { lookalikesAmong } from '../../web/src/desk/merchant/lookalikes.ts';

type Shop = Parameters<typeof lookalikesAmong>[0];
const shop = (changes: Partial<Shop> = {}): Shop => ({
  id: 'one',
  name: '松江鲜果行',
  subdistrict: '230104001',
  address: '靖宇街1号',
  point: { type: 'Point', coordinates: [126.64, 45.78] },
  status: 'listed',
  ...changes,
});
const found = (...others: Partial<Shop>[]) =>
  lookalikesAmong(
    shop(),
    others.map((other, at) => shop({ id: `other ${at}`, ...other })),
  ).map(({ id }) => id);

describe('shops that look alike', () => {
  const elsewhere = { address: '靖宇街2号', point: null };

  it('are those of the same name in the same subdistrict', () => {
    expect(
      found(elsewhere, { ...elsewhere, subdistrict: '230104005' }, { ...elsewhere, name: '别家' }),
    ).to.deep.equal(['other 0']);
  });

  it('and those of the same address at the same point: stalls of a market share a point alone', () => {
    expect(
      found({ name: '别家' }, { name: '别家', address: '靖宇街2号' }, { name: '别家', point: null }),
    ).to.deep.equal(['other 0']);
  });

  it('only while they are on the list, never itself, each once, and a few of them', () => {
    expect(found({ status: 'deregistered' }, { status: 'suspended' }, { id: 'one' })).to.deep.equal([
      'other 1',
    ]);
    expect(found({ id: 'twice' }, { id: 'twice' })).to.deep.equal(['twice']);
    expect(found(...Array.from({ length: 9 }, () => ({})))).to.have.length(5);
  });
});
