// The order's state machine: every state with every act, said once more as a plain table.
import { expect } from 'chai';
import { orderStates, type OrderState } from '../../models/order.ts';
import { isLegalMove, type Move, orderMoves, stateAfter } from '../../server/domain/order-states.ts';

const table: Record<OrderState, Partial<Record<Move, OrderState>>> = {
  open: { submit: 'submitted', extend: 'open', cancel: 'cancelled' },
  submitted: { verify: 'closed', return: 'open', cancel: 'cancelled' },
  closed: {},
  cancelled: {},
};

describe('an order’s states', () => {
  for (const state of orderStates)
    for (const move of orderMoves) {
      const after = table[state][move];
      it(after ? `${state}: ${move} makes it ${after}` : `${state}: ${move} is refused`, () => {
        expect(isLegalMove(state, move)).to.equal(after !== undefined);
        if (after) expect(stateAfter(move)).to.equal(after);
      });
    }

  it('end with closed or cancelled, and can be ended from every other', () => {
    for (const state of orderStates) {
      const canMove = orderMoves.some((move) => isLegalMove(state, move));
      expect(canMove).to.equal(state !== 'closed' && state !== 'cancelled');
      if (canMove) expect(isLegalMove(state, 'cancel')).to.equal(true);
    }
  });
});
