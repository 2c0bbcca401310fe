// What a sealed visit amounts to: its form, result, faults, photos and flags.
import { expect } from 'chai';
import fc from 'fast-check';
import type { Checklist, ChecklistItem } from '../../models/checklist.ts';
import { outcomes, type VisitAnswer, type VisitBody } from '../../models/visit.ts';
import {
  distanceTo,
  faultsOf,
  faultsOfForm,
  flagsOf,
  photosOf,
  resultOf,
} from '../../server/domain/visit-judgement.ts';
import { standardSettings } from '../../server/domain/settings.ts';
import { aVisit } from '../support/visits.ts';

const item = (key: string, photo: ChecklistItem['photo']): ChecklistItem => ({
  key,
  text: { zh: key, en: key },
  guidance: null,
  kind: 'outcome',
  severity: 'major',
  photo,
});
const checklist = {
  _id: 'essential/1',
  key: 'essential',
  version: 1,
  title: { zh: '检查表', en: 'Checklist' },
  items: [item('mask', 'on-failure'), item('entrance', 'always'), item('supervisor', 'never')],
  createdAt: new Date(0),
} satisfies Checklist;

const a = 'a'.repeat(64);
const b = 'b'.repeat(64);
const visit = (answers: VisitAnswer[], changes: Partial<VisitBody> = {}) =>
  aVisit('shop', { answers, ...changes });
const wrongIn = (answers: VisitAnswer[], changes: Partial<VisitBody> = {}) =>
  faultsOfForm(visit(answers, changes), checklist).map(({ path }) => path);

describe('the form of a visit', () => {
  it('is sound where each failed item has its photo and a fix, or a note that says why not', () => {
    expect(wrongIn([{ item: 'mask', outcome: 'pass' }])).to.deep.equal([]);
    const fixed = { kind: 'on-site' as const, photos: [b] };
    expect(wrongIn([{ item: 'mask', outcome: 'fail', photos: [a], fix: fixed }])).to.deep.equal([]);
    expect(wrongIn([{ item: 'mask', outcome: 'fail', photos: [a], fix: { kind: 'timed' } }])).to.deep.equal(
      [],
    );
    expect(wrongIn([{ item: 'mask', outcome: 'fail', photos: [a], note: '已报专班' }])).to.deep.equal([]);
  });

  const malformed: [string, VisitAnswer[], Partial<VisitBody>, string[]][] = [
    ['no answer at all', [], {}, ['/answers']],
    [
      'answers where nobody came in',
      [{ item: 'mask', outcome: 'pass' }],
      { noEntry: 'closed' },
      ['/answers'],
    ],
    ['an item that is not on the checklist', [{ item: 'lights', outcome: 'pass' }], {}, ['/answers/0/item']],
    [
      'an item answered twice',
      [
        { item: 'mask', outcome: 'pass' },
        { item: 'mask', outcome: 'na' },
      ],
      {},
      ['/answers/1/item'],
    ],
    [
      'a failure without a photo',
      [{ item: 'mask', outcome: 'fail', fix: { kind: 'timed' } }],
      {},
      ['/answers/0/photos'],
    ],
    [
      'no photo where there must always be one',
      [{ item: 'entrance', outcome: 'pass' }],
      {},
      ['/answers/0/photos'],
    ],
    [
      'a failure with neither fix nor reason',
      [{ item: 'mask', outcome: 'fail', photos: [a], note: ' ' }],
      {},
      ['/answers/0/fix'],
    ],
    [
      'a fix of what is not broken',
      [{ item: 'mask', outcome: 'pass', fix: { kind: 'timed' } }],
      {},
      ['/answers/0/fix'],
    ],
    [
      'a fix on the spot without a photo after it',
      [{ item: 'mask', outcome: 'fail', photos: [a], fix: { kind: 'on-site', photos: [] } }],
      {},
      ['/answers/0/fix/photos'],
    ],
  ];
  for (const [what, answers, changes, paths] of malformed)
    it(`names the place of ${what}`, () => {
      expect(wrongIn(answers, changes)).to.deep.equal(paths);
    });

  it('needs no photo of what was not looked at, nor where none is ever asked for', () => {
    expect(wrongIn([{ item: 'entrance', outcome: 'na' }])).to.deep.equal([]);
    expect(wrongIn([{ item: 'entrance', outcome: 'unchecked' }])).to.deep.equal([]);
    expect(wrongIn([{ item: 'supervisor', outcome: 'fail', fix: { kind: 'timed' } }])).to.deep.equal([]);
  });

  it('is sound without answers where nobody came in', () => {
    expect(wrongIn([], { noEntry: 'refused' })).to.deep.equal([]);
  });

  it('names only places that are there', () => {
    const answer = fc.record(
      {
        item: fc.constantFrom('mask', 'entrance', 'supervisor', 'lights'),
        outcome: fc.constantFrom(...outcomes),
        photos: fc.array(fc.constantFrom(a, b), { maxLength: 2 }),
        note: fc.constantFrom('', '原因'),
        fix: fc.option(
          fc.record({
            kind: fc.constantFrom('on-site' as const, 'timed' as const),
            photos: fc.array(fc.constant(a), { maxLength: 1 }),
          }),
        ),
      },
      { requiredKeys: ['item', 'outcome'] },
    );
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 4 }), (answers) => {
        for (const path of wrongIn(answers)) {
          const index = /^\/answers\/(\d+)\//.exec(path)?.[1];
          if (index === undefined) expect(path).to.equal('/answers');
          else expect(answers[Number(index)]).not.to.equal(undefined);
        }
      }),
    );
  });
});

