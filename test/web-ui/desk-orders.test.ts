// What an order's photos show, and which face of the page an address asks for.
import { expect } from 'chai';
import { shotsOf } from '../../web/src/desk/orders/evidence.ts';
import { ownNames, showsLanes } from '../../web/src/desk/orders/filters.ts';
import { askedIn } from '../../web/src/desk/route-query.ts';
import type { ItemOf } from '../../web/src/shared/server/types.ts';
import { instantOf, minuteOf } from '../../web/src/shared/time.ts';

type Event = ItemOf<'getOrders'>['history'][number];
const event = (act: Event['act'], at: string, hashes: string[]): Event => ({
  act,
  at,
  by: { kind: 'user', role: 'inspector', name: '李检查' },
  photos: hashes.map((sha256) => ({ sha256, present: true, lost: false })),
  ...{ note: null, nominalAt: null, level: null, due: null, adjustment: null },
});

describe('the photos of an order', () => {
  const history = [
    event('open', '2022-12-01T02:05:00Z', ['a', 'b']),
    event('submit', '2022-12-01T03:00:00Z', ['c']),
    event('return', '2022-12-01T03:10:00Z', []),
    event('submit', '2022-12-01T04:00:00Z', ['d']),
  ];

  it('are before where the visit found the fault, and after in every later step, the last one last', () => {
    const { before, after } = shotsOf({ history }, undefined);
    expect(before.map(({ sha256 }) => sha256)).to.deep.equal(['a', 'b']);
    expect(after.map(({ sha256, at }) => [sha256, at])).to.deep.equal([
      ['c', '2022-12-01T03:00:00Z'],
      ['d', '2022-12-01T04:00:00Z'],
    ]);
  });

  it('say when, how and how far away they were taken where the visit tells it', () => {
    const photo = { sha256: 'a', present: true, lost: null } as const;
    const visit = {
      distanceMeters: 12,
      photos: [{ ...photo, takenAt: '2022-12-01T02:01:00Z', source: 'camera' as const }],
    };
    const [known, unknown] = shotsOf({ history }, visit).before;
    expect(known).to.include({ at: '2022-12-01T02:01:00Z', source: 'camera', distanceMeters: 12 });
    expect(unknown).to.include({ at: '2022-12-01T02:05:00Z', source: null, distanceMeters: null });
  });
});

describe('the address of the orders page', () => {
  it('shows the board without a condition, whichever order is open beside it', () => {
    expect(showsLanes({})).to.equal(true);
    expect(showsLanes({ order: 'x' })).to.equal(true);
    expect(showsLanes({ view: 'lanes', area: '230104001' })).to.equal(true);
  });

  it('shows rows for every condition of the list, and hands all of them on', () => {
    const query = { state: ['open', 'submitted'], area: '230104001', order: 'x', anything: '1' };
    expect(showsLanes(query)).to.equal(false);
    expect(askedIn(query, ownNames)).to.deep.equal({
      state: ['open', 'submitted'],
      area: '230104001',
      anything: '1',
    });
  });
});

describe('a time that somebody types', () => {
  it('is Shanghai’s, whatever this computer’s zone', () => {
    expect(instantOf('2022-12-01T10:42').toISOString()).to.equal('2022-12-01T02:42:00.000Z');
    expect(instantOf('2022-12-01').toISOString()).to.equal('2022-11-30T16:00:00.000Z');
    expect(minuteOf('2022-12-01T02:42:00Z')).to.equal('2022-12-01T10:42');
  });
});
