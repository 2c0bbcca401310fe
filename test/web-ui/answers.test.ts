// What an answer means.
import { expect } from 'chai';
import {
  countLacks,
  emptyAnswer,
  loosePhotos,
  mainAndRest,
  outcomeOfValue,
  passesText,
  unanswered,
  withOutcome,
} from '../../web/src/inspect/answers.ts';
import type { ChecklistItem, Draft } from '../../web/src/inspect/core/contract.ts';

const words = { zh: '', en: '' };
const item = (key: string, more: Partial<ChecklistItem> = {}): ChecklistItem => ({
  ...{ key, text: words, guidance: null, kind: 'outcome', severity: 'minor', photo: 'on-failure' },
  ...more,
});
const number = (passes: NonNullable<ChecklistItem['number']>['passes']) =>
  item('degrees', { kind: 'number', number: { unit: words, passes } });
const draft = (answers: Draft['answers'], photos: string[] = []): Draft => ({
  ...{ id: 'v', shop: { id: 's', code: 'c', name: 'n' }, kind: 'routine', arrivedAt: '', savedAt: '' },
  ...{ checklist: { key: 'k', version: 1 }, place: null, noEntry: null, personMet: '', note: '' },
  ...{ acknowledgement: null, answers },
  photos: photos.map((sha256) => ({ sha256, bytes: 1, takenAt: null, source: 'camera', place: null })),
});

describe('answers of a visit', () => {
  it('begin with mask, scan and temperature, where the checklist has them', () => {
    const items = ['entrance', 'temperature', 'mask'].map((key) => item(key));
    const { main, rest } = mainAndRest(items);
    expect(main.map(({ key }) => key)).to.deep.equal(['mask', 'temperature']);
    expect(rest.map(({ key }) => key)).to.deep.equal(['entrance']);
  });

  it('pass a number within its limits', () => {
    expect(outcomeOfValue(number({ below: 37.3 }), 37.2)).to.equal('pass');
    expect(outcomeOfValue(number({ below: 37.3 }), 37.3)).to.equal('fail');
    expect(outcomeOfValue(number({ atMost: -18 }), -18)).to.equal('pass');
    expect(outcomeOfValue(number({ above: 1, atLeast: 2 }), 1.5)).to.equal('fail');
    expect(outcomeOfValue(number({ above: 1 }), 1)).to.equal('fail');
    expect(outcomeOfValue(number({ below: 37.3 }), undefined)).to.equal(undefined);
    expect(passesText({ unit: words, passes: { atLeast: 2, below: 8 } }, '°C')).to.equal('≥ 2, < 8 °C');
  });

  it('fail by the choice that fails', () => {
    const options = [
      { key: 'all', text: words, fails: false },
      { key: 'gaps', text: words, fails: true },
    ];
    const choice = item('register', { kind: 'choice', options });
    expect(outcomeOfValue(choice, 'all')).to.equal('pass');
    expect(outcomeOfValue(choice, 'gaps')).to.equal('fail');
    expect(outcomeOfValue(choice, 'other')).to.equal(undefined);
  });

  it('open a fix on the spot with a failure, and drop it with any other answer; photos stay', () => {
    const failed = withOutcome({ ...emptyAnswer(), photos: ['a'] }, 'fail', 'T');
    expect(failed).to.deep.equal({
      outcome: 'fail',
      photos: ['a'],
      fix: { kind: 'on-site', photos: [], at: 'T' },
    });
    const timed = withOutcome({ ...failed, fix: { kind: 'timed', photos: [] } }, 'fail', 'U');
    expect(timed.fix).to.deep.equal({ kind: 'timed', photos: [] });
    expect(withOutcome(failed, 'pass', 'T')).to.deep.equal({ outcome: 'pass', photos: ['a'], fix: null });
  });

  it('can be passed in one tap only where nothing has to be read', () => {
    const items = [item('mask'), item('scan'), number({ below: 1 })];
    const left = unanswered(items, draft({ mask: { ...emptyAnswer(), outcome: 'fail' } }));
    expect(left.map(({ key }) => key)).to.deep.equal(['scan']);
  });

  it('count what is lacking by items and by photos', () => {
    expect(
      countLacks([
        { item: 'a', what: 'answer' },
        { item: 'b', what: 'photo' },
        { item: 'b', what: 'photo-after' },
        { item: 'b', what: 'fix' },
        { item: 'b', what: 'note' },
      ]),
    ).to.deep.equal({ items: 2, photos: 2 });
  });

  it('leave photos of the visit itself to the visit', () => {
    const fix = { kind: 'on-site' as const, photos: ['b'] };
    const one = draft({ mask: { outcome: 'fail', photos: ['a'], fix } }, ['a', 'b', 'door']);
    expect(loosePhotos(one).map(({ sha256 }) => sha256)).to.deep.equal(['door']);
  });
});