describe('the result of a visit', () => {
  const pass = { item: 'mask', outcome: 'pass' } as const;
  const onSite = {
    item: 'mask',
    outcome: 'fail',
    photos: [a],
    fix: { kind: 'on-site', photos: [b] },
  } as const;
  const timed = { item: 'entrance', outcome: 'fail', photos: [a], fix: { kind: 'timed' } } as const;
  const reasoned = { item: 'supervisor', outcome: 'fail', note: '无法整改' } as const;
  const of = (...answers: unknown[]) => resultOf(visit(answers as VisitAnswer[]));

  it('is passed, fixed, orders or no-entry', () => {
    expect(of(pass)).to.equal('passed');
    expect(of({ item: 'mask', outcome: 'unchecked' })).to.equal('passed');
    expect(of(pass, onSite)).to.equal('fixed');
    expect(of(onSite, timed)).to.equal('orders');
    expect(of(pass, reasoned)).to.equal('orders');
    expect(resultOf(visit([], { noEntry: 'moved' }))).to.equal('no-entry');
  });

  it('has a fault for each failed item with a fix, and none in a self-check', () => {
    const body = visit([pass, onSite, timed, reasoned] as unknown as VisitAnswer[]);
    expect(faultsOf(body, checklist).map(({ item: { key }, fix }) => [key, fix])).to.deep.equal([
      ['mask', 'on-site'],
      ['entrance', 'timed'],
    ]);
    expect(faultsOf({ ...body, kind: 'self' }, checklist)).to.deep.equal([]);
  });
});

describe('the photos of a visit', () => {
  it('are each named once, the listed ones first, with what is known of them', () => {
    const takenAt = '2022-11-29T02:00:00Z';
    const answers: VisitAnswer[] = [
      {
        item: 'mask',
        outcome: 'fail',
        photos: [a, b],
        fix: { kind: 'on-site', photos: [b, 'c'.repeat(64)] },
      },
    ];
    const named = photosOf(visit(answers, { photos: [{ sha256: b, takenAt, source: 'camera' }] }));
    expect(named).to.deep.equal([
      { sha256: b, takenAt: new Date(takenAt), source: 'camera' },
      { sha256: a, takenAt: null, source: null },
      { sha256: 'c'.repeat(64), takenAt: null, source: null },
    ]);
    expect(photosOf(visit([{ item: 'mask', outcome: 'pass' }]))).to.deep.equal([]);
  });
});

describe('the flags of a visit', () => {
  const receivedAt = new Date('2022-11-29T10:00:00Z');
  const usual = { arrivedAt: '2022-11-29T09:50:00Z', sealedAt: '2022-11-29T09:55:00Z' };
  const flags = (
    changes: Partial<VisitBody>,
    facts: { distance?: number | null; scopeChanged?: boolean } = {},
  ) =>
    flagsOf(
      visit([], { ...usual, ...changes }),
      { distance: facts.distance ?? null, receivedAt, scopeChanged: facts.scopeChanged ?? false },
      standardSettings,
    );

  it('are none for a usual one, also when it comes in late from a place without signal', () => {
    expect(flags({}, { distance: 20 })).to.deep.equal([]);
    expect(flags({ arrivedAt: '2022-11-26T09:50:00Z', sealedAt: '2022-11-26T09:55:00Z' })).to.deep.equal([]);
  });

  it('say that it was far away, allowing for the blur of the position', () => {
    const at = (accuracy: number) => ({ location: { lng: 126.64, lat: 45.78, accuracy } });
    expect(flags(at(10), { distance: 600 })).to.deep.equal(['far-from-merchant']);
    expect(flags(at(200), { distance: 600 })).to.deep.equal([]);
    expect(flags(at(0), { distance: 500 })).to.deep.equal([]);
  });

  it('say that a clock was wrong: ahead of ours, or sealed before arrival', () => {
    expect(flags({ sealedAt: '2022-11-29T10:10:00Z' })).to.deep.equal([]);
    expect(flags({ sealedAt: '2022-11-29T10:10:01Z' })).to.deep.equal(['clock-skew']);
    expect(flags({ arrivedAt: '2022-11-29T09:56:00Z' })).to.deep.equal(['clock-skew']);
  });

  it('say that a picture came from the gallery, and that the scope had changed', () => {
    const photos = [{ sha256: a, source: 'gallery' as const }];
    expect(flags({ photos }, { scopeChanged: true })).to.deep.equal(['gallery-photo', 'scope-changed']);
  });

  it('rest on the distance to the shop’s own point, unknown where one of the two is', () => {
    const body = visit([], { location: { lng: 126.64, lat: 45.78 } });
    expect(distanceTo(body, [126.64, 45.789])).to.be.within(995, 1_005);
    expect(distanceTo(body, null)).to.equal(null);
    expect(distanceTo(visit([], { location: null }), [126, 45])).to.equal(null);
  });
});
