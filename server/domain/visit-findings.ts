// What a visit found at each item of its checklists, short enough to be looked up and counted. Pure.
import type { leftAs, Visit, VisitAnswer, VisitBody } from '../../models/visit.ts';
import type { Filter } from './abilities.ts';

type Left = (typeof leftAs)[number];

/** How an item may be asked for: in order, at fault, or at fault and left in one way. */
export const itemOutcomes = ['pass', 'fail', 'on-site', 'timed', 'unfixed'] as const;
export type ItemOutcome = (typeof itemOutcomes)[number];

/** The least settled one counts where the sections of a joint visit differ about an item. */
const bySettled: Left[] = ['on-site', 'unfixed', 'timed'];

/** `whole` has the answers of all its parts in one list. Items that do not apply or were not checked are neither. */
export function itemsFound({ answers }: Pick<VisitBody, 'answers'>): Pick<Visit, 'findings' | 'passes'> {
  const faults = new Map<string, Left>();
  for (const answer of answers) {
    if (answer.outcome !== 'fail') continue;
    const [left, earlier] = [leftOf(answer), faults.get(answer.item)];
    if (earlier === undefined || bySettled.indexOf(left) > bySettled.indexOf(earlier))
      faults.set(answer.item, left);
  }
  const passed = answers.filter(({ item, outcome }) => outcome === 'pass' && !faults.has(item));
  const findings = [...faults].map(([item, left]) => `${item}/${left}`);
  return {
    ...(findings.length > 0 && { findings }),
    passes: [...new Set(passed.map(({ item }) => item))],
  };
}

function leftOf({ fix }: VisitAnswer): Left {
  return fix?.kind ?? 'unfixed';
}

/** The visits with this outcome at this item. */
export function itemFilter(item: string, outcome: ItemOutcome = 'fail'): Filter {
  if (outcome === 'pass') return { passes: item };
  const ways = outcome === 'fail' ? bySettled : [outcome];
  return { findings: { $in: ways.map((left) => `${item}/${left}`) } };
}

/** A finding taken apart again. */
export function findingParts(finding: string): { item: string; left: string } {
  const [item = '', left = ''] = finding.split('/');
  return { item, left };
}
