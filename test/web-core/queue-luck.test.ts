// The phone's queue: whatever the network, the server and the phone itself do, each visit arrives once with all its photos.
import { expect } from 'chai';
import fc from 'fast-check';
import type { OutboxState } from '../../web/src/inspect/core/contract.ts';
import { drain } from '../../web/src/inspect/core/outbox/queue.ts';
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

describe('the queue, whatever happens,', () => {
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
});
