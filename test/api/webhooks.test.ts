// Webhooks: the list first and then its changes, in order, signed, again until they are taken, and to nobody in our own network.
import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { AuditRecordModel } from '../../models/audit-record.ts';
import type { Merchant } from '../../models/merchant.ts';
import { WebhookDeliveryModel, WebhookMemberModel, WebhookModel } from '../../models/webhook.ts';
import { environment, provideEnvironment } from '../../server/domain/environment.ts';
import { sequenceChanges } from '../../server/domain/feed-sequencer.ts';
import { projectVisits } from '../../server/domain/visit-projection.ts';
import { submitVisit } from '../../server/domain/visits.ts';
import { beginDeliveries, pauses, stopDeliveries, whenServed } from '../../server/domain/webhook-sending.ts';
import { networksOf } from '../../server/lib/outbound.ts';
import { isProblem } from '../support/app.ts';
import { holdAt, hours, minutes, passTime, releaseClock } from '../support/desk.ts';
import { type Body, type Delivery, Receiver, type Shown } from '../support/receiver.ts';
import { aVisit } from '../support/visits.ts';
import {
  adjust,
  aDesk,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  listedMerchants,
  type Person,
} from '../support/world.ts';

describe('webhooks', () => {
  let desk: Desk;
  let admin: Person;
  let merchants: Merchant[];
  let receiver: Receiver;
  const idOf = (index: number) => merchants[index]?._id ?? '';

  beforeEach(async () => {
    releaseClock();
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    admin = await aPerson('admin');
    merchants = await listedMerchants(desk, [{}, {}, { subdistrict: '230104005' }]);
    await sequenceChanges();
    receiver = await Receiver.open();
  });

  const closed = () => {
    provideEnvironment({ ...environment(), webhookNetworks: networksOf([]) });
  };
  const open = () => {
    provideEnvironment({ ...environment(), webhookNetworks: networksOf(['127.0.0.0/8']) });
  };
  before(open);
  after(closed);
  afterEach(async () => {
    await whenServed();
    await receiver.close();
    releaseClock();
  });

  const listed = { where: { status: 'listed', area: '230104001' } };
  async function aWebhook(selector: object = listed): Promise<Shown> {
    const body = { name: '市级平台（示例）', url: receiver.url, selector };
    return (await admin.api.post('/webhooks').send(body).expect(201)).body as Shown;
  }
  const shown = async ({ id }: Shown) => (await admin.api.get(`/webhooks/${id}`).expect(200)).body as Shown;
  const logOf = async ({ id }: Shown) =>
    ((await admin.api.get(`/webhooks/${id}/deliveries`).expect(200)).body as { items: Delivery[] }).items;
  const bodies = () => receiver.received.map(({ body }) => JSON.parse(body) as Body);
  const change = (webhook: Shown, changes: object) =>
    admin.api.patch(`/webhooks/${webhook.id}`).set('If-Match', `"${webhook.rev}"`).send(changes);

  async function serve(): Promise<void> {
    await sequenceChanges();
    await beginDeliveries();
    await whenServed();
  }

  it('tell the list that the selector finds, and then what changes and what leaves it', async () => {
    await aWebhook();
    await serve();
    expect(bodies().map(({ items }) => items.map(({ id }) => id))).to.deep.equal([[idOf(0), idOf(1)]]);
    await serve();
    expect(receiver.received).to.have.length(1);
    const inspector = await aPerson('inspector', { areas: ['230104001'] });
    await submitVisit(inspector.actor, aVisit(idOf(1)));
    await adjust(desk, idOf(0), 'suspended');
    await adjust(desk, idOf(2), 'suspended');
    await projectVisits();
    await serve();
    const told = bodies()
      .slice(1)
      .flatMap(({ items }) => items);
    expect(told.find(({ id }) => id === idOf(0))).to.deep.equal({ id: idOf(0), gone: true });
    expect(told.filter(({ id }) => id === idOf(2))).to.deep.equal([]);
    await adjust(desk, idOf(0), 'listed');
    await serve();
    expect(bodies().at(-1)?.items[0]).to.include({ id: idOf(0), status: 'listed' });
  });

  it('tell a long list in deliveries of a hundred, in order, each merchant once', async () => {
    await listedMerchants(
      desk,
      Array.from({ length: 230 }, () => ({})),
    );
    const webhook = await aWebhook();
    await serve();
    expect(bodies().map(({ items }) => items.length)).to.deep.equal([100, 100, 32]);
    expect(new Set(bodies().flatMap(({ items }) => items.map(({ id }) => id))).size).to.equal(232);
    expect((await logOf(webhook)).map(({ n, state }) => [n, state])).to.deep.equal([
      [3, 'delivered'],
      [2, 'delivered'],
      [1, 'delivered'],
    ]);
  });

  it('are signed over id, time and body, with a secret that is shown once and kept nowhere', async () => {
    const webhook = await aWebhook();
    await serve();
    const [received] = receiver.received;
    const head = (name: string) => String(received?.headers[name]);
    const signed = `${head('webhook-id')}.${head('webhook-timestamp')}.${received?.body}`;
    const by = (secret: string) =>
      `v1,${createHmac('sha256', Buffer.from(secret.slice(6), 'base64'))
        .update(signed)
        .digest('base64')}`;
    expect(webhook.secret).to.match(/^whsec_/);
    expect(head('webhook-signature')).to.equal(by(webhook.secret));
    expect(head('webhook-id')).to.equal((JSON.parse(received?.body ?? '') as Body).id);
    expect(await shown(webhook)).to.not.have.property('secret');
    const stored = JSON.stringify([
      await WebhookModel.find().lean(),
      await WebhookDeliveryModel.find().lean(),
      await AuditRecordModel.find().lean(),
    ]);
    expect(stored).to.not.include(webhook.secret.slice(6));
  });

  it('are signed with both secrets for a day after a new one was made', async () => {
    const webhook = await aWebhook();
    const { body } = await admin.api.post(`/webhooks/${webhook.id}/secret`).expect(200);
    expect((body as Shown).secret).to.not.equal(webhook.secret);
    const signatures = async () => {
      await admin.api.post(`/webhooks/${webhook.id}/ping`).expect(200);
      return String(receiver.received.at(-1)?.headers['webhook-signature']).split(' ');
    };
    expect(await signatures()).to.have.length(2);
    passTime(25 * hours);
    expect(await signatures()).to.have.length(1);
  });

  it('hold neither contact nor inspector', async () => {
    await aWebhook();
    const inspector = await aPerson('inspector', { areas: ['230104001'], name: '检查员某' });
    await submitVisit(inspector.actor, aVisit(idOf(0), { personMet: '李某某' }));
    await projectVisits();
    await serve();
    const all = receiver.received.map(({ body }) => body).join();
    expect(all).to.include('lastVisit');
    for (const secret of ['王小明', '10000001234', '检查员某', '李某某', desk.staff.user.name])
      expect(all).to.not.include(secret);
  });

  it('come again, later each time, the same id and bytes, and nothing overtakes them', async () => {
    const webhook = await aWebhook();
    receiver.say(500);
    await serve();
    await adjust(desk, idOf(0), 'suspended');
    await serve();
    expect(receiver.received).to.have.length(1);
    const stored = async () => {
      const found = await WebhookModel.findById(webhook.id).lean();
      return { failures: found?.failures, at: found?.nextAt.getTime() ?? 0 };
    };
    for (const [index, pause] of pauses.slice(0, 3).entries()) {
      const { at } = await stored();
      holdAt(new Date(at - 1));
      await serve();
      expect(receiver.received).to.have.length(index + 1);
      holdAt(new Date(at));
      await serve();
      expect(receiver.received).to.have.length(index + 2);
      expect((await stored()).at - at).to.equal(pauses[index + 1]);
      expect(pauses[index + 1]).to.be.greaterThan(pause);
    }
    expect(new Set(receiver.received.map(({ body }) => body)).size).to.equal(1);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).to.equal(1);
    expect((await stored()).failures).to.equal(4);
    receiver.say(200);
    holdAt(new Date((await stored()).at));
    await serve();
    expect(bodies().at(-1)?.items).to.deep.equal([{ id: idOf(0), gone: true }]);
    expect((await stored()).failures).to.equal(0);
  });

  it('are given up for more than a day, then paused and marked; resumed, they go on where they stopped', async () => {
    const webhook = await aWebhook();
    receiver.say(503);
    let waited = 0;
    for (const pause of [0, ...pauses]) {
      passTime(pause);
      waited += pause;
      await serve();
    }
    expect(waited).to.be.greaterThan(24 * hours);
    const paused = await shown(webhook);
    expect(paused.paused?.because).to.equal('failing');
    expect(await AuditRecordModel.countDocuments({ action: 'webhook.paused' })).to.equal(1);
    passTime(48 * hours);
    await serve();
    expect(receiver.received).to.have.length(pauses.length + 1);
    receiver.say(200);
    await change(paused, { paused: false }).expect(200);
    await serve();
    expect(bodies().at(-1)?.items).to.have.length(2);
    expect((await shown(webhook)).paused).to.equal(null);
  });

  it('stop at once where the receiver says that it is gone', async () => {
    const webhook = await aWebhook();
    receiver.say(410);
    await serve();
    expect((await shown(webhook)).paused?.because).to.equal('gone');
  });

  it('are sent by one of several processes', async () => {
    await aWebhook();
    await Promise.all([beginDeliveries(), beginDeliveries(), beginDeliveries()]);
    await whenServed();
    expect(receiver.received).to.have.length(1);
  });

  it('are taken over from a process that was killed while it sent one', async () => {
    const webhook = await aWebhook();
    receiver.say(500);
    await serve();
    // As if it had been sent and nothing written: claimed, and nobody there.
    const nextAt = new Date(Date.now() + 30_000);
    await WebhookModel.updateOne({ _id: webhook.id }, { nextAt, failures: 0 });
    receiver.say(200);
    await serve();
    expect(receiver.received).to.have.length(1);
    passTime(minutes);
    await serve();
    expect(receiver.received).to.have.length(2);
    expect(receiver.received[0]?.body).to.equal(receiver.received[1]?.body);
  });

  it('that are being sent when the server stops are no failure, and are sent again', async () => {
    const webhook = await aWebhook();
    receiver.answer = () => undefined;
    await sequenceChanges();
    await beginDeliveries();
    for (let turn = 0; turn < 100 && receiver.received.length === 0; turn += 1)
      await new Promise((resolve) => setTimeout(resolve, 10));
    await stopDeliveries();
    expect((await shown(webhook)).failures).to.equal(0);
    receiver.say(200);
    passTime(minutes);
    await serve();
    expect(receiver.received).to.have.length(2);
  });

  it('tell the new selection, and take leave of what is in it no longer', async () => {
    const webhook = await aWebhook();
    await serve();
    await change(webhook, { selector: { where: { area: '230104005' } } }).expect(200);
    await serve();
    const items = bodies().at(-1)?.items ?? [];
    expect(items.filter(({ gone }) => gone).map(({ id }) => id)).to.have.members([idOf(0), idOf(1)]);
    expect(items.filter(({ gone }) => !gone).map(({ id }) => id)).to.deep.equal([idOf(2)]);
  });

  it('are tried by a ping, also while they are paused, and any delivery is sent again by hand', async () => {
    const webhook = await aWebhook();
    await change(webhook, { paused: true }).expect(200);
    await serve();
    const ping = (await admin.api.post(`/webhooks/${webhook.id}/ping`).expect(200)).body as Delivery;
    expect(ping).to.include({ kind: 'ping', state: 'delivered', items: 0 });
    expect(bodies().map(({ type }) => type)).to.deep.equal(['ping']);
    receiver.say(404);
    const path = `/webhooks/${webhook.id}/deliveries/${ping.id}/redeliver`;
    const again = (await admin.api.post(path).expect(200)).body as Delivery;
    expect(again.state).to.equal('delivered');
    expect(again.attempts.map(({ status }) => status)).to.deep.equal([204, 404]);
    expect(receiver.received[0]?.body).to.equal(receiver.received[1]?.body);
    await admin.api
      .post(`/webhooks/${webhook.id}/deliveries/${webhook.id}/redeliver`)
      .expect(isProblem(404, 'not-found'));
  });

  it('go on with the next one when the one that waits was taken by hand', async () => {
    const webhook = await aWebhook();
    receiver.say(500);
    await serve();
    await adjust(desk, idOf(0), 'suspended');
    receiver.say(200);
    const [waiting] = await logOf(webhook);
    await admin.api.post(`/webhooks/${webhook.id}/deliveries/${waiting?.id}/redeliver`).expect(200);
    passTime(minutes);
    await serve();
    expect(bodies().map(({ items }) => items.length)).to.deep.equal([2, 2, 1]);
  });

  it('keep the last hundred deliveries', async () => {
    const webhook = await aWebhook();
    const filler = Array.from({ length: 120 }, (_, n) => ({
      _id: `d${n}`,
      webhook: webhook.id,
      n: n + 1,
      kind: 'changes' as const,
      body: '{}',
      items: 1,
      state: 'delivered' as const,
      attempts: [],
      createdAt: new Date(),
      deliveredAt: new Date(),
    }));
    await WebhookDeliveryModel.insertMany(filler);
    await WebhookModel.updateOne({ _id: webhook.id }, { made: 120 });
    await serve();
    const log = await logOf(webhook);
    expect(log.map(({ n }) => n)).to.deep.equal(Array.from({ length: 100 }, (_, index) => 121 - index));
    expect(await WebhookDeliveryModel.countDocuments({ webhook: webhook.id })).to.equal(100);
  });

  it('are removed with all that is known of them', async () => {
    const webhook = await aWebhook();
    await serve();
    await admin.api.delete(`/webhooks/${webhook.id}`).expect(204);
    for (const model of [WebhookModel, WebhookDeliveryModel, WebhookMemberModel])
      expect(await model.collection.countDocuments()).to.equal(0);
    await admin.api.get(`/webhooks/${webhook.id}`).expect(isProblem(404, 'not-found'));
    const trail = await AuditRecordModel.find({ record: webhook.id }).sort({ at: 1 }).lean();
    expect(trail.map(({ action }) => action)).to.deep.equal(['webhook.added', 'webhook.removed']);
  });

  it('show their address to an admin alone: it may hold a secret', async () => {
    const webhook = await aWebhook();
    expect(webhook.url).to.equal(receiver.url);
    const { body } = await desk.staff.api.get('/webhooks').expect(200);
    const [seen] = (body as { items: Shown[] }).items;
    expect(seen).to.deep.include({ url: null, host: new URL(receiver.url).host, can: { change: false } });
    const trail = JSON.stringify(await AuditRecordModel.find({ record: webhook.id }).lean());
    expect(trail).to.not.include('/hook');
  });

  it('are refused to addresses of our own network, and never sent there whatever was written before', async () => {
    const webhook = await aWebhook();
    closed();
    const urls = [
      'https://127.0.0.1/',
      'https://[::1]/',
      'https://10.1.2.3/',
      'http://example.cn/',
      'x',
      'https://a:b@c.cn/',
    ];
    for (const url of urls)
      await admin.api
        .post('/webhooks')
        .send({ name: 'x', url: url.padEnd(8, '/'), selector: listed })
        .expect(isProblem(400, 'invalid-request'));
    await change(webhook, { url: 'https://169.254.169.254/' }).expect(isProblem(400, 'invalid-request'));
    await serve();
    expect(receiver.received).to.deep.equal([]);
    const [delivery] = await logOf(webhook);
    expect(delivery?.attempts.map(({ error }) => error)).to.deep.equal(['address']);
    open();
  });

  it('are changed from the version that was seen, and are fifty at most', async () => {
    const webhook = await aWebhook();
    await admin.api
      .patch(`/webhooks/${webhook.id}`)
      .send({ name: 'x' })
      .expect(isProblem(428, 'precondition-required'));
    await change(webhook, { name: '改名' }).expect(200);
    await change(webhook, { name: '再改' }).expect(isProblem(412, 'stale-version'));
    for (let turn = 0; turn < 49; turn += 1) await aWebhook();
    await admin.api
      .post('/webhooks')
      .send({ name: 'x', url: receiver.url, selector: listed })
      .expect(isProblem(409, 'too-many-webhooks'));
  });
});
