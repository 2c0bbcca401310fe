// A draft of a checklist with an item of each kind.
import type { Checklist, ChecklistItem, Draft, DraftAnswer } from '../../web/src/inspect/core/contract.ts';

export const a = 'a'.repeat(64);
export const b = 'b'.repeat(64);
const words = { zh: '项', en: 'item' };
const anItem = (key: string, changes: Partial<ChecklistItem>): ChecklistItem => ({
  key,
  text: words,
  guidance: null,
  kind: 'outcome',
  severity: 'major',
  photo: 'on-failure',
  ...changes,
});
export const checklist: Checklist = {
  key: 'essential',
  version: 3,
  title: words,
  items: [
    anItem('mask', {}),
    anItem('temperature', {
      kind: 'number',
      photo: 'never',
      number: { unit: words, min: 30, max: 45, passes: { below: 37.3 } },
    }),
    anItem('scan', {
      kind: 'choice',
      photo: 'always',
      options: [
        { key: 'good', text: words, fails: false },
        { key: 'bad', text: words, fails: true },
      ],
    }),
  ],
};
export const draft: Draft = {
  id: '01930f2e-0000-7000-8000-000000000001',
  shop: { id: 'shop-id', code: '0123456789', name: '药房' },
  kind: 'routine',
  checklist: { key: 'essential', version: 3 },
  arrivedAt: '2022-11-29T02:00:00.000Z',
  place: { lng: 126.6, lat: 45.8, accuracy: 12 },
  noEntry: null,
  answers: {},
  personMet: '',
  note: '  ',
  acknowledgement: { name: '王', refused: false },
  photos: [{ sha256: a, bytes: 1, takenAt: '2022-11-29T02:30:00.000Z', source: 'camera', place: null }],
  savedAt: '2022-11-29T02:00:00.000Z',
};
export const draftOf = (answers: Record<string, DraftAnswer>, changes: Partial<Draft> = {}): Draft => ({
  ...draft,
  answers,
  ...changes,
});
