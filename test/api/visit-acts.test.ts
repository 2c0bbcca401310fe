// Every state of a visit with every act and every role: done, or refused with its own problem. Said once more as a table.
import { expect } from 'chai';
import type { Merchant } from '../../models/merchant.ts';
import type { Role } from '../../models/user.ts';
import { type VisitBody, VisitModel } from '../../models/visit.ts';
import { ids } from '../../server/lib/ids.ts';
import type { ProblemCode } from '../../server/lib/problem.ts';
import { isProblem } from '../support/app.ts';
import { aVisit } from '../support/visits.ts';
import { aDesk, aListedMerchant, aPerson, emptyWorld, layGround, type Person } from '../support/world.ts';

const states = ['received', 'complete', 'complete-without', 'unmatched'] as const;
type State = (typeof states)[number];
const acts = ['amendments', 'review', 'photos-lost', 'match'] as const;
type Act = (typeof acts)[number];
type Outcome = number | [number, ProblemCode];

const forbidden: Outcome = [403, 'forbidden'];
const waiting = 'f'.repeat(64);

/** What happens to whoever may act at all: the one who handed it in for amendments, staff for the rest. */
const table: Record<State, Record<Act, Outcome>> = {
  received: { amendments: 201, review: 200, 'photos-lost': 200, match: [409, 'visit-matched'] },
  complete: {
    amendments: 201,
    review: 200,
    'photos-lost': [400, 'invalid-request'],
    match: [409, 'visit-matched'],
  },
  'complete-without': {
    amendments: 201,
    review: 200,
    'photos-lost': [400, 'invalid-request'],
    match: [409, 'visit-matched'],
  },
  unmatched: { amendments: 201, review: 200, 'photos-lost': [400, 'invalid-request'], match: 200 },
};
const roles: (Role | 'colleague')[] = [
  'inspector',
  'colleague',
  'merchant',
  'staff',
  'approver',
  'auditor',
  'admin',
];

describe('the acts on a visit', () => {
  let merchant: Merchant;
  const people = {} as Record<(typeof roles)[number], Person>;

  before(async () => {
    await emptyWorld();
    await layGround();
    merchant = await aListedMerchant(await aDesk());
    for (const role of roles)
      people[role] = await aPerson(role === 'colleague' ? 'inspector' : role, {
        ...(role === 'merchant' ? { merchants: [merchant._id] } : { areas: ['230104'] }),
      });
  });

  async function aVisitThatIs(state: State): Promise<VisitBody> {
    const isComplete = state === 'complete' || state === 'unmatched';
    const visit = aVisit(state === 'unmatched' ? ids.uuid() : merchant._id, {
      photos: isComplete ? [] : [{ sha256: waiting, source: 'camera' }],
      sealedAt: new Date(Date.now() + 3_600_000).toISOString(),
    });
    await people.inspector.api.post('/visits').send(visit).expect(201);
    const receivedAt = new Date(Date.now() - 8 * 86_400_000);
    await VisitModel.collection.updateOne({ _id: visit.id as never }, { $set: { receivedAt } });
    if (state === 'complete-without') await asked(visit, 'photos-lost', people.staff).expect(200);
    const shown = isComplete ? 'complete' : state;
    expect((await VisitModel.findById(visit.id).lean())?.state).to.equal(shown);
    return visit;
  }

  function asked(visit: VisitBody, act: Act, { api }: Person) {
    const bodies: Record<Act, object> = {
      amendments: {
        id: ids.uuid(),
        version: 1,
        reason: '填错了',
        sealedAt: visit.sealedAt,
        visit: { ...visit, note: '更正' },
      },
      review: { flags: ['clock-skew'], outcome: 'explained', note: '手机时间已校准' },
      'photos-lost': { photos: [waiting], reason: '手机损坏' },
      match: { merchant: merchant._id },
    };
    return api.post(`/visits/${visit.id}/${act}`).send(bodies[act]);
  }

  function outcomeOf(state: State, act: Act, role: (typeof roles)[number]): Outcome {
    const actor = act === 'amendments' ? 'inspector' : 'staff';
    if (role === actor) return table[state][act];
    // A colleague sees the visit and may amend his own ones only; a merchant sees those of its shop.
    return act === 'amendments' && role === 'merchant' && state === 'unmatched'
      ? [404, 'not-found']
      : forbidden;
  }

  for (const state of states)
    for (const act of acts)
      for (const role of roles) {
        const outcome = outcomeOf(state, act, role);
        const said = typeof outcome === 'number' ? 'is done' : `ends in ${outcome[1]}`;
        it(`${state}: ${act} by ${role} ${said}`, async () => {
          const visit = await aVisitThatIs(state);
          const before = await VisitModel.findById(visit.id).lean();
          const asking = asked(visit, act, people[role]);
          if (typeof outcome === 'number') {
            await asking.expect(outcome);
            return;
          }
          await asking.expect(isProblem(...outcome));
          expect(await VisitModel.findById(visit.id).lean()).to.deep.equal(before);
        });
      }
});
