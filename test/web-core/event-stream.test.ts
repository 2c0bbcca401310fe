// Events of a stream, however the network cuts it into pieces.
import { expect } from 'chai';
import fc from 'fast-check';
import { createEventReader } from '../../web/src/shared/server/event-stream.ts';

const stream =
  'retry: 5000\nevent: ready\nid: a.b\ndata: {}\n\n:\n\nevent: merchants\nid: c\ndata: {}\n\nevent: end\ndata: {"reason":"resync"}\n\n';
const events = [
  { event: 'ready', id: 'a.b', data: {} },
  { event: 'merchants', id: 'c', data: {} },
  { event: 'end', id: null, data: { reason: 'resync' } },
];

describe('the events of a stream', () => {
  it('are the same wherever it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: stream.length })), (cuts) => {
        const read = createEventReader();
        const places = [0, ...cuts.toSorted((a, b) => a - b), stream.length];
        const pieces = places.slice(1).map((end, index) => stream.slice(places[index], end));
        expect(pieces.flatMap(read)).to.deep.equal(events);
      }),
    );
  });

  it('are no comments, and none that is not whole', () => {
    const read = createEventReader();
    expect(read(':\n\nevent: merchants\nid: c')).to.deep.equal([]);
    expect(read('\ndata: no JSON\n\n')).to.deep.equal([{ event: 'merchants', id: 'c', data: null }]);
  });
});
