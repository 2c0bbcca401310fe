// What the holder of a signed link sees and does: one order, one answer, nothing else of the shop.
import { MerchantModel } from '../../models/merchant.ts';
import type { Order } from '../../models/order.ts';
import { logger } from '../lib/logger.ts';
import { Problem } from '../lib/problem.ts';
import type { StagedPhoto } from '../storage/photo-storage.ts';
import { holdPhotos, photoCopy } from './evidence.ts';
import { openOrderLink } from './order-links.ts';
import { submitOrder } from './orders.ts';

export type LinkedOrder = { order: Order; merchant: { name: string; address: string }; linkEndsAt: Date };

/** Throws `not-found` for an unknown token, `link-ended` for one that is over. */
export async function openLinkedOrder(token: string): Promise<LinkedOrder> {
  const { order, expiresAt } = await openOrderLink(token);
  return withMerchant(order, expiresAt);
}

/** The order behind a link that can be answered now: asked before any photo is taken in. Throws `order-state`, too. */
export async function openOrderToAnswer(token: string): ReturnType<typeof openOrderLink> {
  const opened = await openOrderLink(token);
  if (opened.order.state !== 'open') throw new Problem('order-state', { state: opened.order.state });
  return opened;
}

/** Hands in the merchant's answer. Looked at again before the photos are kept, so that a link that is over costs no space. */
export async function answerLinkedOrder(
  token: string,
  note: string | null,
  staged: StagedPhoto[],
): Promise<LinkedOrder> {
  const { actor, order, expiresAt } = await openOrderToAnswer(token);
  const held = await holdPhotos(actor, staged);
  const submitted = await submitOrder(actor, order._id, {
    note,
    photos: [...new Set(held.map(({ _id }) => _id))],
  });
  return withMerchant(submitted, expiresAt);
}

/** The picture of the fault, small and upright; null without one. A picture that cannot be read keeps nobody from answering. */
export async function photoOfFault({ _id, history }: Order): Promise<Buffer | null> {
  const shown = history[0]?.photos.find(({ present }) => present);
  if (!shown) return null;
  return photoCopy(shown.sha256, 320).catch((error: unknown) => {
    logger.warn({ err: error, order: _id }, 'the picture of a fault cannot be read');
    return null;
  });
}

async function withMerchant(order: Order, linkEndsAt: Date): Promise<LinkedOrder> {
  const merchant = await MerchantModel.findById(order.merchant, { name: 1, address: 1 }).lean();
  return { order, merchant: { name: merchant?.name ?? '', address: merchant?.address ?? '' }, linkEndsAt };
}
