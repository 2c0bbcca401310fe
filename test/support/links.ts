// A signed link to an open order, as a merchant gets it.
import type { Merchant } from '../../models/merchant.ts';
import { aFaultyVisit, aPhoto } from './visits.ts';
import type { Person } from './world.ts';

type Receipt = { orders: { id: string; state: string }[] };

/** A visit with a fault that takes time, whole with its photos, and the link to its order. */
export async function anOpenLink(
  inspector: Person,
  merchant: Merchant,
): Promise<{ path: string; order: string }> {
  const [before, after] = [await aPhoto(), await aPhoto()];
  const visit = aFaultyVisit(merchant._id, {
    before: before.sha256,
    after: after.sha256,
    scan: before.sha256,
  });
  await inspector.api
    .post('/photos')
    .attach('photo', before.bytes, 'a.jpg')
    .attach('photo', after.bytes, 'b.jpg')
    .expect(201);
  const received = await inspector.api.post('/visits').send(visit).expect(201);
  const open = (received.body as Receipt).orders.find(({ state }) => state === 'open');
  if (!open) throw new Error('the visit opened no order');
  const link = await inspector.api.post(`/orders/${open.id}/link`).expect(201);
  return { path: `/f/${(link.body as { token: string }).token}`, order: open.id };
}
