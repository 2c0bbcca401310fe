// Every state of an order with every act and every role, and what no sequence of acts can lead to.
import { expect } from 'chai';
import fc from 'fast-check';
import type { Merchant } from '../../models/merchant.ts';
import { type Order, orderStates, type OrderState, OrderModel } from '../../models/order.ts';
import { createOrderLink } from '../../server/domain/order-links.ts';
import {
  cancelOrder,
  extendOrder,
  returnOrder,
  submitOrder,
  verifyOrder,
} from '../../server/domain/orders.ts';
import { holderOf } from '../../server/domain/order-states.ts';
import { submitVisit } from '../../server/domain/visits.ts';
import { Problem, type ProblemCode } from '../../server/lib/problem.ts';
import { caller, isProblem } from '../support/app.ts';
import { aVisit } from '../support/visits.ts';
import { keptBy } from '../support/kept.ts';
import { aDesk, aListedMerchant, aPerson, emptyWorld, layGround, type Person } from '../support/world.ts';

const acts = ['submit', 'verify', 'return', 'extend', 'cancel', 'link', 'unlink'] as const;
type Act = (typeof acts)[number];
const roles = ['merchant', 'link', 'inspector', 'staff', 'approver', 'auditor', 'admin'] as const;
type RoleName = (typeof roles)[number];
type Outcome = number | [number, ProblemCode];

const may: Record<Act, RoleName[]> = {
  submit: ['merchant', 'link', 'inspector'],
  verify: ['inspector', 'staff'],
  return: ['inspector', 'staff'],
  extend: ['staff'],
  cancel: ['staff'],
  link: ['inspector', 'staff'],
  unlink: ['inspector', 'staff'],
};
const no: Outcome = [409, 'order-state'];
/** What happens to somebody who may. */
const table: Record<OrderState, Record<Act, Outcome>> = {
  open: { submit: 200, verify: no, return: no, extend: 200, cancel: 200, link: 201, unlink: 204 },
  submitted: { submit: no, verify: 200, return: 200, extend: no, cancel: 200, link: 201, unlink: 204 },
  closed: { submit: no, verify: no, return: no, extend: no, cancel: no, link: no, unlink: 204 },
  cancelled: { submit: no, verify: no, return: no, extend: no, cancel: no, link: no, unlink: 204 },
};

