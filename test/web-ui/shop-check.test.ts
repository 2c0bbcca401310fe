// A merchant's self-check: what becomes of it is what the page showed.
import { expect } from 'chai';
import { type Answer, visitOf } from '../../web/src/shop/check.ts';

describe('a self-check', () => {
  const item = {
    key: 'mask',
    text: { zh: '口罩', en: 'Masks' },
    guidance: null,
    kind: 'outcome' as const,
    severity: 'minor' as const,
    photo: 'on-failure' as const,
  };
  const sealed = (answer: Answer) => {
    const now = new Date('2022-12-01T10:00:00Z');
    const checklist = { key: 'essential', version: 1 };
    const { answers } = visitOf({
      id: 'v',
      merchant: 'm',
      checklist,
      begun: now,
      now,
      answers: [[item, answer]],
      photos: [],
    });
    return answers;
  };

  it('says of a failure what was written and shown', () => {
    expect(sealed({ outcome: 'fail', note: ' 不够 ', photos: ['a'] })).to.deep.equal([
      { item: 'mask', outcome: 'fail', note: '不够', photos: ['a'] },
    ]);
  });

  it('leaves out what was hidden again when the failure turned out to be none', () => {
    expect(sealed({ outcome: 'pass', note: '不够', photos: ['a'] })).to.deep.equal([
      { item: 'mask', outcome: 'pass' },
    ]);
  });
});
