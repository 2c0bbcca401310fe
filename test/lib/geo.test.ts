// Distances on the ground and points in outlines.
import { expect } from 'chai';
import fc from 'fast-check';
import { distanceMeters, isPointInside } from '../../server/lib/geo.ts';

const anyPoint = fc.tuple(
  fc.double({ min: 120, max: 135, noNaN: true }),
  fc.double({ min: 40, max: 50, noNaN: true }),
);

describe('the distance between two points', () => {
  it('is 111.2 km for a degree of latitude, and less for one of longitude in Harbin', () => {
    expect(distanceMeters([126.65, 45], [126.65, 46])).to.be.closeTo(111_195, 1);
    expect(distanceMeters([126, 45.79], [127, 45.79])).to.be.closeTo(77_532, 10);
  });

  it('is half the circumference for opposite points, and right across the 180th meridian', () => {
    expect(distanceMeters([0, 0], [180, 0])).to.be.closeTo(20_015_115, 1);
    expect(distanceMeters([179.9, 0], [-179.9, 0])).to.be.closeTo(22_239, 1);
  });

  it('is zero to itself, the same both ways, and never longer than by a third point', () => {
    fc.assert(
      fc.property(anyPoint, anyPoint, anyPoint, (a, b, c) => {
        expect(distanceMeters(a, a)).to.equal(0);
        expect(distanceMeters(a, b)).to.be.closeTo(distanceMeters(b, a), 1e-6);
        expect(distanceMeters(a, c)).to.be.at.most(distanceMeters(a, b) + distanceMeters(b, c) + 1e-3);
      }),
    );
  });
});

describe('a point in an outline', () => {
  const square = (from: number, to: number): number[][] => [
    [from, from],
    [to, from],
    [to, to],
    [from, to],
    [from, from],
  ];
  const outline = [[square(0, 10), square(4, 6)], [square(20, 30)]];

  it('is inside any of its polygons', () => {
    expect(isPointInside(outline, [1, 1])).to.equal(true);
    expect(isPointInside(outline, [25, 25])).to.equal(true);
    expect(isPointInside(outline, [15, 15])).to.equal(false);
    expect(isPointInside(outline, [-1, 5])).to.equal(false);
  });

  it('is outside in a hole', () => {
    expect(isPointInside(outline, [5, 5])).to.equal(false);
    expect(isPointInside(outline, [3.9, 5])).to.equal(true);
  });

  it('is not counted twice by a ray through a corner', () => {
    const diamond = [[0, -1], [1, 0], [0, 1], [-1, 0], [0, -1]]; // prettier-ignore
    expect(isPointInside([[diamond]], [0, 0])).to.equal(true);
    expect(isPointInside([[diamond]], [-2, 0])).to.equal(false);
    expect(isPointInside([[diamond]], [-0.5, 0])).to.equal(true);
  });

  it('is inside nothing where there is nothing', () => {
    expect(isPointInside([], [0, 0])).to.equal(false);
    expect(isPointInside([[]], [0, 0])).to.equal(false);
    expect(isPointInside([[[]]], [0, 0])).to.equal(false);
  });

  it('agrees with plain comparison on a square, whichever way the ring runs', () => {
    const coordinate = fc.double({ min: -5, max: 15, noNaN: true });
    fc.assert(
      fc.property(coordinate, coordinate, (x, y) => {
        fc.pre(![0, 10].includes(x) && ![0, 10].includes(y));
        const inside = x > 0 && x < 10 && y > 0 && y < 10;
        expect(isPointInside([[square(0, 10)]], [x, y])).to.equal(inside);
        expect(isPointInside([[square(0, 10).reverse()]], [x, y])).to.equal(inside);
      }),
    );
  });
});
