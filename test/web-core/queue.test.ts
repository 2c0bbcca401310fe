// The phone's queue, step by step: what is sent, what is kept, and what each answer makes of a visit.
import { expect } from 'chai';
import { drain, type Transport } from '../../web/src/inspect/core/outbox/queue.ts';
import type { OutboxRecord } from '../../web/src/inspect/core/outbox/record.ts';
import { aRecord, aStore } from './phone-model.ts';
import { aServer } from './server-model.ts';

const now = () => new Date('2022-11-29T03:00:00Z');

describe('the queue', () => {
  it('sends only photos 3 and 4 after a cut behind photo 2 of 4, and asks for the receipt once more', async () => {
    const phone = aStore([aRecord('visit', ['1', '2', '3', '4'])]);
    const server = aServer({ weather: ['ok', 'ok', 'ok', 'unsent'] });
    expect(await drain(phone.store, server.transport, now)).to.deep.equal({
      activity: 'waiting',
      retryAfter: 7,
    });
    expect(phone.stored('visit')).to.include({ state: 'received' });
    expect(phone.stored('visit').sent).to.deep.equal(['1', '2']);

    const restarted = aStore(phone.all());
    expect(await drain(restarted.store, server.transport, now)).to.deep.equal({
      activity: 'idle',
      retryAfter: null,
    });
    expect(server.arrived).to.deep.equal([
      'visit visit',
      'photo 1',
      'photo 2',
      'photo 3',
      'photo 4',
      'visit visit',
    ]);
    expect(restarted.stored('visit')).to.include({ state: 'complete', completedAt: now().toISOString() });
  });

  it('hands a visit without photos in with one request', async () => {
    const phone = aStore([aRecord('visit')]);
    const server = aServer();
    await drain(phone.store, server.transport, now);
    expect(server.arrived).to.deep.equal(['visit visit']);
    expect(phone.stored('visit')).to.include({ state: 'complete', attempts: 0 });
  });

  it('goes on with the others when one visit breaks the server, and counts its attempts', async () => {
    const phone = aStore([aRecord('bad', ['a']), aRecord('good', ['b'])]);
    const server = aServer({ poison: new Map([['bad', 'broken']]) });
    for (const attempts of [1, 2]) {
      expect((await drain(phone.store, server.transport, now)).activity).to.equal('waiting');
      expect(phone.stored('bad')).to.include({ state: 'sealed', attempts });
    }
    expect(phone.stored('good').state).to.equal('complete');
  });

  it('goes on with the next when something on the way breaks one off again and again, and stops at the second', async () => {
    const phone = aStore([aRecord('bad'), aRecord('good'), aRecord('late')]);
    const server = aServer({});
    const away = { kind: 'away', retryAfter: null, isThrottled: false } as const;
    const broken = new Set(['bad']);
    const transport: Transport = {
      ...server.transport,
      submit: (record) => (broken.has(record.id) ? Promise.resolve(away) : server.transport.submit(record)),
    };
    expect((await drain(phone.store, transport, now)).activity).to.equal('waiting');
    expect(['bad', 'good', 'late'].map((id) => phone.stored(id).state)).to.deep.equal([
      'sealed',
      'complete',
      'complete',
    ]);

    const offline = aStore([aRecord('1'), aRecord('2'), aRecord('3')]);
    const asked: string[] = [];
    const none: Transport = {
      ...server.transport,
      submit: (record) => {
        asked.push(record.id);
        return Promise.resolve(away);
      },
    };
    expect(await drain(offline.store, none, now)).to.deep.equal({ activity: 'waiting', retryAfter: null });
    expect(asked).to.deep.equal(['1', '2']);
  });

  it('stops when somebody has to log in, and leaves all as it was', async () => {
    const phone = aStore([aRecord('one'), aRecord('two')]);
    const server = aServer({ weather: [401] });
    expect((await drain(phone.store, server.transport, now)).activity).to.equal('login');
    expect(phone.all().map(({ state }) => state)).to.deep.equal(['sealed', 'sealed']);
    expect(server.arrived).to.deep.equal([]);
  });

  it('sends a photo again only where the server itself says that it has it no more', async () => {
    const phone = aStore([aRecord('visit', ['a', 'b'])]);
    const server = aServer({ weather: ['ok', 'ok', 'ok', 'unsent'] });
    await drain(phone.store, server.transport, now);
    server.held.delete('a');
    server.visits.clear();
    expect((await drain(phone.store, server.transport, now)).activity).to.equal('waiting');
    await drain(phone.store, server.transport, now);
    expect(phone.stored('visit').state).to.equal('complete');
    expect(server.acknowledged).to.deep.equal(['a', 'b', 'a']);
  });

  it('sends what it still has of a visit whose photos were given up meanwhile', async () => {
    const phone = aStore([aRecord('visit', ['a', 'b'])]);
    const server = aServer({ weather: ['lost'], poisonedPhotos: new Set(['b']) });
    await drain(phone.store, server.transport, now);
    for (const sha256 of ['a', 'b']) server.lostByStaff.add(sha256);
    await drain(phone.store, server.transport, now);
    expect(phone.stored('visit').state).to.equal('complete');
    expect(phone.stored('visit').receipt?.state).to.equal('complete-without');
    expect([...server.held]).to.deep.equal(['a']);
  });

  it('does not wait for photos that this phone never had', async () => {
    const phone = aStore([aRecord('visit', ['a'])]);
    const server = aServer();
    await drain(phone.store, server.transport, now);
    server.visits.get('visit')?.photos.push('from-another-phone');
    const again: OutboxRecord = { ...phone.stored('visit'), state: 'received' };
    const restarted = aStore([again]);
    expect(await drain(restarted.store, server.transport, now)).to.deep.equal({
      activity: 'idle',
      retryAfter: null,
    });
  });

  it('sends an amendment in place of a visit in conflict, and a refused one leaves the conflict', async () => {
    const amendment = { id: 'amendment', version: 1, reason: '更正', sealedAt: 'then', visit: {} };
    const phone = aStore([aRecord('visit', ['a'], { amendment })]);
    const server = aServer({ poison: new Map([['visit', 'differs']]) });
    await drain(phone.store, server.transport, now);
    expect(server.arrived).to.deep.equal(['amendment visit', 'photo a', 'amendment visit']);
    expect(phone.stored('visit').state).to.equal('complete');

    const stale = aStore([aRecord('visit', [], { amendment })]);
    const strict = aServer({ poison: new Map([['visit', 'malformed']]) });
    await drain(stale.store, strict.transport, now);
    expect(stale.stored('visit')).to.include({ state: 'conflict', amendment: null });
  });
});