describe('the acts on an order', () => {
  let merchant: Merchant;
  const people = {} as Record<Exclude<RoleName, 'link'>, Person>;
  const tomorrow = new Date(Date.now() + 86_400_000);

  before(async () => {
    await emptyWorld();
    await layGround();
    merchant = await aListedMerchant(await aDesk());
    for (const role of roles)
      if (role !== 'link')
        people[role] = await aPerson(
          role,
          role === 'merchant' ? { merchants: [merchant._id] } : { areas: ['230104'] },
        );
  });

  async function anOrder(): Promise<string> {
    const photos = ['a'.repeat(64)];
    const answers = [{ item: 'scan', outcome: 'fail' as const, photos, fix: { kind: 'timed' as const } }];
    const { visit } = await submitVisit(people.inspector.actor, aVisit(merchant._id, { answers }));
    return visit.orders[0]?._id ?? '';
  }

  /** An order in this state, answered by its merchant where that is on the way, and a link to it from when it was open. */
  async function inState(state: OrderState): Promise<{ id: string; token: string }> {
    const id = await anOrder();
    const { token } = await createOrderLink(people.staff.actor, id);
    if (state === 'submitted' || state === 'closed') await submitOrder(people.merchant.actor, id, {});
    if (state === 'closed') await verifyOrder(people.inspector.actor, id, {});
    if (state === 'cancelled') await cancelOrder(people.staff.actor, id, { note: '重复' });
    return { id, token };
  }

  function outcomeOf(state: OrderState, act: Act, role: RoleName): Outcome {
    const isOver = state === 'closed' || state === 'cancelled';
    if (role === 'link' && isOver) return [410, 'link-ended'];
    return may[act].includes(role) ? table[state][act] : [403, 'forbidden'];
  }

  /** One for all that is refused: nothing changes it. */
  const keptIn = keptBy(inState);

  for (const state of orderStates)
    for (const act of acts)
      for (const role of roles) {
        const outcome = outcomeOf(state, act, role);
        const said = typeof outcome === 'number' ? 'is done' : `ends in ${outcome[1]}`;
        it(`${state}: ${act} by ${role} ${said}`, async () => {
          const { id, token } = await (typeof outcome === 'number' ? inState(state) : keptIn(state));
          const before = await OrderModel.findById(id).lean();
          const api = role === 'link' ? caller(token) : people[role].api;
          const bodies: Partial<Record<Act, object>> = {
            submit: {},
            verify: {},
            return: { note: '没改好' },
            extend: { note: '等材料', due: tomorrow.toISOString() },
            cancel: { note: '重复' },
          };
          const asking =
            act === 'unlink'
              ? api.delete(`/orders/${id}/link`)
              : api.post(`/orders/${id}/${act}`).send(bodies[act]);
          if (typeof outcome === 'number') {
            await asking.expect(outcome);
            return;
          }
          await asking.expect(isProblem(...outcome));
          expect(await OrderModel.findById(id).lean()).to.deep.equal(before);
        });
      }

  it('are never verified by whoever answered, though he may verify those of others', async () => {
    const id = await anOrder();
    await people.inspector.api.post(`/orders/${id}/submit`).send({}).expect(200);
    await people.inspector.api.post(`/orders/${id}/verify`).send({}).expect(isProblem(403, 'four-eyes'));
    await people.staff.api.post(`/orders/${id}/verify`).send({}).expect(200);
  });

  it('in whatever sequence leave no order without a holder, and none closed without a verifier', async () => {
    const moves = {
      submit: (by: Person, id: string) => submitOrder(by.actor, id, {}),
      verify: (by: Person, id: string) => verifyOrder(by.actor, id, {}),
      return: (by: Person, id: string) => returnOrder(by.actor, id, { note: '没改好' }),
      extend: (by: Person, id: string) => extendOrder(by.actor, id, { note: '等材料', due: tomorrow }),
      cancel: (by: Person, id: string) => cancelOrder(by.actor, id, { note: '重复' }),
    };
    const aMove = fc.record({
      act: fc.constantFrom(...(Object.keys(moves) as (keyof typeof moves)[])),
      role: fc.constantFrom<'merchant' | 'inspector' | 'staff' | 'approver'>(
        'merchant',
        'inspector',
        'staff',
        'approver',
      ),
    });
    const isSound = ({ state, history, closedAt, nextAt }: Order) => {
      const isOver = state === 'closed' || state === 'cancelled';
      expect(holderOf(state) === null).to.equal(isOver);
      expect(closedAt !== null).to.equal(isOver);
      expect(nextAt !== null).to.equal(state === 'open');
      const last = history.findLast(({ act }) => act !== 'escalate');
      if (state === 'closed') {
        expect(last?.act).to.equal('verify');
        const answered = history.findLast(({ act }) => act === 'submit');
        expect(last?.by.id).not.to.equal(answered?.by.id);
        expect(last?.by.role).to.be.oneOf(['inspector', 'staff']);
      }
      if (state === 'cancelled') expect(last).to.deep.include({ act: 'cancel', note: '重复' });
    };
    await fc.assert(
      fc.asyncProperty(fc.array(aMove, { maxLength: 12 }), async (sequence) => {
        const id = await anOrder();
        for (const { act, role } of sequence) {
          await moves[act](people[role], id).catch((error: unknown) => {
            if (!(error instanceof Problem)) throw error;
          });
          const order = await OrderModel.findById(id).lean<Order>();
          if (!order) throw new Error('the order is gone');
          isSound(order);
        }
      }),
      { numRuns: 40 },
    );
  });
});
