// The walking order: nearest first, street by street.
import { expect } from 'chai';
import { metresBetween, type Point, streetOf } from '../../web/src/inspect/core/places.ts';
import { walkFrom, walkingMinutes } from '../../web/src/inspect/walk.ts';

const here: Point = [126.64, 45.78];
/** So many metres to the east of here. */
const east = (metres: number): Point => [
  here[0] + metres / (111_195 * Math.cos(45.78 * (Math.PI / 180))),
  here[1],
];
const shop = (address: string, metres: number | null) => ({
  address,
  point: metres === null ? null : east(metres),
});
const addresses = (streets: ReturnType<typeof walkFrom>) =>
  streets.map(({ stops }) => stops.map((stop) => stop.shop.address));

describe('the walking order', () => {
  it('measures a distance to the metre', () => {
    expect(metresBetween(here, east(250))).to.be.closeTo(250, 0.5);
    expect(walkingMinutes(80)).to.equal(1);
    expect(walkingMinutes(300)).to.equal(4);
  });

  it('tells the street of an address', () => {
    expect(streetOf('靖宇街 218号')).to.equal('靖宇街');
    expect(streetOf('靖宇街218-3号一楼')).to.equal('靖宇街');
    expect(streetOf('北三道街 12号')).to.equal('北三道街');
    expect(streetOf('承德广场')).to.equal('承德广场');
    expect(streetOf('218号')).to.equal('218号');
  });

  it('begins at the nearest shop and finishes a street before the next', () => {
    const shops = [
      shop('乙街 1号', 120),
      shop('甲街 9号', 400),
      shop('甲街 1号', 50),
      shop('甲街 5号', 200),
      shop('乙街 7号', 300),
    ];
    expect(addresses(walkFrom(shops, here, 10))).to.deep.equal([
      ['甲街 1号', '甲街 5号', '甲街 9号'],
      ['乙街 7号', '乙街 1号'],
    ]);
  });

  it('counts the shops of a street that lie beyond the limit, too', () => {
    const shops = [shop('甲街 1号', 50), shop('甲街 9号', 4_000), shop('乙街 1号', 100)];
    const streets = walkFrom(shops, here, 2);
    expect(addresses(streets)).to.deep.equal([['甲街 1号'], ['乙街 1号']]);
    expect(streets[0]?.left).to.equal(2);
    expect(streets[0]?.stops[0]?.metres).to.be.closeTo(50, 0.5);
  });

  it('puts shops without a position last', () => {
    const shops = [shop('甲街 1号', null), shop('乙街 1号', 900)];
    expect(addresses(walkFrom(shops, here, 10))).to.deep.equal([['乙街 1号'], ['甲街 1号']]);
    expect(addresses(walkFrom(shops, here, 1))).to.deep.equal([['乙街 1号']]);
  });

  it('goes by street and number where nobody knows the position', () => {
    const shops = [shop('乙街 12号', 5), shop('乙街 2号', 10), shop('甲街 1号', 1)];
    const streets = walkFrom(shops, null, 10);
    expect(streets.map(({ name }) => name)).to.deep.equal(['甲街', '乙街']);
    expect(addresses(streets)[1]).to.deep.equal(['乙街 2号', '乙街 12号']);
    expect(streets[0]?.stops[0]?.metres).to.equal(null);
  });

  it('has nothing to say about no shops', () => {
    expect(walkFrom([], here, 10)).to.deep.equal([]);
  });
});
