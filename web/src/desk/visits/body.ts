// What a visit says: its parts, its answers in the order of their checklist, and what an amendment changes. Pure.
import type { AnswerOf } from '../../shared/server/types.ts';

export type Visit = AnswerOf<'getVisitsId'>;
export type Body = Visit['body'];
export type Answer = Body['answers'][number];
export type Checklist = AnswerOf<'getChecklistsKeyVersion'>;
type Item = Checklist['items'][number];
type ChecklistRef = Body['checklist'];

/** A visit that is not joint is one part. */
export type Part = {
  key: string;
  taskForce: string | null;
  inspectors: string[];
  checklist: ChecklistRef;
  answers: Answer[];
};

export function partsOf({ checklist, answers, sections, inspectors = [] }: Body): Part[] {
  if (!sections) return [{ key: 'main', taskForce: null, inspectors, checklist, answers }];
  return sections.map((section) => ({ ...section, checklist: section.checklist ?? checklist }));
}

/** What a visit says now: its last amendment, or what was sealed. */
export const presentBody = ({ body, amendments }: Pick<Visit, 'body' | 'amendments'>): Body =>
  amendments.at(-1)?.body ?? body;

export type Row = { item: string; of: Item | undefined; answer: Answer | undefined };

/** Every item of the checklist with its answer, then answers to items that it does not have. */
export function rowsOf(answers: Answer[], checklist: Checklist | undefined): Row[] {
  const items = checklist?.items ?? [];
  const strange = answers.filter(({ item }) => !items.some(({ key }) => key === item));
  return [
    ...items.map((of) => ({ item: of.key, of, answer: answers.find(({ item }) => item === of.key) })),
    ...strange.map((answer) => ({ item: answer.item, of: undefined, answer })),
  ];
}

/** What differs between two versions: of one item, or of the visit as a whole (`item` null). */
export type Difference = {
  part: string;
  item: string | null;
  field: 'outcome' | 'value' | 'note' | 'photos' | 'fix' | 'personMet' | 'noEntry' | 'acknowledgement';
  before: string | number | null;
  after: string | number | null;
};

export function differences(before: Body, after: Body): Difference[] {
  const found: Difference[] = [];
  const compare = (place: Pick<Difference, 'part' | 'item'>, one: Told, other: Told) => {
    for (const field of Object.keys(one) as Difference['field'][]) {
      const [was, is] = [one[field] ?? null, other[field] ?? null];
      if (was !== is) found.push({ ...place, field, before: was, after: is });
    }
  };
  compare({ part: 'main', item: null }, wholeTold(before), wholeTold(after));
  const earlier = partsOf(before);
  for (const part of partsOf(after)) {
    const answers = earlier.find(({ key }) => key === part.key)?.answers ?? [];
    const items = new Set([...answers, ...part.answers].map(({ item }) => item));
    for (const item of items) {
      const of = (list: Answer[]) => answerTold(list.find((answer) => answer.item === item));
      compare({ part: part.key, item }, of(answers), of(part.answers));
    }
  }
  return found;
}

type Told = Partial<Record<Difference['field'], string | number | null>>;

const wholeTold = ({ personMet, noEntry, note, acknowledgement }: Body): Told => ({
  personMet: personMet ?? null,
  noEntry: noEntry ?? null,
  note: note ?? null,
  acknowledgement: acknowledgement
    ? acknowledgement.refused
      ? 'refused'
      : (acknowledgement.name ?? '')
    : null,
});

/** Photos are told by how many there are; the same number of other ones is a difference, too. */
const answerTold = (answer: Answer | undefined): Told => ({
  outcome: answer?.outcome ?? null,
  value: answer?.value ?? null,
  note: answer?.note ?? null,
  photos: hashesTold([...(answer?.photos ?? []), ...(answer?.fix?.photos ?? [])]),
  fix: answer?.fix?.kind ?? null,
});

const hashesTold = (hashes: string[]): string | null =>
  hashes.length === 0 ? null : [...hashes].sort().join(' ');
