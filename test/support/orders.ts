// A visit that left one timed order open, as the tests of orders begin.
import { orderIdOf } from '../../server/domain/orders-of-visit.ts';
import { expect } from 'chai';
import { aFaultyVisit, aPhoto } from './visits.ts';
import type { Person } from './world.ts';

/** An order as the API shows it. */
export type ShownOrder = {
  id: string;
  state: string;
  level: string;
  overdue: boolean;
  overdueSince: string | null;
  due: string | null;
  returns: number;
  submittedAt: string | null;
  closedAt: string | null;
  history: {
    act: string;
    by: { kind: string; role: string; name: string };
    at: string;
    note: string | null;
    photos: { sha256: string; present: boolean }[];
    nominalAt: string | null;
    level: string | null;
  }[];
  can: Record<string, boolean>;
};

export const orderIn = (response: { body: unknown }) => response.body as ShownOrder;

/** The inspector finds two faults: masks are put on at once, the missing code is due within two hours. */
export async function anOpenOrder(inspector: Person, merchant: string): Promise<ShownOrder> {
  const [before, after, scan] = [await aPhoto(), await aPhoto(), await aPhoto()];
  const visit = aFaultyVisit(merchant, { before: before.sha256, after: after.sha256, scan: scan.sha256 });
  const { body } = await inspector.api
    .post('/visits')
    .field('visit', JSON.stringify(visit))
    .attach('photo', before.bytes, 'a.jpg')
    .attach('photo', after.bytes, 'b.jpg')
    .attach('photo', scan.bytes, 'c.jpg')
    .expect(201);
  expect(body).to.include({ state: 'complete', result: 'orders' });
  return shownOrder(inspector, orderIdOf(visit.id, 'scan'));
}

export async function shownOrder(person: Person, id: string): Promise<ShownOrder> {
  return orderIn(await person.api.get(`/orders/${id}`).expect(200));
}

export async function aLink(
  person: Person,
  { id }: ShownOrder,
): Promise<{ token: string; expiresAt: string }> {
  const { body } = await person.api.post(`/orders/${id}/link`).expect(201);
  return body as { token: string; expiresAt: string };
}
