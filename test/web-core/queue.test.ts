// The phone's queue: whatever the network, the server and the phone itself do, each visit arrives once with all its photos.
import { expect } from 'chai';
import fc from 'fast-check';
import type { OutboxState } from '../../web/src/inspect/core/contract.ts';
import { drain } from '../../web/src/inspect/core/outbox/queue.ts';
import type { OutboxRecord } from '../../web/src/inspect/core/outbox/record.ts';
import { aRecord, aStore, Crash, type Mishap } from './phone-model.ts';
import { aServer, type Poison, type Weather } from './server-model.ts';

const now = () => new Date('2022-11-29T03:00:00Z');
/** Rounds while there is bad luck left, then a few quiet ones; each after a restart if need be. */
async function untilQuiet(round: () => Promise<unknown>, badLuck: unknown[][]): Promise<void> {
  const once = () =>
    round().catch((error: unknown) => {
      if (!(error instanceof Crash)) throw error;
    });
  for (let rounds = 0; rounds < 100 && badLuck.some(({ length }) => length > 0); rounds++) await once();
  for (const list of badLuck) list.length = 0;
  for (let rounds = 0; rounds < 4; rounds++) await once();
}

describe('the queue', () => {
  const poisons = fc.constantFrom<Poison>('none', 'none', 'none', 'none', 'malformed', 'differs', 'broken');
  const aPlan = fc.record({
    visits: fc.array(
      fc.record({
        photos: fc.nat({ max: 4 }),
        sharesOne: fc.boolean(),
        poison: poisons,
        poisonedPhoto: fc.option(fc.nat({ max: 3 }), { freq: 4 }),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    weather: fc.array(fc.constantFrom<Weather>('ok', 'ok', 'ok', 'unsent', 'lost', 'twice', 500, 503, 401), {
      maxLength: 60,
    }),
    mishaps: fc.array(fc.constantFrom<Mishap>('ok', 'ok', 'ok', 'ok', 'crash-before', 'crash-after'), {
      maxLength: 80,
    }),
  });

  it('hands each visit in exactly once with all its photos, through everything', async () => {
    const counts = { visits: 0, photos: 0, rounds: 0, poisoned: 0 };
    await fc.assert(
      fc.asyncProperty(aPlan, async ({ visits, ...badLuck }) => {
        const [weather, mishaps] = [[...badLuck.weather], [...badLuck.mishaps]];
        const poison = new Map(visits.map((visit, index) => [`visit-${index}`, visit.poison]));
        const poisonedPhotos = new Set<string>();
        const records = visits.map(({ photos, sharesOne, poisonedPhoto }, index) => {
          const own = Array.from({ length: photos }, (_, place) => `photo-${index}-${place}`);
          const bad = poisonedPhoto === null ? undefined : own[poisonedPhoto];
          if (bad !== undefined) poisonedPhotos.add(bad);
          return aRecord(`visit-${index}`, sharesOne ? [...own, 'shared'] : own);
        });
        const phone = aStore(records, mishaps);
        const server = aServer({ weather, poison, poisonedPhotos, bytes: phone.bytes });
        const sentThough: string[] = [];
        const transport: typeof server.transport = {
          submit: server.transport.submit,
          sendPhoto(sha256) {
            const naming = phone.all().filter(({ photos }) => photos.includes(sha256));
            if (naming.every(({ sent }) => sent.includes(sha256))) sentThough.push(sha256);
            return server.transport.sendPhoto(sha256);
          },
        };

        await untilQuiet(
          () => ((counts.rounds += 1), drain(phone.store, transport, now)),
          [weather, mishaps],
        );

        expect(sentThough, 'photos sent again').to.deep.equal([]);
        for (const record of records) {
          const end = phone.stored(record.id);
          const wrong = poison.get(record.id) ?? 'none';
          expect(end.body, 'what was sealed').to.deep.equal(record.body);
          counts.visits += 1;
          if (wrong !== 'none') {
            counts.poisoned += 1;
            const states: Record<string, OutboxState> = {
              malformed: 'refused',
              differs: 'conflict',
              broken: 'sealed',
            };
            expect(end.state).to.equal(states[wrong]);
            expect(end.problem === null).to.equal(wrong === 'broken');
            for (const sha256 of record.photos)
              expect(phone.bytes.has(sha256), 'bytes of what is not handed in').to.equal(true);
            continue;
          }
          const bad = record.photos.filter((sha256) => poisonedPhotos.has(sha256));
          const good = record.photos.filter((sha256) => !poisonedPhotos.has(sha256));
          expect(server.visits.get(record.id)?.timesWritten).to.equal(1);
          expect([...server.held]).to.include.members(good);
          counts.photos += good.length;
          expect(end.state).to.equal(bad.length > 0 ? 'received' : 'complete');
          expect(end.problem?.code).to.equal(bad.length > 0 ? 'too-large' : undefined);
          expect(end.refusedPhotos).to.have.members(bad);
          expect(end.receipt?.missingPhotos).to.have.members(bad);
        }
        const isNeeded = (sha256: string) =>
          phone.all().some(({ state, photos }) => state !== 'complete' && photos.includes(sha256));
        expect(
          [...phone.bytes].filter((sha256) => !isNeeded(sha256)),
          'bytes left over',
        ).to.deep.equal([]);
        const brokenLeft = [...poison.values()].includes('broken');
        const last = await drain(phone.store, transport, now);
        expect(last.activity).to.equal(brokenLeft ? 'waiting' : 'idle');
      }),
      { numRuns: 400 },
    );
    // It was not about nothing.
    for (const count of Object.values(counts)) expect(count).to.be.greaterThan(400);
  });

  it('breaks off after any step and goes on from there', async () => {
    const steps = await stepsOfAWholeRound();
    for (const mishap of ['crash-before', 'crash-after'] as const)
      for (let at = 0; at < steps; at++) {
        const mishaps: Mishap[] = [...Array.from({ length: at }, () => 'ok' as const), mishap];
        const phone = aStore([aRecord('visit', ['a', 'b'])], mishaps);
        const server = aServer({ bytes: phone.bytes });
        await untilQuiet(() => drain(phone.store, server.transport, now), [mishaps]);
        expect(phone.stored('visit').state).to.equal('complete');
        expect(server.visits.size).to.equal(1);
        // One photo more at most: the one whose acknowledgement could not be written down.
        expect(server.acknowledged.length).to.be.at.most(3);
      }
  });

  async function stepsOfAWholeRound(): Promise<number> {
    const left: Mishap[] = Array.from({ length: 50 }, () => 'ok');
    const phone = aStore([aRecord('visit', ['a', 'b'])], left);
    await drain(phone.store, aServer().transport, now);
    return 50 - left.length;
  }

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
