// The map of the overview: what is drawn, where, and which part of it is shown larger.
import { expect } from 'chai';
import fc from 'fast-check';
import { boxAround, densestIn, sheetOf, within } from '../../web/src/desk/overview/map.ts';

const district = { west: 126.5, south: 45.6, east: 127.1, north: 46 };
const places = fc.array(
  fc.tuple(
    fc.double({ min: 126.5, max: 127.1, noNaN: true }),
    fc.double({ min: 45.6, max: 46, noNaN: true }),
    fc.integer({ min: 1, max: 9 }),
    fc.constant(0),
  ),
  { minLength: 1, maxLength: 60 },
);

describe('the map of coverage', () => {
  it('has nothing to draw where nobody stands', () => {
    expect(boxAround([])).to.equal(null);
  });

  it('lies on its sheet with all that it holds, north at the top', () => {
    fc.assert(
      fc.property(places, (all) => {
        const box = boxAround(all);
        if (!box) throw new Error('no box');
        const { width, height, at } = sheetOf(box, 320);
        for (const place of all) {
          const [x, y] = at(place);
          expect(x).to.be.within(0, width);
          expect(y).to.be.within(0, height);
        }
      }),
    );
    const { at } = sheetOf(district, 320);
    expect(at([126.8, 45.9])[1]).to.be.below(at([126.8, 45.7])[1]);
    expect(at([126.9, 45.8])[0]).to.be.above(at([126.6, 45.8])[0]);
  });

  it('is as high as the ground is: a degree of longitude is shorter than one of latitude', () => {
    const { width, height } = sheetOf(district, 320);
    expect(height / width).to.be.within(0.9, 1);
  });

  it('shows one place with room around it', () => {
    const { width, height, at } = sheetOf({ west: 126.6, south: 45.7, east: 126.6, north: 45.7 }, 320);
    expect(at([126.6, 45.7])).to.deep.equal([width / 2, height / 2]);
  });

  it('is shown larger where most shops are', () => {
    fc.assert(
      fc.property(places, (all) => {
        const crowd = Array.from({ length: 60 }, (_, i) => [126.61 + i / 10_000, 45.72, 10, 0]);
        const window = densestIn(district, [...all, ...crowd]);
        expect(within(window, crowd)).to.have.length(60);
        expect(window.east - window.west).to.be.closeTo(0.15, 1e-9);
      }),
    );
  });
});
