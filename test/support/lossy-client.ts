// A client as the street makes it: it loses a fifth of the answers, repeats a third of what it sent, and sends in any order.
import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { OrderModel } from '../../models/order.ts';
import { type VisitBody, VisitModel } from '../../models/visit.ts';
import { makeRandom } from '../../server/seeds/random.ts';
import { origin } from './app.ts';
import { aFaultyVisit, aPhoto, aVisit } from './visits.ts';
import { aDesk, aPerson, emptyWorld, layGround, listedMerchants } from './world.ts';

const atOnce = 32;
const lost = 0.2;
const repeated = 1 / 3;

type Answer = { status: number; receipt: Receipt } | null;
type Receipt = { id: string; receivedAt: string; result: string; orders: { id: string; due?: string }[] };

/** Sends `count` visits until each was acknowledged, and holds what is stored against every receipt that was heard. */
export async function sendThroughLosses(count: number, seed: string): Promise<void> {
  const random = makeRandom(seed);
  await emptyWorld();
  await layGround();
  const merchants = await listedMerchants(
    await aDesk(),
    Array.from({ length: 23 }, () => ({})),
  );
  const inspector = await aPerson('inspector', { areas: ['230104'], taskForce: 'market' });
  const photos = await Promise.all(Array.from({ length: 9 }, () => aPhoto({ width: 64, height: 48 })));
  const visits = Array.from({ length: count }, (_, i): VisitBody => {
    const merchant = merchants[i % merchants.length]?._id ?? '';
    const [before, after, scan] = [0, 1, 2].map((k) => photos[(3 * i + k) % 9]?.sha256 ?? '');
    return i % 4 === 0
      ? aFaultyVisit(merchant, { before: before ?? '', after: after ?? '', scan: scan ?? '' })
      : aVisit(merchant);
  });

  const heard = new Map<string, Receipt[]>();
  const parcels = random.shuffle([...visits, ...visits.filter(() => random.chance(repeated))]);
  // Photos come in among the visits, some twice: neither order may matter.
  const uploads = random.shuffle([...photos, ...photos.slice(0, 3)]);
  await Promise.all([
    ...Array.from({ length: atOnce }, async () => {
      for (let visit = parcels.pop(); visit; visit = parcels.pop())
        for (;;) {
          const answer = await send(inspector.token, visit, random.chance(lost));
          if (answer === null) continue;
          expect(answer.status).to.be.oneOf([200, 201]);
          heard.set(visit.id, [...(heard.get(visit.id) ?? []), answer.receipt]);
          break;
        }
    }),
    (async () => {
      for (const { bytes } of uploads) {
        await inspector.api.post('/photos').attach('photo', bytes, 'a.jpg').expect(201);
        await pause(5);
      }
    })(),
  ]);

  expect(await VisitModel.countDocuments()).to.equal(count);
  expect(await VisitModel.countDocuments({ state: 'complete' })).to.equal(count);
  const faulty = visits.filter(({ answers }) => answers.some(({ outcome }) => outcome === 'fail'));
  expect(await OrderModel.countDocuments()).to.equal(2 * faulty.length);
  for (const { id } of visits) {
    const sure = new Set(
      heard.get(id)?.map(({ receivedAt, result, orders }) => JSON.stringify({ receivedAt, result, orders })),
    );
    expect(sure.size, `receipts of ${id}`).to.equal(1);
  }
}

/** Null where the answer was lost: the connection is cut once the request is out. */
function send(token: string, visit: VisitBody, isLost: boolean): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const body = JSON.stringify(visit);
    const sending = request(`${origin()}/api/v1/visits`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(body),
      },
    });
    sending.on('error', (error) => {
      if (isLost) resolve(null);
      else reject(error);
    });
    sending.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, receipt: JSON.parse(text) as Receipt });
      });
      response.on('error', () => {
        resolve(null);
      });
    });
    sending.end(body, () => {
      // Some are cut before the server has read them, some while it writes, some with the answer on its way.
      if (isLost) setTimeout(() => sending.destroy(), Math.floor(Math.random() * 12));
    });
    sending.on('close', () => {
      resolve(null);
    });
  });
}
