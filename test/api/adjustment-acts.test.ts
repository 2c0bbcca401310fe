// Every state of an adjustment with every act and every role: done, or refused with its own problem.
import { expect } from 'chai';
import { type Adjustment, AdjustmentModel } from '../../models/adjustment.ts';
import type { Merchant } from '../../models/merchant.ts';
import { draftAdjustment } from '../../server/domain/adjustment-drafts.ts';
import {
  approveAdjustment,
  rejectAdjustment,
  submitAdjustment,
  withdrawAdjustment,
} from '../../server/domain/adjustments.ts';
import type { ProblemCode } from '../../server/lib/problem.ts';
import { isProblem } from '../support/app.ts';
import { keptBy } from '../support/kept.ts';
import {
  aDesk,
  adjust,
  aListedMerchant,
  aPerson,
  emptyWorld,
  layGround,
  type Person,
} from '../support/world.ts';

const states = ['draft', 'submitted', 'enacted', 'emergency', 'rejected', 'withdrawn', 'stale'] as const;
type State = (typeof states)[number];
const acts = ['submit', 'withdraw', 'undo', 'approve', 'reject', 'confirm'] as const;
type Act = (typeof acts)[number];
const roles = ['staff', 'colleague', 'approver', 'auditor', 'inspector', 'merchant', 'admin'] as const;
type RoleName = (typeof roles)[number];
type Outcome = number | [number, ProblemCode];

const may: Record<Act, RoleName[]> = {
  submit: ['staff', 'colleague'],
  withdraw: ['staff', 'colleague'],
  undo: ['staff', 'colleague'],
  approve: ['approver'],
  reject: ['approver'],
  confirm: ['approver'],
};
const no: Outcome = [409, 'adjustment-state'];
const none = { submit: no, withdraw: no, undo: no, approve: no, reject: no, confirm: no };
/** What happens to somebody who may. `emergency` is enacted and waits to be confirmed. */
const table: Record<State, Record<Act, Outcome>> = {
  draft: { ...none, submit: 200, withdraw: 200 },
  submitted: { ...none, withdraw: 200, approve: 200, reject: 200 },
  enacted: { ...none, undo: 201 },
  emergency: { ...none, undo: 201, confirm: 200 },
  rejected: none,
  withdrawn: none,
  stale: none,
};

describe('the acts on an adjustment', () => {
  const people = {} as Record<RoleName, Person>;

  before(async () => {
    await emptyWorld();
    await layGround();
    for (const role of roles) people[role] = await aPerson(role === 'colleague' ? 'staff' : role);
  });

  const drafted = (merchant: Merchant, by: Person, kind: 'list' | 'emergency' = 'list') =>
    draftAdjustment(by.actor, {
      kind,
      to: 'suspended',
      ground: 'notice',
      reason: '测试',
      merchants: [merchant._id],
    });

  async function inState(state: State): Promise<Adjustment> {
    const desk = await aDesk();
    const merchant = await aListedMerchant(desk);
    if (state === 'emergency') {
      // Nobody may do more than five a day.
      const { _id } = await drafted(merchant, await aPerson('staff'), 'emergency');
      return submitAdjustment(people.staff.actor, _id);
    }
    const draft = await drafted(merchant, people.staff);
    if (state === 'draft') return draft;
    if (state === 'withdrawn') return withdrawAdjustment(people.staff.actor, draft._id);
    const frozen = await submitAdjustment(people.staff.actor, draft._id);
    if (state === 'submitted') return frozen;
    if (state === 'rejected') return rejectAdjustment(desk.approver.actor, draft._id, { note: '理由不足' });
    if (state === 'stale') await adjust(desk, merchant._id, 'removed');
    await approveAdjustment(desk.approver.actor, draft._id, { setHash: frozen.setHash }).catch(() => null);
    const decided = await AdjustmentModel.findById(draft._id).lean<Adjustment>();
    expect(decided?.state).to.equal(state);
    return decided ?? frozen;
  }

  /** One for all that is refused: nothing changes it. */
  const keptIn = keptBy(inState);

  for (const state of states)
    for (const act of acts)
      for (const role of roles) {
        const outcome: Outcome = may[act].includes(role) ? table[state][act] : [403, 'forbidden'];
        const said = typeof outcome === 'number' ? 'is done' : `ends in ${outcome[1]}`;
        it(`${state}: ${act} by ${role} ${said}`, async () => {
          const { _id, setHash } = await (typeof outcome === 'number' ? inState(state) : keptIn(state));
          const before = await AdjustmentModel.findById(_id).lean();
          const bodies: Partial<Record<Act, object>> = {
            undo: { reason: '办理有误' },
            approve: { setHash },
            confirm: { setHash },
            reject: { note: '理由不足' },
          };
          const asking = people[role].api.post(`/adjustments/${_id}/${act}`).send(bodies[act]);
          if (typeof outcome === 'number') {
            await asking.expect(outcome);
            return;
          }
          await asking.expect(isProblem(...outcome));
          expect(await AdjustmentModel.findById(_id).lean()).to.deep.equal(before);
        });
      }
});
