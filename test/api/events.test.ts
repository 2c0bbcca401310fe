// Events over an open answer: within the scope, without any data, and over when the login or the scope is.
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { Merchant } from '../../models/merchant.ts';
import { SessionModel } from '../../models/session.ts';
import { UserModel } from '../../models/user.ts';
import { sequenceChanges } from '../../server/domain/feed-sequencer.ts';
import { endStreams, listenToFeed, tellListeners } from '../../server/domain/feed-streams.ts';
import { withinASecond } from '../support/accounts.ts';
import { isProblem, origin } from '../support/app.ts';
import { passTime, releaseClock, seconds } from '../support/desk.ts';
import type { Changes } from '../support/feed.ts';
import { Listener } from '../support/listener.ts';
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

describe('events', () => {
  let desk: Desk;
  let inspector: Person;
  let merchants: Merchant[];
  const listening: Listener[] = [];
  const idOf = (index: number) => merchants[index]?._id ?? '';

  beforeEach(async () => {
    releaseClock();
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
    merchants = await listedMerchants(desk, [{}, {}, { subdistrict: '230104005' }]);
    await sequenceChanges();
  });

  afterEach(async () => {
    for (const listener of listening.splice(0)) listener.leave();
    endStreams();
    await sleep(20);
    releaseClock();
  });

  async function listen({ token }: Person, since?: string): Promise<Listener> {
    const listener = await Listener.open(token, since);
    listening.push(listener);
    if (listener.status === 200) await until(() => listener.named('ready').length === 1);
    return listener;
  }

  async function until(holds: () => boolean): Promise<void> {
    for (let turn = 0; turn < 200 && !holds(); turn += 1) await sleep(10);
    expect(holds()).to.equal(true);
  }

  /** A second later: nobody is told more often. */
  async function round(): Promise<void> {
    passTime(2 * seconds);
    await tellListeners();
  }

  async function suspended(index: number): Promise<void> {
    await adjust(desk, idOf(index), 'suspended');
    await sequenceChanges();
    await round();
  }

  it('say that something changed, and the feed since the one before says what', async () => {
    const listener = await listen(inspector);
    expect(listener.headers.get('content-type')).to.include('text/event-stream');
    expect(listener.headers.get('content-encoding')).to.equal(null);
    const [ready] = listener.named('ready');
    await suspended(0);
    await until(() => listener.named('merchants').length === 1);
    expect(listener.named('merchants')[0]?.data).to.deep.equal({});
    const { body } = await inspector.api.get(`/merchants/changes?since=${ready?.id}`).expect(200);
    expect((body as Changes).items.map(({ id }) => id)).to.deep.equal([idOf(0)]);
    const later = await inspector.api
      .get(`/merchants/changes?since=${listener.named('merchants')[0]?.id}`)
      .expect(200);
    expect((later.body as Changes).items).to.deep.equal([]);
  });

  it('are silent about what lies beyond the scope', async () => {
    const [listener, wide] = [await listen(inspector), await listen(desk.staff)];
    await suspended(2);
    await until(() => wide.named('merchants').length === 1);
    expect(listener.named('merchants')).to.deep.equal([]);
  });

  it('come once however much has changed, and not twice a second', async () => {
    const listener = await listen(desk.staff);
    for (const index of [0, 1, 2]) await adjust(desk, idOf(index), 'suspended');
    await sequenceChanges();
    await round();
    await adjust(desk, idOf(0), 'listed');
    await sequenceChanges();
    await tellListeners();
    await sleep(50);
    expect(listener.named('merchants')).to.have.length(1);
    await round();
    await until(() => listener.named('merchants').length === 2);
  });

  it('go on from the last one that was heard', async () => {
    const listener = await listen(inspector);
    listener.leave();
    await listener.ended;
    await suspended(0);
    const again = await listen(inspector, listener.named('ready')[0]?.id);
    await round();
    await until(() => again.named('merchants').length === 1);
    const refused = await listen(inspector, 'unknown');
    expect(refused.status).to.equal(410);
    await desk.staff.api
      .get('/events')
      .set('Last-Event-ID', listener.named('ready')[0]?.id ?? '')
      .expect(isProblem(410, 'resync'));
  });

  const ends: [string, string, () => Promise<unknown>][] = [
    ['the session is ended', 'session-ended', () => SessionModel.deleteMany({ user: inspector.user._id })],
    [
      'the user is disabled',
      'session-ended',
      () => UserModel.updateOne({ _id: inspector.user._id }, { disabled: true }),
    ],
    [
      'the scope is another one',
      'resync',
      () => UserModel.updateOne({ _id: inspector.user._id }, { 'scopes.0.areas': ['230104005'] }),
    ],
  ];
  for (const [what, reason, deed] of ends)
    it(`end within a second when ${what}, and say so`, async () => {
      const [listener, other] = [await listen(inspector), await listen(desk.staff)];
      await deed();
      await withinASecond();
      await tellListeners();
      await listener.ended;
      expect(listener.events.at(-1)).to.deep.equal({ event: 'end', data: { reason } });
      expect(other.named('end')).to.deep.equal([]);
    });

  it('end when the server does', async () => {
    const listener = await listen(inspector);
    endStreams();
    await listener.ended;
    expect(listener.events.at(-1)?.data).to.deep.equal({ reason: 'shutdown' });
  });

  it('keep a quiet stream alive', async () => {
    const socket = connect(Number(new URL(origin()).port), '127.0.0.1');
    let text = '';
    socket.on('data', (part) => (text += part.toString()));
    socket.write(
      `GET /api/v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${inspector.token}\r\nAccept-Encoding: gzip\r\n\r\n`,
    );
    await until(() => text.includes('event: ready'));
    passTime(20 * seconds);
    await tellListeners();
    await until(() => text.includes('\n:\n\n'));
    socket.destroy();
  });

  it('are given eight times at once to one person, and again once he has left', async () => {
    for (let turn = 0; turn < 8; turn += 1) await listen(inspector);
    await inspector.api.get('/events').expect(isProblem(429, 'too-many-requests'));
    await listen(desk.staff);
    listening[0]?.leave();
    await sleep(50);
    expect((await listen(inspector)).status).to.equal(200);
  });

  it('are answered without a body to who asks for none', async () => {
    for (let turn = 0; turn < 10; turn += 1) await inspector.api.head('/events').expect(200);
  });

  it('do not pile up for who reads none of them: he is cut off', async () => {
    const renew = () => Promise.resolve(inspector.actor);
    const out = await listenToFeed(inspector.actor, { since: null, renew });
    let most = 0;
    for (let turn = 0; turn < 500 && !out.destroyed; turn += 1) {
      passTime(20 * seconds);
      await tellListeners();
      most = Math.max(most, out.readableLength);
    }
    expect(out.destroyed).to.equal(true);
    expect(most).to.be.within(1, 1_100);
  });
});
