// How fix orders are shown: with their history, and what the caller may do.
import { orderActs, orderLevels, orderStates, type Order, severities } from '../models/order.ts';
import type { Actor } from '../server/domain/actor.ts';
import { holderOf } from '../server/domain/order-states.ts';
import { isEvidencePending, overdueSince } from '../server/domain/order-facts.ts';
import { orderAbilities } from '../server/domain/orders.ts';
import { ByShape, Can, closed, Instant, nullable, oneOf, Type, WordsShape } from '../server/http/schema.ts';
import { presentBy } from './by.present.ts';

const photoShape = closed({ sha256: Type.String(), present: Type.Boolean(), lost: Type.Boolean() });
const eventShape = closed({
  act: oneOf(orderActs),
  by: ByShape,
  at: Instant,
  note: nullable(Type.String()),
  photos: Type.Array(photoShape),
  nominalAt: nullable(Instant),
  level: nullable(oneOf(orderLevels)),
  due: nullable(Instant),
  adjustment: nullable(Type.String()),
});

export const orderShape = closed({
  id: Type.String(),
  visit: Type.String(),
  merchant: Type.String(),
  item: Type.String(),
  itemText: WordsShape,
  severity: oneOf(severities),
  kind: oneOf(['on-site', 'timed'] as const),
  state: oneOf(orderStates),
  level: oneOf(orderLevels),
  overdue: Type.Boolean(),
  holder: nullable(oneOf(['merchant', 'bureau'] as const)),
  openedAt: Instant,
  due: nullable(Instant),
  provisional: Type.Boolean(),
  evidencePending: Type.Boolean(),
  overdueSince: nullable(Instant),
  returns: Type.Integer(),
  submittedAt: nullable(Instant),
  issuedBy: ByShape,
  note: nullable(Type.String()),
  closedAt: nullable(Instant),
  history: Type.Array(eventShape),
  rev: Type.Integer(),
  can: Can,
});

export function presentOrder(actor: Actor, order: Order) {
  const {
    _id,
    visit,
    merchant,
    item,
    itemText,
    severity,
    kind,
    state,
    level,
    openedAt,
    due,
    unpublishedYear,
    returns,
    submittedAt,
    issuedBy,
    note,
    closedAt,
    rev,
  } = order;
  return {
    id: _id,
    visit,
    merchant,
    item,
    itemText: { zh: itemText.zh, en: itemText.en },
    severity,
    kind,
    state,
    level,
    overdue: level !== 'none',
    holder: holderOf(state),
    openedAt,
    due,
    provisional: unpublishedYear !== null,
    evidencePending: isEvidencePending(order),
    overdueSince: overdueSince(order),
    returns,
    submittedAt,
    issuedBy: presentBy(issuedBy),
    note,
    closedAt,
    history: order.history.map((event) => ({
      act: event.act,
      by: presentBy(event.by),
      at: event.at,
      note: event.note,
      photos: event.photos.map(({ sha256, present, lost }) => ({ sha256, present, lost })),
      nominalAt: event.nominalAt,
      level: event.level,
      due: event.due,
      adjustment: event.adjustment,
    })),
    rev,
    can: orderAbilities(actor, order),
  };
}
