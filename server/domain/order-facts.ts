// What follows from an order's history. Pure.
import type { Order } from '../../models/order.ts';

/** Fixed on the spot, but not every photo that shows it has arrived yet; what staff gave up is no longer waited for. */
export function isEvidencePending({
  kind,
  state,
  history,
}: Pick<Order, 'kind' | 'state' | 'history'>): boolean {
  return (
    kind === 'on-site' &&
    state === 'closed' &&
    history.some(({ photos }) => photos.some(({ present, lost }) => !present && !lost))
  );
}

/** The due that passed first: from there an order is overdue, whatever time it was given later. */
export function overdueSince({ history }: Pick<Order, 'history'>): Date | null {
  return history.find(({ act }) => act === 'escalate')?.nominalAt ?? null;
}
