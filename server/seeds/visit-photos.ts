// Which sample photos the visits need: exactly as many as asked for, each with a serial of its own.
import type { PhotoScene, PhotoState } from './photo-scenes.ts';
import type { Random } from './random.ts';
import type { AnswerPlan } from './visit-answers.ts';
import { passed } from './visit-answers.ts';

/** A place for photos in an answer: before the fix, after it, the merchant's own, or of an item in order. */
export interface PhotoSlot {
  slot: 'before' | 'after' | 'answer' | 'in-order';
  item: PhotoScene;
  state: PhotoState;
  /** Filled in place with serials. */
  photos: number[];
}

const MOST_PER_SLOT = 3;

/**
 * Gives `total` photos to the answers, changing them in place: one for each slot that must have one, the rest as second and third
 * ones and for items in order. Where too few are allowed some faults become passes first. Serials run from 0 in the
 * order of the answers. Throws a RangeError when there are not enough places.
 */
export function assignPhotos(random: Random, visits: readonly AnswerPlan[][], total: number): void {
  dropFaults(random, visits, total);
  const needed = visits.flat().flatMap(neededSlots);
  const spare = visits.flat().flatMap(spareSlots);
  const counts = new Map<PhotoSlot, number>(needed.map((slot) => [slot, 1]));
  const more = [
    ...random.shuffle(needed).flatMap((slot) => Array.from({ length: MOST_PER_SLOT - 1 }, () => slot)),
    ...random.shuffle(spare),
  ];
  const extra = total - needed.length;
  if (extra > more.length) throw new RangeError(`There is no place for ${total} photos.`);
  // A few pictures of shops in order make the demonstration look lived in; most of the rest are second looks at a fault.
  const inOrder = random.shuffle(spare).slice(0, Math.floor(extra / 3));
  const others = more.filter((slot) => !inOrder.includes(slot)).slice(0, extra - inOrder.length);
  for (const slot of [...inOrder, ...others]) counts.set(slot, (counts.get(slot) ?? 0) + 1);

  let serial = 0;
  for (const slot of [...needed, ...spare].sort(byPlace(visits))) {
    for (let i = 0; i < (counts.get(slot) ?? 0); i += 1) slot.photos.push(serial++);
  }
}

/** The slots of an answer that hold photos, with what each picture has to show. */
export function photoSlotsOf(answer: AnswerPlan): PhotoSlot[] {
  return [...neededSlots(answer), ...spareSlots(answer)].filter(({ photos }) => photos.length > 0);
}

function neededSlots({ item, outcome, photos, fix }: AnswerPlan): PhotoSlot[] {
  if (outcome !== 'fail') return [];
  const before: PhotoSlot = { slot: 'before', item, state: 'fault', photos };
  if (fix?.kind === 'on-site') return [before, { slot: 'after', item, state: 'fixed', photos: fix.photos }];
  const order = fix?.kind === 'timed' ? fix.order : null;
  if (!order?.answer) return [before];
  const state = order.outcome === 'returned' ? 'fault' : 'fixed';
  return [before, { slot: 'answer', item, state, photos: order.answer.photos }];
}

function spareSlots({ item, outcome, photos }: AnswerPlan): PhotoSlot[] {
  return outcome === 'pass' ? [{ slot: 'in-order', item, state: 'ok', photos }] : [];
}

function dropFaults(random: Random, visits: readonly AnswerPlan[][], total: number): void {
  let needed = visits.flat().flatMap(neededSlots).length;
  const faults = visits.flatMap((answers) =>
    answers.flatMap((answer, i) => (answer.outcome === 'fail' ? [{ answers, i, answer }] : [])),
  );
  for (const { answers, i, answer } of random.shuffle(faults)) {
    if (needed <= total) return;
    needed -= neededSlots(answer).length;
    answers[i] = passed(answer);
  }
}

function byPlace(visits: readonly AnswerPlan[][]): (a: PhotoSlot, b: PhotoSlot) => number {
  const order = new Map<number[], number>();
  for (const answer of visits.flat()) {
    order.set(answer.photos, order.size);
    if (answer.fix?.kind === 'on-site') order.set(answer.fix.photos, order.size);
    if (answer.fix?.kind === 'timed' && answer.fix.order.answer)
      order.set(answer.fix.order.answer.photos, order.size);
  }
  return (a, b) => (order.get(a.photos) ?? 0) - (order.get(b.photos) ?? 0);
}
