// A self-check: what is still to be answered, and the visit that it becomes. Pure.
import type { BodyOf, ItemOf } from '../shared/server/types.ts';

export type Item = ItemOf<'getChecklists'>['items'][number];
export type Outcome = 'pass' | 'fail' | 'na';
export type Answer = { outcome: Outcome | null; value?: number | string; note: string; photos: string[] };

export const emptyAnswer = (): Answer => ({ outcome: null, note: '', photos: [] });

/** A number or a choice decides itself; null where it is not within bounds. */
export function outcomeOf({ number, options }: Item, value: number | string): 'pass' | 'fail' | null {
  if (!number) {
    const option = options?.find(({ key }) => key === value);
    return option ? (option.fails ? 'fail' : 'pass') : null;
  }
  const { min = -Infinity, max = Infinity, passes } = number;
  if (typeof value !== 'number' || !(value >= min && value <= max)) return null;
  const { above = -Infinity, atLeast = -Infinity, atMost = Infinity, below = Infinity } = passes;
  const isAbove = passes.above === undefined || value > above;
  const isBelow = passes.below === undefined || value < below;
  return isAbove && isBelow && value >= atLeast && value <= atMost ? 'pass' : 'fail';
}

/** Photos belong to a failure, and to a pass where the list always wants one; a note belongs to a failure. */
export const showsPhotos = ({ photo }: Pick<Item, 'photo'>, outcome: Outcome | null): boolean =>
  outcome === 'fail' || (outcome === 'pass' && photo === 'always');

/** A failure is told in words; where the list wants a photo of it, there is one. */
export function wantsMore({ photo }: Item, { outcome, note, photos }: Answer): boolean {
  const wantsPhoto = outcome === 'fail' ? photo !== 'never' : outcome === 'pass' && photo === 'always';
  return (wantsPhoto && photos.length === 0) || (outcome === 'fail' && note.trim() === '');
}

type Photo = NonNullable<BodyOf<'postVisits'>['photos']>[number];
type Sealing = {
  id: string;
  merchant: string;
  checklist: { key: string; version: number };
  begun: Date;
  now: Date;
  answers: [item: Item, answer: Answer][];
  photos: Photo[];
};

export function visitOf({ begun, now, answers, ...rest }: Sealing): BodyOf<'postVisits'> {
  return {
    ...rest,
    kind: 'self',
    arrivedAt: begun.toISOString(),
    sealedAt: now.toISOString(),
    answers: answers.map(([item, { outcome, value, note, photos }]) => ({
      item: item.key,
      outcome: outcome ?? 'unchecked',
      ...(value !== undefined && outcome !== 'na' && { value }),
      ...(outcome === 'fail' && note.trim() !== '' && { note: note.trim() }),
      ...(showsPhotos(item, outcome) && photos.length > 0 && { photos }),
    })),
  };
}
