// Checklists and drafts by chance: such as an inspector fills in, and such as nobody would.
import fc from 'fast-check';
import type { Checklist, ChecklistItem, Draft, DraftAnswer } from '../../web/src/inspect/core/contract.ts';

const aHash = fc.integer({ min: 0, max: 0xfffff }).map((n) => n.toString(16).padStart(64, '0'));
const hashes = fc.uniqueArray(aHash, { maxLength: 12 });
const words = { zh: '项', en: 'item' };
const instants = fc
  .date({ min: new Date('2022-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .map((at) => at.toISOString());
/** Whatever gets into a text field: too long, NUL, halves of characters. */
const typed = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 90 }),
  fc.constantFrom('', '   ', '王经理', '\ud800x\0', '好'.repeat(2_500), '𠮷'.repeat(2_001)),
);

const anItem = fc
  .record({
    kind: fc.constantFrom('outcome' as const, 'number' as const, 'choice' as const),
    photo: fc.constantFrom('never' as const, 'on-failure' as const, 'always' as const),
    isRuled: fc.boolean(),
    min: fc.constantFrom(undefined, 0, 34),
    max: fc.constantFrom(undefined, 50, 100),
    passes: fc.constantFrom({ below: 37.3 }, { above: 10, atMost: 45 }, { atLeast: 36 }, {}),
  })
  .map(({ kind, photo, isRuled, min, max, passes }): Omit<ChecklistItem, 'key'> => ({
    text: words,
    guidance: null,
    kind,
    severity: 'major',
    photo,
    ...(isRuled &&
      kind === 'number' && {
        number: {
          unit: words,
          ...(min !== undefined && { min }),
          ...(max !== undefined && { max }),
          passes,
        },
      }),
    ...(isRuled &&
      kind === 'choice' && {
        options: [
          { key: 'good', text: words, fails: false },
          { key: 'bad', text: words, fails: true },
        ],
      }),
  }));

export const aChecklist: fc.Arbitrary<Checklist> = fc
  .array(anItem, { minLength: 1, maxLength: 6 })
  .map((items) => ({
    key: 'essential',
    version: 1,
    title: words,
    items: items.map((item, index) => ({ key: `item-${index}`, ...item })),
  }));

const aFix = fc.record(
  {
    kind: fc.constantFrom('on-site' as const, 'timed' as const),
    photos: hashes,
    at: fc.oneof(instants, fc.constant('yesterday')),
    note: typed,
  },
  { requiredKeys: ['kind', 'photos'] },
);
const anyAnswer: fc.Arbitrary<DraftAnswer> = fc.record(
  {
    outcome: fc.constantFrom('pass' as const, 'fail' as const, 'na' as const, 'unchecked' as const),
    value: fc.oneof(
      fc.constantFrom<number | string>('good', 'bad', 'ugly', 36.5, 38, 20, -1, Number.NaN, Infinity, '36.5'),
      fc.double(),
    ),
    note: typed,
    photos: hashes,
    fix: fc.option(aFix),
  },
  { requiredKeys: ['photos', 'fix'] },
);
/** As a careful inspector answers: with a value, photos and a fix. */
const careful: fc.Arbitrary<DraftAnswer> = fc.record({
  outcome: fc.constantFrom('pass' as const, 'fail' as const, 'na' as const),
  value: fc.constantFrom<number | string>(36, 38, 42),
  photos: fc.uniqueArray(aHash, { minLength: 1, maxLength: 3 }),
  fix: fc.oneof(
    fc.constant({ kind: 'timed' as const, photos: [] as string[] }),
    aHash.map((photo) => ({ kind: 'on-site' as const, photos: [photo] })),
  ),
});

/** A draft on that checklist. `isCareful` ones lack nothing. */
export function aDraft({ key, version, items }: Checklist, isCareful: boolean): fc.Arbitrary<Draft> {
  const answerOf = ({ kind }: ChecklistItem): fc.Arbitrary<DraftAnswer | undefined> =>
    !isCareful
      ? fc.option(anyAnswer, { nil: undefined })
      : kind === 'choice'
        ? careful.chain((answer) => fc.constantFrom('good', 'bad').map((value) => ({ ...answer, value })))
        : careful;
  const answers = fc.tuple(...items.map(answerOf)).map((all) =>
    Object.fromEntries(
      items.flatMap((item, index): [string, DraftAnswer][] => {
        const answer = all[index];
        return answer ? [[item.key, answer]] : [];
      }),
    ),
  );
  const aPhoto = fc.record({
    sha256: aHash,
    bytes: fc.constant(1),
    takenAt: fc.option(fc.oneof(instants, fc.constant('2022:11:29'))),
    source: fc.constantFrom('camera' as const, 'gallery' as const),
    place: fc.constant(null),
  });
  const place = fc.record({ lng: fc.double(), lat: fc.double(), accuracy: fc.double() });
  return fc.record({
    id: fc.uuid(),
    shop: fc.constant({ id: '01930f2e-0000-7000-8000-000000000000', code: '0123456789', name: '药房' }),
    kind: fc.constantFrom('routine' as const, 'recheck' as const, 'complaint' as const, 'patrol' as const),
    checklist: fc.constant({ key, version }),
    arrivedAt: instants,
    place: fc.option(place),
    noEntry: fc.option(fc.constantFrom('closed' as const, 'refused' as const, 'moved' as const), { freq: 4 }),
    answers,
    personMet: typed,
    note: typed,
    acknowledgement: fc.option(fc.record({ name: typed, refused: fc.boolean() })),
    photos: fc.array(aPhoto, { maxLength: 60 }),
    savedAt: instants,
  });
}
