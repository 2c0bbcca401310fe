// Sealing: a draft becomes the body that the server hashes, and what it amounts to. Pure; it fits the server's schema whatever was typed.
import type { Checklist, Draft, DraftAnswer, PhotoPlace, Result } from './contract.ts';
import { allAnswers } from './joint.ts';
import { isRuled, outcomeOf } from './lacks.ts';
import type { SealedAnswer, SealedVisit } from './outbox/record.ts';

// The server's bounds.
const mostNote = 2_000;
const mostName = 64;
const mostPhotosOfAnswer = 10;
const mostPhotos = 50;

/** Of a draft that lacks nothing. What says nothing is left out. */
export function sealedVisit(
  draft: Draft,
  checklist: Pick<Checklist, 'items'>,
  sealedAt: string,
): SealedVisit {
  const { id, kind, shop, arrivedAt, place, noEntry, personMet, note, acknowledgement } = draft;
  const location = locationOf(place);
  const signer = text(acknowledgement?.name, mostName);
  return {
    id,
    kind,
    merchant: shop.id,
    checklist: { key: draft.checklist.key, version: draft.checklist.version },
    arrivedAt,
    sealedAt,
    ...(location && { location }),
    ...(noEntry && { noEntry }),
    ...named('personMet', text(personMet, mostName)),
    ...named('note', text(note, mostNote)),
    ...sectionsOf(draft),
    answers: noEntry || draft.sections ? [] : answersOf(draft.answers, checklist),
    photos: photosOf(draft),
    ...(acknowledgement && {
      acknowledgement: { ...named('name', signer), refused: acknowledgement.refused },
    }),
  };
}

/** Of a joint visit: a section for each task force, and everybody who made it. */
function sectionsOf({ sections, noEntry }: Draft): Pick<SealedVisit, 'inspectors' | 'sections'> {
  if (!sections) return {};
  const made = sections.map(({ taskForce, inspectors, checklist, answers }, at) => ({
    key: `section-${at + 1}`,
    taskForce,
    inspectors: inspectors.map(({ id }) => id),
    checklist: { key: checklist.key, version: checklist.version },
    answers: noEntry ? [] : answersOf(answers, checklist),
  }));
  return { inspectors: [...new Set(made.flatMap(({ inspectors }) => inspectors))], sections: made };
}

function answersOf(answers: Draft['answers'], { items }: Pick<Checklist, 'items'>): SealedAnswer[] {
  return items.flatMap((item): SealedAnswer[] => {
    const answer = answers[item.key];
    const outcome = answer && outcomeOf(item, answer);
    if (!answer || !outcome) return [];
    const isValued = outcome !== 'na' && (isRuled(item) || item.kind !== 'outcome');
    return [
      {
        item: item.key,
        outcome,
        ...(isValued && valueOf(answer)),
        ...named('note', text(answer.note, mostNote)),
        ...hashes(answer.photos),
        ...(outcome === 'fail' && answer.fix && { fix: fixOf(answer.fix) }),
      },
    ];
  });
}

function fixOf({
  kind,
  photos,
  at,
  note,
}: NonNullable<DraftAnswer['fix']>): NonNullable<SealedAnswer['fix']> {
  return {
    kind,
    ...hashes(photos),
    ...(at !== undefined && isInstant(at) && { at }),
    ...named('note', text(note, mostNote)),
  };
}

function valueOf({ value }: DraftAnswer): Pick<SealedAnswer, 'value'> {
  if (typeof value === 'number') return Number.isFinite(value) ? { value } : {};
  return named('value', text(value, 128));
}

/** What is more than an answer may name is still among the visit's photos. */
function hashes(photos: string[]): Pick<SealedAnswer, 'photos'> {
  const distinct = [...new Set(photos)].slice(0, mostPhotosOfAnswer);
  return distinct.length > 0 ? { photos: distinct } : {};
}

/** All that were taken. Of too many, those that no answer names come first: the others are named there. */
function photosOf(draft: Draft): SealedVisit['photos'] {
  const { photos } = draft;
  const distinct = photos.filter(
    ({ sha256 }, index) => photos.findIndex((other) => other.sha256 === sha256) === index,
  );
  const named = allAnswers(draft).flatMap((answer) => [...answer.photos, ...(answer.fix?.photos ?? [])]);
  const isNamed = ({ sha256 }: { sha256: string }) => Number(named.includes(sha256));
  const inOrder =
    distinct.length > mostPhotos ? distinct.toSorted((a, b) => isNamed(a) - isNamed(b)) : distinct;
  return inOrder.slice(0, mostPhotos).map(({ sha256, takenAt, source, place }) => {
    const location = locationOf(place);
    return {
      sha256,
      takenAt: takenAt !== null && isInstant(takenAt) ? takenAt : null,
      source,
      ...(location && { location }),
    };
  });
}

/** Every photo of the visit once: first what it lists, then what only an answer names. As the server counts them. */
export function photosOfVisit({ photos, ...parts }: SealedVisit): string[] {
  const inAnswers = answersOfVisit(parts).flatMap((answer) => [
    ...(answer.photos ?? []),
    ...(answer.fix?.photos ?? []),
  ]);
  return [...new Set([...photos.map(({ sha256 }) => sha256), ...inAnswers])];
}

const answersOfVisit = ({
  answers,
  sections = [],
}: Pick<SealedVisit, 'answers' | 'sections'>): SealedAnswer[] => [
  ...answers,
  ...sections.flatMap((section) => section.answers),
];

export function resultOfVisit({ noEntry, ...parts }: SealedVisit): Result {
  if (noEntry) return 'no-entry';
  const failed = answersOfVisit(parts).filter(({ outcome }) => outcome === 'fail');
  if (failed.length === 0) return 'passed';
  return failed.every(({ fix }) => fix?.kind === 'on-site') ? 'fixed' : 'orders';
}

function locationOf(place: PhotoPlace | null): SealedVisit['location'] {
  if (!place || !(Math.abs(place.lng) <= 180 && Math.abs(place.lat) <= 90)) return undefined;
  const { lng, lat, accuracy } = place;
  return {
    lng,
    lat,
    ...(accuracy !== undefined && accuracy >= 0 && { accuracy: Math.min(accuracy, 1_000_000) }),
  };
}

/** Without what the server cannot store, and not longer than it takes. Undefined when nothing is left. */
function text(typed: string | undefined, most: number): string | undefined {
  const storable = (typed ?? '').replace(/[\0\p{Surrogate}]/gu, '').trim();
  const bounded = [...storable].slice(0, most).join('');
  return bounded === '' ? undefined : bounded;
}

const named = <K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> =>
  value === undefined ? {} : ({ [key]: value } as Record<K, string>);

const isInstant = (at: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([.]\d{1,9})?(Z|[+-]\d\d:\d\d)$/.test(at) && !Number.isNaN(Date.parse(at));
