// Signed links: 256 random bits that open one order and nothing else, for a merchant without an account.
import { type Order, type OrderLink, OrderLinkModel, OrderModel } from '../../models/order.ts';
import { sha256 } from '../lib/canonical.ts';
import { clock } from '../lib/clock.ts';
import { ids } from '../lib/ids.ts';
import { Problem } from '../lib/problem.ts';
import { inTransaction } from '../lib/transaction.ts';
import { requireAbility } from './abilities.ts';
import { type Actor, linkActor } from './actor.ts';
import { recordAudit } from './audit.ts';
import { findOrder } from './orders.ts';

/** A link ends seven days after the order's due. */
const graceMillis = 7 * 86_400_000;
/** Tells a link's token from an access token. */
export const linkTokenPrefix = 'fx_';

export const makeToken = (): string => `${linkTokenPrefix}${ids.secret(32)}`;

/** Makes a link. The token is answered once and kept nowhere. */
export function createOrderLink(
  actor: Actor,
  orderId: string,
  token = makeToken(),
): Promise<{ token: string; expiresAt: Date }> {
  return inTransaction(async () => {
    const order = await findOrder(actor, orderId);
    requireLinkable(actor, order);
    const now = clock.now();
    const expiresAt = endOfLink(order, now);
    await OrderLinkModel.create({
      _id: sha256(token),
      order: orderId,
      createdBy: actor.id,
      createdAt: now,
      expiresAt,
      revokedAt: null,
    });
    await recordAudit(actor, 'order.link-made', orderId, { of: order, after: { expiresAt } });
    return { token, expiresAt };
  });
}

/** Throws `forbidden`, or `order-state` for an order that is done with. */
export function requireLinkable(actor: Actor, order: Order): void {
  requireAbility(actor, 'order.link', order);
  if (order.state !== 'open' && order.state !== 'submitted')
    throw new Problem('order-state', { state: order.state });
}

/** When a link that is made now ends, as things stand. */
export function endOfLink(order: Order, now: Date): Date {
  return endOf(order, new Date(now.getTime() + graceMillis));
}

/** A link lives seven days beyond the due as it now stands; one that was made after the due, seven days. */
function endOf({ due }: Order, atLeast: Date): Date {
  const end = due ? new Date(due.getTime() + graceMillis) : atLeast;
  return end > atLeast ? end : atLeast;
}

/** Revokes every link of an order. */
export function revokeOrderLinks(actor: Actor, orderId: string): Promise<void> {
  return inTransaction(async () => {
    const order = await findOrder(actor, orderId);
    requireAbility(actor, 'order.link', order);
    await OrderLinkModel.updateMany(
      { order: orderId, revokedAt: null },
      { $set: { revokedAt: clock.now() } },
    );
    await recordAudit(actor, 'order.link-revoked', orderId, { of: order });
  });
}

/** Who a link's token stands for, and its order. Opening it changes nothing. Throws `not-found` or `link-ended`. */
export async function openOrderLink(token: string): Promise<{ actor: Actor; order: Order; expiresAt: Date }> {
  const link = await OrderLinkModel.findById(sha256(token)).lean<OrderLink>();
  const order = link && (await OrderModel.findById(link.order).lean<Order>());
  if (!link || !order) throw new Problem('not-found');
  const expiresAt = endOf(order, link.expiresAt);
  const ended =
    link.revokedAt !== null ||
    expiresAt <= clock.now() ||
    order.state === 'closed' ||
    order.state === 'cancelled';
  if (ended) throw new Problem('link-ended');
  return { actor: linkActor(order._id), order, expiresAt };
}
