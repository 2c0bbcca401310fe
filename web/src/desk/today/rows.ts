// The most pressing rows of a kind of decision, each with its shop, its second line, its own clock and its way.
import { computed } from 'vue';
import type { IconName } from '../../shared/icons.ts';
import { inLanguage } from '../../shared/language.ts';
import { now } from '../../shared/now.ts';
import type { AnswerOf, ItemOf } from '../../shared/server/types.ts';
import { statusWord } from '../../shared/status.ts';
import { terms } from '../../shared/vocabulary.ts';
import { clockOf, titleOf } from '../adjustments/adjustment.ts';
import { adjustmentPath, objectionPath, orderPath, visitPath } from '../paths.ts';
import { useAnswer, useMerchantsById } from '../queries.ts';
import { words } from './words.ts';

export type Decision = AnswerOf<'getToday'>['items'][number];
export type Clock = {
  kind: 'left' | 'late' | 'waited';
  at: string;
  note: 'lapses' | 'begins' | 'due' | 'since';
};
export type Row = {
  id: string;
  to: string;
  icon: IconName;
  title: string;
  order: Order | null;
  facts: string[];
  clock: Clock;
};
type Adjustment = ItemOf<'getAdjustments'>;
type Order = ItemOf<'getOrders'>;
type Visit = ItemOf<'getVisits'>;
type Objection = ItemOf<'getObjections'>;
type Item = Adjustment | Order | Visit | Objection;
type By = Order['issuedBy'];
type NameOf = (merchant: string | null) => string | undefined;

const shown = 5;
/** The order in which the server takes the clock of each. */
const oldestFirst: Record<string, string> = {
  '/adjustments': 'draftedAt',
  '/orders': 'openedAt',
  '/visits': 'receivedAt',
  '/objections': 'due',
};
const by = ({ kind, name }: By): string => (kind === 'user' ? name : terms.value.role[kind]);
const number = (id: string): string => id.slice(0, 8);

export function useRows(decision: () => Decision) {
  const path = computed(() => {
    const { rows } = decision();
    const [list = ''] = rows.split('?');
    return `${rows}${rows.includes('?') ? '&' : '?'}sort=${oldestFirst[list]}&limit=${shown}`;
  });
  const answer = useAnswer<{ items: Item[] }>(path, {}, { everySeconds: 60 });
  const items = computed(() => answer.data.value?.items ?? []);
  const shop = useMerchantsById(() => items.value.flatMap(({ merchant }) => merchant ?? []));
  const nameOf: NameOf = (merchant) => (merchant === null ? undefined : shop(merchant)?.name);
  const rows = computed(() => items.value.map((item) => rowOf(item, decision().kind, nameOf)));
  return { answer, rows };
}

function rowOf(item: Item, kind: Decision['kind'], nameOf: NameOf): Row {
  if ('dryRun' in item) return adjustmentRow(item, nameOf);
  if ('decision' in item) return objectionRow(item, nameOf);
  return 'itemText' in item ? orderRow(item, nameOf) : visitRow(item, kind, nameOf);
}

const kindIcons: Partial<Record<Adjustment['kind'], IconName>> = {
  emergency: 'pause-fill',
  import: 'tray-arrow-down-regular',
  undo: 'arrow-u-up-left-regular',
};

function adjustmentRow(item: Adjustment, nameOf: NameOf): Row {
  const { id, kind, ground, reason, draftedAt, submittedBy, draftedBy } = item;
  const pressing = clockOf(item, now.value) ?? { kind: 'waited', at: draftedAt };
  return {
    id,
    to: adjustmentPath(id),
    icon: kindIcons[kind] ?? (item.to === 'removed' ? 'x-square-regular' : 'swap-regular'),
    title: titleOf(item, nameOf(item.merchant)),
    order: null,
    facts: [terms.value.ground[ground], reason, by(submittedBy ?? draftedBy), number(id)],
    clock:
      pressing.kind === 'waited'
        ? { kind: 'waited', at: pressing.at, note: 'since' }
        : { kind: 'left', at: pressing.at, note: pressing.kind },
  };
}

function orderRow(item: Order, nameOf: NameOf): Row {
  const { id, merchant, itemText, issuedBy, state, overdueSince, openedAt, history } = item;
  const answered = history.findLast(({ act }) => act === 'submit')?.at ?? openedAt;
  return {
    id,
    to: orderPath(id),
    icon: item.level === 'red' ? 'warning-octagon-regular' : 'clock-countdown-regular',
    title: nameOf(merchant) ?? words.value.someShop,
    order: item,
    facts: [inLanguage(itemText), by(issuedBy), number(id)],
    clock:
      overdueSince !== null && state !== 'submitted'
        ? { kind: 'late', at: overdueSince, note: 'due' }
        : { kind: 'waited', at: answered, note: 'since' },
  };
}

function objectionRow(item: Objection, nameOf: NameOf): Row {
  const { id, merchant, decision, text, filedBy, due, overdue } = item;
  return {
    id,
    to: objectionPath(id),
    icon: 'gavel-regular',
    title: nameOf(merchant) ?? words.value.someShop,
    order: null,
    facts: [inLanguage(statusWord[decision.to]), text, by(filedBy), number(id)],
    clock: { kind: overdue ? 'late' : 'left', at: due, note: 'due' },
  };
}

function visitRow(item: Visit, kind: Decision['kind'], nameOf: NameOf): Row {
  const { id, merchant, kind: visitKind, flags, inspectors, receivedAt, photos } = item;
  const missing = photos.filter(({ present, lost }) => !present && lost === null).length;
  return {
    id,
    to: visitPath(id),
    icon: 'footprints-regular',
    title: nameOf(merchant) ?? words.value.noShop,
    order: null,
    facts: [
      terms.value.visitKind[visitKind],
      ...(kind === 'visits-without-photos' ? [words.value.missingPhotos(missing)] : []),
      ...flags.map((flag) => terms.value.flag[flag]),
      ...inspectors.map(by),
      number(id),
    ],
    clock: { kind: 'waited', at: receivedAt, note: 'since' },
  };
}
