// The orders that a visit's faults become: fixed on the spot and closed at once, or timed and open until verified.
import { v5 as uuidv5 } from 'uuid';
import type { Order, OrderEvent } from '../../models/order.ts';
import type { VisitBody, VisitPhoto } from '../../models/visit.ts';
import type { By, PhotoSlot, ScopeKeys } from '../../models/words.ts';
import { runningClock, stopped } from './order-clockwork.ts';
import { orderEvent } from './order-events.ts';
import { settingsOf } from './settings.ts';
import type { Fault } from './visit-judgement.ts';

type Context = { keys: ScopeKeys; photos: VisitPhoto[]; issuer: By; receivedAt: Date; section: string };

/** An order's id follows from its visit and item, so that no retry can double it. */
export function orderIdOf(visit: string, item: string, section = 'main'): string {
  return uuidv5(`${section}/${item}`, visit);
}

export function ordersOf(
  body: VisitBody,
  faults: Fault[],
  { keys, photos, issuer, receivedAt, section }: Context,
): Order[] {
  const slots = (hashes: string[] | undefined): PhotoSlot[] =>
    (hashes ?? []).map((sha256) => {
      const photo = photos.find((one) => one.sha256 === sha256);
      return { sha256, present: photo?.present ?? false, lost: (photo?.lost ?? null) !== null };
    });
  const event = (act: OrderEvent['act'], note: string | null, hashes: string[] | undefined): OrderEvent =>
    orderEvent(act, issuer, receivedAt, { note, photos: slots(hashes) });
  const limits = settingsOf(keys.areas);
  return faults.map(({ item, answer, fix }) => {
    const onSite = fix === 'on-site';
    const opened = event('open', answer.note ?? null, answer.photos);
    const clockwork = onSite ? stopped : runningClock(item.severity, receivedAt, { limits });
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
      nextAt: clockwork.yellowAt,
      returns: 0,
      submittedAt: null,
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
