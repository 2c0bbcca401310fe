// Outlines that are none: open, too short, through one point twice, across themselves, or as large as a country.
import { expect } from 'chai';
import fc from 'fast-check';
import { faultsOfRing } from '../../server/lib/ring.ts';

type Position = [number, number];
const places = (ring: Position[]) => faultsOfRing(ring).map(({ path }) => path);

describe('the outline of a zone', () => {
  const square: Position[] = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
    [0, 0],
  ];

  it('is a closed ring, whichever way it runs round', () => {
    expect(faultsOfRing(square)).to.deep.equal([]);
    expect(faultsOfRing(square.toReversed())).to.deep.equal([]);
    const dented: Position[] = [
      [0, 0],
      [1, 0],
      [0.5, 0.5],
      [1, 1],
      [0, 1],
      [0, 0],
    ];
    expect(faultsOfRing(dented)).to.deep.equal([]);
  });

  it('is named by the position where it is none', () => {
    expect(places(square.slice(0, 4))).to.deep.equal(['/3']);
    expect(
      places([
        [0, 0],
        [1, 1],
        [0, 0],
      ]),
    ).to.deep.equal(['']);
    expect(
      places([
        [0, 0],
        [1, 0],
        [1, 1],
        [1, 0],
        [0, 1],
        [0, 0],
      ]),
    ).to.deep.equal(['/3']);
    expect(
      places([
        [0, 0],
        [1, 1],
        [1, 0],
        [0, 1],
        [0, 0],
      ]),
    ).to.deep.equal(['/0']);
    // A side that runs back over the one before, and a corner that touches a side.
    expect(
      places([
        [0, 0],
        [1, 0],
        [0.5, 0],
        [0, 1],
        [0, 0],
      ]),
    ).to.deep.equal(['/0']);
    expect(
      places([
        [0, 0],
        [1, 0],
        [1, 1],
        [0.5, 0],
        [0, 1],
        [0, 0],
      ]),
    ).to.deep.equal(['/0']);
    expect(
      places([
        [0, 0],
        [0.5, 0],
        [1, 0],
        [0, 0],
      ]),
    ).to.have.length(1);
    expect(
      places([
        [0, 0],
        [3, 0],
        [1, 1],
        [0, 0],
      ]),
    ).to.deep.equal(['/1']);
    const pentagram = [0, 2, 4, 1, 3, 0].map((at): Position => {
      const angle = (2 * Math.PI * at) / 5;
      return [Math.cos(angle), Math.sin(angle)];
    });
    expect(places(pentagram)).to.deep.equal(['/0']);
  });

  it('of any star around a place is one', () => {
    const star = fc.array(fc.double({ min: 0.1, max: 0.9, noNaN: true }), { minLength: 5, maxLength: 40 });
    fc.assert(
      fc.property(star, (lengths) => {
        const corners = lengths.map((length, at): Position => {
          const angle = (2 * Math.PI * at) / lengths.length;
          return [126 + length * Math.cos(angle), 45 + length * Math.sin(angle)];
        });
        const closed = (ring: Position[]) => [...ring, ring[0] ?? [0, 0]] as Position[];
        expect(faultsOfRing(closed(corners))).to.deep.equal([]);
      }),
    );
  });
});
