// What a draft lacks before it can be sealed.
import { expect } from 'chai';
import type { DraftAnswer } from '../../web/src/inspect/core/contract.ts';
import { lacksOf } from '../../web/src/inspect/core/lacks.ts';
import { a, checklist, draftOf } from './a-draft.ts';

describe('what a draft lacks', () => {
  const good: Record<string, DraftAnswer> = {
    mask: { outcome: 'pass', photos: [], fix: null },
    temperature: { value: 36.5, photos: [], fix: null },
    scan: { outcome: 'na', photos: [], fix: null },
  };
  const lacking = (answers: Record<string, DraftAnswer>) =>
    lacksOf(draftOf({ ...good, ...answers }), checklist).map(({ item, what }) => `${item} ${what}`);

  it('is nothing where each item is answered', () => {
    expect(lacking({})).to.deep.equal([]);
  });
  it('is each item without an answer, or left unchecked', () => {
    expect(lacksOf(draftOf({}), checklist).map(({ what }) => what)).to.deep.equal([
      'answer',
      'value',
      'value',
    ]);
    expect(lacking({ mask: { outcome: 'unchecked', photos: [], fix: null } })).to.deep.equal(['mask answer']);
  });
  it('is a value that the item does not take', () => {
    expect(lacking({ temperature: { outcome: 'pass', value: 60, photos: [], fix: null } })).to.deep.equal([
      'temperature value',
    ]);
    expect(lacking({ scan: { value: 'ugly', photos: [], fix: null } })).to.deep.equal(['scan value']);
  });
  it('is of a fault its photo and its fix, and after a fix on the spot a photo of that', () => {
    expect(lacking({ mask: { outcome: 'fail', photos: [], fix: null } })).to.deep.equal([
      'mask photo',
      'mask fix',
    ]);
    expect(
      lacking({ mask: { outcome: 'fail', photos: [a], fix: { kind: 'on-site', photos: [] } } }),
    ).to.deep.equal(['mask photo-after']);
    expect(
      lacking({ mask: { outcome: 'fail', photos: [a], fix: { kind: 'timed', photos: [] } } }),
    ).to.deep.equal([]);
    // A note says why there is no fix to the server; on the phone somebody decides.
    expect(lacking({ mask: { outcome: 'fail', photos: [a], fix: null, note: '已报' } })).to.deep.equal([
      'mask fix',
    ]);
    expect(lacking({ temperature: { value: 38, photos: [], fix: null } })).to.deep.equal(['temperature fix']);
  });
  it('is the photo that an item always asks for, unless it does not apply', () => {
    expect(lacking({ scan: { value: 'good', photos: [], fix: null } })).to.deep.equal(['scan photo']);
  });
});
