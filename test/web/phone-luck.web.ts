// End to end: visits from a real browser through a network that drops, repeats and delays at random. `VISITS=1000` sends as many.
import { expect } from 'chai';
import { setTimeout as pause } from 'node:timers/promises';
import type { Route } from 'playwright-core';
import { VisitModel } from '../../models/visit.ts';
import { ids } from '../../server/lib/ids.ts';
import { chance } from '../support/random.ts';
import { sealedRecord } from '../../web/src/inspect/core/sealed-record.ts';
import { origin } from '../support/app.ts';
import { inTheStreet } from '../support/street.ts';

const many = Number(process.env.VISITS ?? 150);

inTheStreet(
  'many visits in bad weather',
  (street) => {
    it('arrive each exactly once', async () => {
      const { phone, inspector, others } = street;
      const { page, context } = phone;
      phone.expects(/net::ERR_FAILED|status of 503/);
      await context.setOffline(true);
      const records = Array.from({ length: many }, (_, index) => aSealedVisit(index));
      await page.evaluate(`new Promise((resolve, reject) => {
      const opening = indexedDB.open('mingdan-inspect');
      opening.onsuccess = () => {
        const change = opening.result.transaction('outbox', 'readwrite');
        for (const record of ${JSON.stringify(records)}) change.objectStore('outbox').put(record);
        change.oncomplete = () => { opening.result.close(); resolve(); };
        change.onerror = reject;
      };
    })`);
      const unfinished = () =>
        page.evaluate<number>(`new Promise((resolve) => {
        const opening = indexedDB.open('mingdan-inspect');
        opening.onsuccess = () => {
          const states = opening.result.transaction('outbox').objectStore('outbox').getAll();
          states.onsuccess = () => {
            opening.result.close();
            resolve(states.result.filter(({ state }) => state !== 'complete').length);
          };
        };
      })`);
      let requests = 0;
      await context.route('**/api/v1/visits', async (route) => {
        requests += 1;
        await throughTheWeather(route, luck.next());
      });
      await page.goto(`${origin()}/inspect/outbox`);
      await context.setOffline(false);
      const deadline = Date.now() + 270_000;
      while ((await VisitModel.countDocuments()) < many || (await unfinished()) > 0) {
        if (Date.now() > deadline) throw new Error(`${await unfinished()} visits are left`);
        await pause(500);
        await page.evaluate(`dispatchEvent(new Event('online'))`);
      }
      const stored = await VisitModel.find({}, { _id: 1, version: 1, state: 1 }).lean();
      expect(stored.map(({ _id }) => _id).sort()).to.deep.equal(records.map(({ id }) => id).sort());
      expect(stored.every(({ version, state }) => version === 1 && state === 'complete')).to.equal(true);
      expect(requests).to.be.above(many);

      function aSealedVisit(index: number) {
        const shop = others[index % others.length];
        if (!shop) throw new Error('no shop');
        const sealedAt = new Date(Date.now() - (many - index) * 30_000).toISOString();
        const keys = ['mask', 'scan', 'temperature'];
        const draft = {
          id: ids.uuid(),
          shop: { id: shop._id, code: shop.doorCode, name: shop.name },
          kind: 'routine' as const,
          checklist: { key: 'essential', version: 1 },
          arrivedAt: sealedAt,
          place: null,
          noEntry: null,
          answers: Object.fromEntries(
            keys.map((key) => [key, { outcome: 'pass' as const, photos: [], fix: null }]),
          ),
          personMet: '',
          note: '',
          acknowledgement: null,
          photos: [],
          savedAt: sealedAt,
        };
        const items = keys.map((key) => ({ key, kind: 'outcome' as const, photo: 'on-failure' as const }));
        return sealedRecord(draft, { items } as never, inspector.user._id, sealedAt);
      }
    });
  },
  { minutes: 5 },
);

const luck = chance();

/** Of a hundred requests some never arrive, some lose their answer, some arrive twice, some late, some meet a server that is away. */
async function throughTheWeather(route: Route, drawn: number): Promise<void> {
  if (drawn < 0.05) return route.abort();
  if (drawn < 0.07) return route.fulfill({ status: 503, headers: { 'Retry-After': '1' } });
  if (drawn < 0.12) {
    await route.fetch();
    return route.abort();
  }
  if (drawn < 0.2) {
    // Twice at once, and the answer of the first.
    const [first] = await Promise.all([route.fetch(), route.fetch()]);
    return route.fulfill({ response: first });
  }
  if (drawn < 0.3) await pause(drawn * 300);
  return route.continue();
}
