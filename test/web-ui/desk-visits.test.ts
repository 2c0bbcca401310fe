// What an amendment changes, the rows of a visit's checklist, and the parts of a picture to be covered.
import { expect } from 'chai';
import { type Answer, type Body, differences, partsOf, rowsOf } from '../../web/src/desk/visits/body.ts';
import { between, fractions, inside } from '../../web/src/desk/visits/rectangles.ts';

const body = (answers: Answer[], more: Partial<Body> = {}): Body => ({
  id: '01930f2e-0000-7000-8000-000000000000',
  kind: 'routine',
  merchant: 'm',
  checklist: { key: 'essential', version: 1 },
  arrivedAt: '2022-12-01T02:00:00Z',
  sealedAt: '2022-12-01T02:05:00Z',
  answers,
  ...more,
});

describe('what an amendment changes', () => {
  it('is nothing where only the order of answers and photos differs', () => {
    const one = body([
      { item: 'mask', outcome: 'fail', photos: ['a', 'b'] },
      { item: 'scan', outcome: 'pass', note: null },
    ]);
    const other = body([
      { item: 'scan', outcome: 'pass' },
      { item: 'mask', outcome: 'fail', photos: ['b', 'a'] },
    ]);
    expect(differences(one, other)).to.deep.equal([]);
  });

  it('is told by item and field, with what stood there and what stands there now', () => {
    const before = body([{ item: 'temperature', outcome: 'fail', value: 37.4, fix: { kind: 'timed' } }]);
    const after = body([{ item: 'temperature', outcome: 'pass', value: 36.4 }], { personMet: '王某' });
    expect(differences(before, after)).to.deep.equal([
      { part: 'main', item: null, field: 'personMet', before: null, after: '王某' },
      { part: 'main', item: 'temperature', field: 'outcome', before: 'fail', after: 'pass' },
      { part: 'main', item: 'temperature', field: 'value', before: 37.4, after: 36.4 },
      { part: 'main', item: 'temperature', field: 'fix', before: 'timed', after: null },
    ]);
  });

  it('keeps the same item of two sections apart', () => {
    const joint = (outcome: Answer['outcome']): Body =>
      body([], {
        kind: 'joint',
        sections: [
          { key: 'a', taskForce: 'market', inspectors: ['1'], answers: [{ item: 'mask', outcome: 'pass' }] },
          { key: 'b', taskForce: 'trade', inspectors: ['2'], answers: [{ item: 'mask', outcome }] },
        ],
      });
    expect(differences(joint('pass'), joint('fail')).map(({ part, item }) => [part, item])).to.deep.equal([
      ['b', 'mask'],
    ]);
    expect(partsOf(joint('pass')).map(({ checklist }) => checklist.key)).to.deep.equal([
      'essential',
      'essential',
    ]);
  });
});

describe('the rows of a visit', () => {
  it('are the items of its checklist, answered or not, and then answers to strange items', () => {
    const item = (key: string) => ({
      ...{ key, text: { zh: key, en: key }, guidance: null },
      ...({ kind: 'outcome', severity: 'minor', photo: 'never' } as const),
    });
    const title = { zh: '', en: '' };
    const rows = rowsOf(
      [
        { item: 'gone', outcome: 'pass' },
        { item: 'scan', outcome: 'na' },
      ],
      { key: 'essential', version: 1, title, items: [item('mask'), item('scan')] },
    );
    expect(rows.map(({ item: key, of, answer }) => [key, of?.key, answer?.outcome])).to.deep.equal([
      ['mask', 'mask', undefined],
      ['scan', 'scan', 'na'],
      ['gone', undefined, 'pass'],
    ]);
  });
});

describe('a part of a picture to be covered', () => {
  it('is drawn from any corner, and stays in the picture', () => {
    expect(between({ x: 60, y: 80 }, { x: 20, y: 30 })).to.deep.equal({
      x: 20,
      y: 30,
      width: 40,
      height: 50,
    });
    expect(between({ x: 90, y: 90 }, { x: 140, y: -20 })).to.deep.equal({
      x: 90,
      y: 0,
      width: 10,
      height: 90,
    });
    expect(between({ x: 100, y: 100 }, { x: 100, y: 100 })).to.deep.equal({
      x: 99,
      y: 99,
      width: 1,
      height: 1,
    });
  });

  it('never reaches beyond the picture as fractions', () => {
    for (let x = 0; x < 100; x++)
      for (const width of [1, 7, 33, 100]) {
        const sent = fractions(inside({ x, y: x, width, height: width }));
        expect(sent.x + sent.width).to.be.at.most(1);
        expect(sent.width).to.be.above(0);
      }
  });
});
