// What a sample visit finds: answers to the checklist, faults, and what becomes of each timed order.
import type { PhotoScene } from './photo-scenes.ts';
import type { Random } from './random.ts';
import type { Stop } from './visit-routes.ts';
import { itemWords } from './visit-words.ts';

/** How far the order of a timed fix has come: `returned` means answered once, sent back, and open again. */
export type OrderOutcome = 'open' | 'submitted' | 'closed' | 'returned';

/** What happens to a timed order. Minutes count from the visit; null where it has not come to that. Photos are serials. */
export interface OrderStory {
  outcome: OrderOutcome;
  answeredAfterMinutes: number | null;
  answer: { note: string; photos: number[] } | null;
  decidedAfterMinutes: number | null;
  decisionNote: string | null;
}

/** How a fault is dealt with: before the inspector leaves, or by an order with a due. */
export type FixPlan =
  { kind: 'on-site'; note: string; photos: number[] } | { kind: 'timed'; order: OrderStory };

/** One answer; `photos` are the serials of pictures of the fault (or, seldom, of an item in order). */
export interface AnswerPlan {
  item: PhotoScene;
  outcome: 'pass' | 'fail' | 'na';
  note: string | null;
  photos: number[];
  fix: FixPlan | null;
}

// How often an item fails, and how often that is put right on the spot (立行立改). Assumptions for the demonstration.
const items: Readonly<Record<PhotoScene, { weight: number; onSite: number }>> = {
  mask: { weight: 28, onSite: 0.95 },
  scan: { weight: 20, onSite: 0.6 },
  temperature: { weight: 12, onSite: 0.6 },
  'no-promotion': { weight: 6, onSite: 0.9 },
  'no-crowding': { weight: 10, onSite: 0.95 },
  entrance: { weight: 9, onSite: 0.45 },
  supervisor: { weight: 9, onSite: 0.6 },
  'in-store': { weight: 6, onSite: 0.7 },
};
const itemKeys = Object.keys(items) as PhotoScene[];

/** A stall has no door of its own: these are the market's business. */
const notForStalls: ReadonlySet<PhotoScene> = new Set(['temperature', 'entrance', 'supervisor', 'in-store']);

/** Whether the shop is a stall or stand, without a door of its own. */
export function isOpenStall({ merchant }: Stop): boolean {
  return merchant.site !== null && merchant.capacity === null && merchant.category !== 'market-operator';
}

/** Answers for a visit; `faulty` gives it one fault, sometimes two. Fault photos are still to be assigned. */
export function answersOf(random: Random, stop: Stop, faulty: boolean): AnswerPlan[] {
  const asked = isOpenStall(stop) ? itemKeys.filter((key) => !notForStalls.has(key)) : itemKeys;
  const failing = new Set<PhotoScene>();
  const wanted = faulty ? (random.chance(0.06) ? 2 : 1) : 0;
  while (failing.size < wanted) {
    failing.add(
      random.weighted(Object.fromEntries(asked.map((key) => [key, items[key].weight]))) as PhotoScene,
    );
  }
  return itemKeys.map((item) => {
    if (failing.has(item)) return fault(random, item, stop);
    return { item, outcome: asked.includes(item) ? 'pass' : 'na', note: null, photos: [], fix: null };
  });
}

/** The same answer without its fault. */
export function passed({ item }: AnswerPlan): AnswerPlan {
  return { item, outcome: 'pass', note: null, photos: [], fix: null };
}

function fault(random: Random, item: PhotoScene, { dayOffset }: Stop): AnswerPlan {
  const words = itemWords[item];
  if (!words) throw new RangeError(`No words for item ${item}.`);
  const fix: FixPlan = random.chance(items[item].onSite)
    ? { kind: 'on-site', note: random.pick(words.fixed), photos: [] }
    : { kind: 'timed', order: orderStory(random, item, dayOffset) };
  return { item, outcome: 'fail', note: random.pick(words.fault), photos: [], fix };
}

function orderStory(random: Random, item: PhotoScene, dayOffset: number): OrderStory {
  const outcome = random.weighted(outcomesAfter(dayOffset));
  const words = itemWords[item];
  if (outcome === 'open' || !words)
    return {
      outcome: 'open',
      answeredAfterMinutes: null,
      answer: null,
      decidedAfterMinutes: null,
      decisionNote: null,
    };
  // Mostly in time; one in six answers late. Everything has to lie before the demonstration's present.
  const answered = Math.min(
    random.chance(0.83) ? random.int(25, 110) : random.int(130, 1500),
    limit(dayOffset),
  );
  const decided = Math.min(answered + random.int(20, 600), limit(dayOffset) + 60);
  return {
    outcome,
    answeredAfterMinutes: answered,
    answer: { note: random.pick(words.answer), photos: [] },
    decidedAfterMinutes: outcome === 'submitted' ? null : decided,
    decisionNote: outcome === 'returned' ? words.returned : outcome === 'closed' ? '已核实，符合要求' : null,
  };
}

// Visits end at 17:30 the day before at the latest, so that six and a half hours have passed in any case.
function limit(dayOffset: number): number {
  return (dayOffset - 1) * 1440 + 330;
}

/** Fresh orders are mostly open, old ones closed; the few old open ones are what turns yellow and red. */
function outcomesAfter(dayOffset: number): Readonly<Record<OrderOutcome, number>> {
  if (dayOffset <= 2) return { open: 55, submitted: 30, returned: 0, closed: 15 };
  if (dayOffset <= 7) return { open: 22, submitted: 12, returned: 10, closed: 56 };
  return { open: 8, submitted: 2, returned: 3, closed: 87 };
}
