// The orders that a visit's faults become: fixed on the spot and closed at once, or timed and open until verified.
import { v5 as uuidv5 } from 'uuid';
import type { Order, OrderEvent } from '../../models/order.ts';
import type { VisitBody } from '../../models/visit.ts';
import type { By, PhotoSlot, ScopeKeys } from '../../models/words.ts';
import { deadlinesOf, dueOf } from '../lib/deadlines.ts';
import { environment } from './environment.ts';
import type { Fault } from './visit-judgement.ts';

type Context = { keys: ScopeKeys; held: Set<string>; issuer: By; receivedAt: Date; section: string };

/** An order's id follows from its visit and item, so that no retry can double it. */
export function orderIdOf(visit: string, item: string, section = 'main'): string {
  return uuidv5(`${section}/${item}`, visit);
}

export function ordersOf(
  body: VisitBody,
  faults: Fault[],
  { keys, held, issuer, receivedAt, section }: Context,
): Order[] {
  const slots = (hashes: string[] | undefined): PhotoSlot[] =>
    (hashes ?? []).map((sha256) => ({ sha256, present: held.has(sha256) }));
  const event = (act: OrderEvent['act'], note: string | null, photos: string[] | undefined): OrderEvent => ({
    act,
    by: issuer,
    at: receivedAt,
    note,
    photos: slots(photos),
    nominalAt: null,
    level: null,
    due: null,
    adjustment: null,
  });
  return faults.map(({ item, answer, fix }) => {
    const onSite = fix === 'on-site';
    const opened = event('open', answer.note ?? null, answer.photos);
    const clockwork = onSite ? stopped : runningClock(item.severity, receivedAt);
    return {
      ...keys,
      _id: orderIdOf(body.id, item.key, section),
      visit: body.id,
      item: item.key,
      itemText: item.text,
      severity: item.severity,
      kind: fix,
      state: onSite ? 'closed' : 'open',
      level: 'none',
      openedAt: receivedAt,
      ...clockwork,
      returns: 0,
      issuedBy: issuer,
      note: answer.note ?? null,
      history: onSite
        ? [opened, event('verify', answer.fix?.note ?? null, answer.fix?.photos)]
        : [{ ...opened, due: clockwork.due }],
      closedAt: onSite ? receivedAt : null,
      rev: 1,
    };
  });
}

type Clockwork = Pick<Order, 'due' | 'yellowAt' | 'redAt' | 'proposalAt' | 'provisional' | 'nextAt'>;

/** The clock while an order is submitted, closed or cancelled: it stands. */
export const stopped: Clockwork = {
  due: null,
  yellowAt: null,
  redAt: null,
  proposalAt: null,
  provisional: false,
  nextAt: null,
};

/** The clock of an order from server receipt (or a return, or an extension) on. */
export function runningClock(severity: Order['severity'], from: Date, givenDue?: Date): Clockwork {
  const { calendar } = environment();
  const due = givenDue ? { at: givenDue, provisional: false } : dueOf(calendar, severity, from);
  const { yellowAt, redAt, proposalAt, provisional } = deadlinesOf(calendar, due.at);
  return {
    due: due.at,
    yellowAt,
    redAt,
    proposalAt,
    provisional: due.provisional || provisional,
    nextAt: yellowAt,
  };
}
