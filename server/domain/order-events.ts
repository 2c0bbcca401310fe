// One step of an order's history.
import type { OrderEvent } from '../../models/order.ts';

type Told = Omit<OrderEvent, 'act' | 'by' | 'at'>;

/** What a step does not tell is null. */
export function orderEvent(
  act: OrderEvent['act'],
  by: OrderEvent['by'],
  at: Date,
  told: Partial<Told> = {},
): OrderEvent {
  const nothing: Told = { note: null, photos: [], nominalAt: null, level: null, due: null, adjustment: null };
  return { act, by, at, ...nothing, ...told };
}
