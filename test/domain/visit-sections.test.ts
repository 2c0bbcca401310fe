// A joint visit's parts: each reads like a visit of its own, and what is wrong with the sections as such is said by its path.
import { expect } from 'chai';
import type { Visit, VisitBody, VisitSection } from '../../models/visit.ts';
import { faultsOfSections, partsOf, presentBody, wholeOf } from '../../server/domain/visit-sections.ts';
import { aVisit } from '../support/visits.ts';

const section = (key: string, changes: Partial<VisitSection> = {}): VisitSection => ({
  key,
  taskForce: key,
  inspectors: [`${key}-inspector`],
  answers: [{ item: 'mask', outcome: 'pass' }],
  ...changes,
});
const joint = (changes: Partial<VisitBody> = {}) =>
  aVisit('shop', {
    kind: 'joint',
    answers: [],
    inspectors: ['market-inspector', 'trade-inspector'],
    sections: [section('market'), section('trade')],
    ...changes,
  });
const paths = (body: VisitBody) => faultsOfSections(body).map(({ path }) => path);

describe('the parts of a visit', () => {
  it('are itself where it is not joint', () => {
    const visit = aVisit('shop');
    expect(partsOf(visit)).to.deep.equal([{ key: 'main', at: '', taskForce: null, body: visit }]);
    expect(wholeOf(visit)).to.deep.equal(visit);
  });

  it('are its sections, each with its own answers and checklist', () => {
    const checklist = { key: 'fire', version: 3 };
    const visit = joint({ sections: [section('market'), section('trade', { checklist })] });
    const [one, two] = partsOf(visit);
    expect(one).to.deep.include({ key: 'market', at: '/sections/0', taskForce: 'market' });
    expect(two).to.deep.include({ key: 'trade', at: '/sections/1', taskForce: 'trade' });
    expect(one?.body.checklist).to.deep.equal(visit.checklist);
    expect(two?.body.checklist).to.deep.equal(checklist);
    expect(one?.body).not.to.have.property('sections');
    expect(wholeOf(visit).answers).to.have.length(2);
  });
});

describe('what a visit says now', () => {
  it('is what was sealed, or its last amendment', () => {
    const [sealed, first, last] = [aVisit('shop'), aVisit('shop'), aVisit('shop')];
    expect(presentBody({ body: sealed, amendments: [] })).to.equal(sealed);
    const amendments = [{ body: first }, { body: last }] as Visit['amendments'];
    expect(presentBody({ body: sealed, amendments })).to.equal(last);
  });
});

describe('sections', () => {
  it('are sound where two task forces have one each', () => {
    expect(paths(joint())).to.deep.equal([]);
    expect(paths(aVisit('shop'))).to.deep.equal([]);
  });

  it('belong to joint visits, and to each of them', () => {
    expect(paths(joint({ kind: 'routine' }))).to.deep.equal(['/sections']);
    expect(paths(joint({ sections: undefined }))).to.deep.equal(['/sections']);
    expect(paths(joint({ sections: [section('market')] }))).to.deep.equal(['/sections']);
  });

  it('take the place of answers', () => {
    expect(paths(joint({ answers: [{ item: 'mask', outcome: 'pass' }] }))).to.deep.equal(['/answers']);
  });

  it('have keys and task forces of their own, and inspectors of the visit', () => {
    const one = section('market');
    expect(paths(joint({ sections: [one, section('trade', { key: 'market' })] }))).to.deep.equal([
      '/sections/1/key',
    ]);
    expect(paths(joint({ sections: [one, section('trade', { key: 'main' })] }))).to.deep.equal([
      '/sections/1/key',
    ]);
    expect(paths(joint({ sections: [one, section('trade', { taskForce: 'market' })] }))).to.deep.equal([
      '/sections/1/taskForce',
    ]);
    expect(paths(joint({ inspectors: ['market-inspector'] }))).to.deep.equal(['/sections/1/inspectors/0']);
    expect(paths(joint({ inspectors: undefined }))).to.deep.equal([
      '/sections/0/inspectors/0',
      '/sections/1/inspectors/0',
    ]);
  });
});
