// The slip that is printed for a merchant without a telephone number on file: it carries a signed link of its own.
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { clock } from '../lib/clock.ts';
import { Problem } from '../lib/problem.ts';
import { orderSlip } from '../pages/order-slip.ts';
import type { Actor } from './actor.ts';
import { drawInLine } from './draw-in-line.ts';
import { createOrderLink, endOfLink, makeToken, requireLinkable } from './order-links.ts';
import { findOrder } from './orders.ts';

/** The slip as a PDF, by the rules of its link. `pageOf` says where a token opens. Earlier links and slips stay good. */
export async function printSlip(
  actor: Actor,
  id: string,
  pageOf: (token: string) => string,
): Promise<{ name: string; pdf: Buffer }> {
  const order = await findOrder(actor, id);
  const merchant = await MerchantModel.findById(order.merchant, {
    name: 1,
    address: 1,
    doorCode: 1,
  }).lean<Merchant>();
  if (!merchant) throw new Problem('merchant-not-found');
  requireLinkable(actor, order);
  const now = clock.now();
  const token = makeToken();
  const slip = orderSlip({
    order,
    merchant,
    link: pageOf(token),
    linkEnds: endOfLink(order, now),
    madeAt: now,
  });
  const pdf = await drawInLine(() => slip);
  // Only what is on paper opens anything.
  await createOrderLink(actor, id, token);
  return { name: `order-${id.slice(0, 8)}.pdf`, pdf };
}
