// What an adjustment does and how it stands, as pages say it in one line.
import type { ItemOf } from '../../shared/server/types.ts';
import type { StatusKey } from '../../shared/status.ts';
import { count, isPast } from '../figures.ts';
import { words } from './words.ts';

export type Adjustment = ItemOf<'getAdjustments'>;

type Deed = Pick<Adjustment, 'kind' | 'to'>;

const verbOf = ({ kind, to }: Deed): string =>
  words.value.kindVerbs[kind] ?? words.value.verbs[to ?? ('listed' satisfies StatusKey)];

/** 暂停 143 家, or with the name where it is about one shop. */
export function titleOf(adjustment: Adjustment, name: string | undefined): string {
  const verb = verbOf(adjustment);
  return name === undefined
    ? words.value.title(verb, count(adjustment.dryRun.count))
    : words.value.titleOfOne(verb, name);
}

/** What a button does to how many. */
export const deedOf = (deed: Deed, figure: number): string =>
  isSuccession(deed.kind) ? verbOf(deed) : words.value.doTo(verbOf(deed), count(figure));

/** When it comes into force, where that lies ahead. */
export const beginsLater = ({ effectiveFrom }: Adjustment): string | null =>
  effectiveFrom === null || isPast(effectiveFrom) ? null : effectiveFrom;

/** One shop leaves and another follows it: there is nothing to count. */
export const isSuccession = (kind: Adjustment['kind']): boolean => kind === 'merge' || kind === 'handover';

export type Clock = { kind: 'begins' | 'lapses' | 'waited'; at: string };

/** What presses: when it lapses or begins, else since when it has waited. Null where nobody waits. */
export function clockOf(adjustment: Adjustment, now: Date): Clock | null {
  const { state, confirmBy, confirmedBy, effectiveFrom, submittedAt, draftedAt } = adjustment;
  const isAhead = (at: string | null): at is string => at !== null && new Date(at) > now;
  if (state === 'enacted' && confirmedBy === null && isAhead(confirmBy))
    return { kind: 'lapses', at: confirmBy };
  if (state === 'submitted' || state === 'draft')
    return isAhead(effectiveFrom)
      ? { kind: 'begins', at: effectiveFrom }
      : { kind: 'waited', at: submittedAt ?? draftedAt };
  return null;
}

/** In force, and nobody has confirmed it: still to come, or too late. */
export const isUnconfirmed = ({ state, confirmBy, confirmedBy }: Adjustment): boolean =>
  state === 'enacted' && confirmBy !== null && confirmedBy === null;
