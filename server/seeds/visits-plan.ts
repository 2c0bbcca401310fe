// The sample visits of the last thirty days: where, when, by whom, what was found, and what became of it.
import type { SeedMerchant } from './merchants.ts';
import { moved } from './places.ts';
import type { Random } from './random.ts';
import type { AnswerPlan } from './visit-answers.ts';
import { answersOf, isOpenStall } from './visit-answers.ts';
import { assignPhotos } from './visit-photos.ts';
import type { InspectorScope, Stop } from './visit-routes.ts';
import { planRoutes } from './visit-routes.ts';
import { noEntryNotes, rolesMet, visitNotes } from './visit-words.ts';

/** Why an inspector did not get in. */
export type NoEntry = 'closed' | 'refused' | 'moved';

/** One visit. `dayOffset` counts local days back from today (1 is yesterday), `minuteOfDay` is local time. */
export interface VisitPlan {
  key: string;
  merchantKey: string;
  dayOffset: number;
  minuteOfDay: number;
  /** From arriving to sealing. */
  minutes: number;
  /** Index into the inspectors that were given. */
  inspector: number;
  kind: 'routine' | 'patrol' | 'complaint' | 'recheck';
  /** Where the phone was, accuracy in metres; a few are too far away and will be flagged. */
  location: { lng: number; lat: number; accuracy: number };
  noEntry: NoEntry | null;
  personMet: string | null;
  note: string | null;
  /** Empty where nobody got in. */
  answers: AnswerPlan[];
}

/** How much to plan. Inspectors are twelve without limits unless their scopes are given. */
export interface VisitPlanOptions {
  days: number;
  visits: number;
  photos: number;
  inspectors?: readonly InspectorScope[];
}

// Together with the suspended about 18 of 100 visits find a fault.
const FAULTY = 0.155;
const FAULTY_WHEN_SUSPENDED = 0.9;
const FAULTY_AGAIN = 0.12;
const NO_ENTRY = 0.037;
const anybody: readonly InspectorScope[] = Array.from({ length: 12 }, () => ({}));

/**
 * Plans the visits, oldest first. Only listed and suspended merchants are visited. Photos number exactly `photos`, with
 * serials from 0, all different. Throws a RangeError when the merchants or places for photos do not suffice.
 */
export function planVisits(
  random: Random,
  merchants: readonly SeedMerchant[],
  { days, visits, photos, inspectors = anybody }: VisitPlanOptions,
): VisitPlan[] {
  const visitable = merchants.filter(({ fate }) => fate === 'listed' || fate === 'suspended');
  const broken = new Set(visitable.filter((merchant) => hasFault(random, merchant)).map(({ key }) => key));
  const faulty = ({ key }: SeedMerchant): boolean => broken.has(key);
  const stops = planRoutes(random.fork('routes'), visitable, inspectors, { days, count: visits, faulty });
  const plan = stops.map((stop, i) => visitAt(random.fork(`visit/${i}`), stop, i, faulty(stop.merchant)));
  const answers = plan.map((visit) => visit.answers);
  assignPhotos(random.fork('photos'), answers, photos);
  return plan;
}

function hasFault(random: Random, { key, fate }: SeedMerchant): boolean {
  return random.fork(`fault/${key}`).chance(fate === 'suspended' ? FAULTY_WHEN_SUSPENDED : FAULTY);
}

function visitAt(random: Random, stop: Stop, index: number, faulty: boolean): VisitPlan {
  const { merchant, dayOffset, minuteOfDay, minutes, inspector, recheck } = stop;
  const noEntry = !faulty && random.chance(NO_ENTRY) ? reason(random) : null;
  const fails = recheck ? random.chance(FAULTY_AGAIN) : faulty;
  return {
    key: `visit-${String(index + 1).padStart(4, '0')}`,
    merchantKey: merchant.key,
    dayOffset,
    minuteOfDay,
    minutes,
    inspector,
    kind: recheck ? 'recheck' : kindOf(random, stop),
    location: locationAt(random, merchant),
    noEntry,
    personMet: noEntry && noEntry !== 'refused' ? null : personMet(random, stop),
    note: noEntry ? random.pick(noEntryNotes[noEntry]) : random.chance(0.08) ? random.pick(visitNotes) : null,
    answers: noEntry ? [] : answersOf(random, stop, fails),
  };
}

function reason(random: Random): NoEntry {
  return random.weighted({ closed: 75, refused: 10, moved: 15 });
}

// 九小门店巡查 is for small shops; a call from the public may lead anywhere.
function kindOf(random: Random, { merchant }: Stop): VisitPlan['kind'] {
  const small = merchant.capacity !== null && merchant.capacity <= 15;
  return random.weighted({ routine: 82, patrol: small ? 15 : 0, complaint: 3 });
}

function personMet(random: Random, stop: Stop): string {
  return random.pick(isOpenStall(stop) ? rolesMet.stall : rolesMet.shop);
}

function locationAt(random: Random, { point }: SeedMerchant): VisitPlan['location'] {
  const far = random.chance(0.008) ? random.int(650, 900) : 0;
  const [lng, lat] = moved(point, far + random.int(-12, 12), random.int(-12, 12));
  return { lng, lat, accuracy: random.int(5, 25) };
}
